internal import FoundationEssentials
public import Ground
public import Sealing

/// The keys of a workspace: one signing key for each log, and one key for each epoch that wraps the keys of records.
///
/// They lie in `keys/`, each in a file that only the owner can read; backups do not hold them.
public struct KeyRing: Sendable {
  /// The signing key of each log.
  public var signing: [LogName: SigningKey]
  /// The keys of epochs that were not destroyed.
  public var epochs: [Int: SecretKey]
  /// Epochs whose file is there and holds no key any more: a crash came while it was being destroyed.
  var spoiled: Set<Int> = []

  /// No keys: of a workspace that was restored without them, which can be verified and not opened.
  public static let absent = KeyRing(signing: [:], epochs: [:])

  /// Whether there are none.
  var isAbsent: Bool { signing.isEmpty && epochs.isEmpty }

  /// The epoch under which new keys are wrapped.
  public var epoch: Int { epochs.keys.max() ?? 0 }

  /// New keys: one to sign each log, and the first epoch.
  public static func made() -> KeyRing {
    KeyRing(
      signing: Dictionary(
        uniqueKeysWithValues: LogName.allCases.map { ($0, SigningKey()) }), epochs: [1: SecretKey()]
    )
  }

  /// Wraps the key of a record under the newest epoch.
  ///
  /// - Throws: `workspace.no-epoch-key`.
  public func wrap(_ key: SecretKey) throws(Problem) -> WrappedKey {
    guard let newest = epochs.max(by: { $0.key < $1.key }) else { throw KeyRing.noKey(0) }
    return WrappedKey(epoch: newest.key, bytes: try KeyWrap.wrap(key, under: newest.value))
  }

  /// Unwraps the key of a record.
  ///
  /// - Throws: `workspace.no-epoch-key` when its epoch was destroyed or is not here, `sealing.not-unwrapped`.
  public func unwrap(_ key: WrappedKey) throws(Problem) -> SecretKey {
    guard let outer = epochs[key.epoch] else { throw KeyRing.noKey(key.epoch) }
    return try KeyWrap.unwrap(key.bytes, under: outer)
  }

  private static func noKey(_ epoch: Int) -> Problem {
    Problem(
      "workspace.no-epoch-key", what: "the key of epoch \(epoch) is not here",
      why: "it was destroyed with an erasure, or the keys of this workspace were not restored",
      mend: "restore with the recovery file of that epoch if there is one")
  }

  /// All keys as one secret text for the recovery file.
  public var json: JSON {
    .object([
      (
        "signing",
        .object(
          signing.sorted { $0.key.rawValue < $1.key.rawValue }
            .map { ($0.key.rawValue, .string(Hex.text($0.value.seed))) })
      ),
      (
        "epochs",
        .object(
          epochs.sorted { $0.key < $1.key }.map {
            (String($0.key), .string(Hex.text($0.value.bytes)))
          })
      ),
    ])
  }

  /// Reads what `json` writes.
  ///
  /// - Throws: `workspace.bad-keys`.
  public init(json: JSON) throws(Problem) {
    self.init(signing: [:], epochs: [:])
    guard case .object(let signers) = json["signing"], case .object(let wrappers) = json["epochs"]
    else { throw KeyRing.bad("the recovery file") }
    for (name, value) in signers {
      guard case .string(let text) = value, let log = LogName(rawValue: name),
        let seed = Hex.bytes(text)
      else { throw KeyRing.bad("the recovery file") }
      signing[log] = try SigningKey(seed: seed)
    }
    for (name, value) in wrappers {
      guard case .string(let text) = value, let epoch = Int(name),
        let key = Hex.bytes(text).flatMap({ SecretKey(bytes: $0) })
      else { throw KeyRing.bad("the recovery file") }
      epochs[epoch] = key
    }
  }

  init(signing: [LogName: SigningKey], epochs: [Int: SecretKey]) {
    self.signing = signing
    self.epochs = epochs
  }

  static func bad(_ place: String) -> Problem {
    Problem(
      "workspace.bad-keys", what: "\(place) does not hold the keys of a workspace",
      why: "signing keys and keys of epochs are 32 bytes each",
      mend: "restore the keys from the recovery file: systemic key import FILE")
  }
}

extension KeyRing {
  /// Reads the keys of a workspace.
  ///
  /// - Throws: `workspace.no-keys`, `workspace.bad-keys`, `workspace.open-keys` when others can read them, `ground.file-*`.
  public init(_ folder: WorkspaceFolder) throws(Problem) {
    self.init(signing: [:], epochs: [:])
    guard FileManager.default.fileExists(atPath: folder.keys) else {
      throw Problem(
        "workspace.no-keys", what: "the workspace at \(folder.path) has no keys",
        why: "it was restored without them; backups hold none",
        mend: "bring them in from a recovery file: systemic key import FILE",
        places: [Place(folder.keys)])
    }
    for name in try PrivateFile.names(in: folder.keys) {
      let path = folder.keys + "/" + name
      guard name.hasSuffix(".key") else { continue }
      let stem = String(name.dropLast(4))
      guard let text = try KeyRing.text(path) else { continue }
      let bytes = Hex.bytes(text) ?? []
      if let log = LogName(rawValue: stem) {
        guard bytes.count == SecretKey.byteCount else { throw KeyRing.bad(path) }
        signing[log] = try SigningKey(seed: bytes)
      } else if stem.hasPrefix("epoch-"), let epoch = Int(stem.dropFirst(6)) {
        if let key = SecretKey(bytes: bytes) { epochs[epoch] = key } else { spoiled.insert(epoch) }
      } else {
        throw KeyRing.bad(path)
      }
    }
    // Only an epoch that has ended can have been in the midst of being destroyed.
    for epoch in spoiled where epoch > self.epoch { throw KeyRing.bad(folder.epochKey(epoch)) }
    guard signing.count == LogName.allCases.count, !epochs.isEmpty else {
      throw KeyRing.bad(folder.keys)
    }
  }

  /// The text of a key file; nil when another process has destroyed it since the folder was read.
  private static func text(_ path: String) throws(Problem) -> String? {
    do { return try PrivateFile.text(path) } catch {
      guard error.code == "ground.file-not-found" else { throw error }
      return nil
    }
  }

  /// Writes the keys, each whole or not at all, and destroys the files of epochs that are gone.
  ///
  /// - Throws: `workspace.not-written`.
  public func write(to folder: WorkspaceFolder) throws(Problem) {
    try PrivateFile.makeFolder(folder.keys)
    for (log, key) in signing {
      try PrivateFile.write(Hex.text(key.seed), to: folder.keys + "/\(log.rawValue).key")
    }
    for (epoch, key) in epochs {
      try PrivateFile.write(Hex.text(key.bytes), to: folder.keys + "/epoch-\(epoch).key")
    }
    for name in try PrivateFile.names(in: folder.keys) where name.hasPrefix("epoch-") {
      guard let epoch = Int(name.dropFirst(6).dropLast(4)), epochs[epoch] == nil else { continue }
      try PrivateFile.destroy(folder.keys + "/" + name)
    }
  }
}
