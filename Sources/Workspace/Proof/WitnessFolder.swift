internal import FoundationEssentials
public import Ground
public import Journal
internal import Sealing

/// The folder of a witness: its own key, the keys of logs that it knows, and what it signed last.
///
/// A witness is another program than the one that keeps the log, best on another machine and in other hands.
public struct WitnessFolder: Sendable, Hashable {
  /// The folder.
  public let path: String

  /// The folder at a path.
  public init(_ path: String) { self.path = path }

  private var keyFile: String { path + "/witness.key" }
  private var description: String { path + "/witness.json" }
  private var state: String { path + "/state" }

  /// Makes a witness of a name with a new key.
  ///
  /// - Returns: Its public key, which those who rely on it need.
  /// - Throws: `workspace.not-empty`, `journal.bad-key`, `workspace.not-written`.
  public func make(name: String) throws(Problem) -> VerifierKey {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    guard names.isEmpty else {
      throw Problem(
        "workspace.not-empty", what: "\(path) is not empty",
        why: "a witness begins in a folder of its own, and nothing is overwritten",
        mend: "choose another folder", places: [Place(path)])
    }
    let key = SigningKey()
    let verifier = try VerifierKey(name: name, key: key.verifying, type: .cosignature)
    try PrivateFile.makeFolder(path)
    try PrivateFile.makeFolder(state)
    try PrivateFile.write(Hex.text(key.seed), to: keyFile)
    try write(name, [])
    return verifier
  }

  /// The public key of the witness.
  ///
  /// - Throws: `workspace.no-witness`, `workspace.open-keys`, `sealing.bad-key`.
  public func key() throws(Problem) -> VerifierKey { try signer().verifier }

  /// Lets the witness know logs; a log may have several keys.
  ///
  /// - Throws: `journal.bad-key`, `journal.wrong-key-type`, `workspace.no-witness`, `workspace.not-written`.
  public func know(_ logs: [VerifierKey]) throws(Problem) {
    var texts = try read().logs
    for log in logs where !texts.contains(log.text) { texts.append(log.text) }
    _ = try Witness(signer: signer(), logs: logs)
    try write(try read().name, texts)
  }

  /// A server that answers on a port of this machine, or on a free one for 0.
  ///
  /// - Throws: `journal.cannot-listen`, `journal.folder-in-use`, `workspace.no-witness`.
  public func server(
    port: UInt16, now: @escaping @Sendable () -> Instant
  ) throws(Problem) -> WitnessServer {
    var logs: [VerifierKey] = []
    for text in try read().logs { logs.append(try VerifierKey(text)) }
    let witness = try Witness(signer: signer(), logs: logs)
    return try WitnessServer(
      port: port, file: WitnessFile(folder: state, witness: witness), now: now)
  }

  private func signer() throws(Problem) -> NoteSigner {
    let name = try read().name
    guard let seed = Hex.bytes(try PrivateFile.text(keyFile)) else { throw KeyRing.bad(keyFile) }
    return try NoteSigner(name: name, key: SigningKey(seed: seed), type: .cosignature)
  }

  private func read() throws(Problem) -> (name: String, logs: [String]) {
    guard FileManager.default.fileExists(atPath: description) else {
      throw Problem(
        "workspace.no-witness", what: "there is no witness at \(path)",
        why: "a witness has a folder with its own key",
        mend: "make one with: systemic witness init \(path) --name NAME", places: [Place(path)])
    }
    let json = try JSON(parsing: try NoteFile.bytes(description), file: description)
    guard let name = json["name"]?.text else {
      throw Problem(
        "workspace.bad-description", what: "the description of the witness cannot be read",
        why: "it names the witness and the logs that it knows", mend: "restore it from a backup",
        places: [Place(description)])
    }
    return (name, json["logs"]?.texts ?? [])
  }

  private func write(_ name: String, _ logs: [String]) throws(Problem) {
    let json = JSON.object([("name", .string(name)), ("logs", JSON(logs))])
    try PrivateFile.write(json.pretty + "\n", to: description)
  }
}
