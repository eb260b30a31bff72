internal import Duties
internal import Ground
internal import Journal
internal import Sealing

/// Compares the public keys in `systemic.json` with those that the operational log states: the keys at the beginning, and
/// each rotation.
struct KeyListAudit {
  private var first: [LogName: [String]] = [:]
  private var rotations: [(index: Int, log: LogName, from: String, to: String)] = []
  private var isStated = false
  /// Keys of witnesses that were ever trusted.
  private(set) var witnesses: Set<String> = []

  /// Takes what an operation states of keys.
  mutating func take(_ operation: RecordState, at index: Int) {
    guard let detail = operation.fields["detail"] else { return }
    if operation.happened["workspace-made"] != nil, let keys = detail["keys"] {
      isStated = true
      for log in LogName.allCases { first[log] = keys[log.rawValue]?.texts ?? [] }
    }
    if operation.happened["signing-key-rotated"] != nil,
      let log = detail["log"]?.text.flatMap({ LogName(rawValue: $0) }),
      let from = detail["from"]?.text, let to = detail["to"]?.text
    {
      rotations.append((index, log, from, to))
    }
    if operation.happened["witness-trusted"] != nil, let key = detail["key"]?.text {
      witnesses.insert(key)
    }
  }

  /// Keys that the description names otherwise than the log states.
  func findings(_ description: WorkspaceDescription) -> [Finding] {
    guard isStated else { return [] }
    return keyFindings(description) + witnessFindings(description)
  }

  private func keyFindings(_ description: WorkspaceDescription) -> [Finding] {
    LogName.allCases.compactMap { log in
      var stated = first[log] ?? []
      for rotation in rotations.sorted(by: { $0.index < $1.index }) where rotation.log == log {
        stated.append(rotation.to)
      }
      let named = description.keys[log] ?? []
      guard stated != named else { return nil }
      return Finding(
        "key-list-differs", file: "systemic.json", expected: stated.joined(separator: " "),
        actual: named.joined(separator: " "),
        what: "The public keys of the \(log.rawValue) log are not those that the operational log "
          + "states: they were changed, or a rotation of the key was not finished.")
    }
  }

  private func witnessFindings(_ description: WorkspaceDescription) -> [Finding] {
    description.witnesses.filter { !witnesses.contains($0) }.map { key in
      Finding(
        "witness-not-stated", file: "systemic.json", actual: key,
        what:
          "systemic.json trusts a witness that the operational log does not state: it was added "
          + "or changed there.")
    }
  }

  /// Signatures in kept checkpoints by keys that nobody trusted.
  func findings(
    strangers: [(signature: NoteSignature, place: String)]
  ) -> [Finding] {
    let trusted = witnesses.compactMap { try? VerifierKey($0) }
    return strangers.filter { line in !trusted.contains { $0.names(line.signature) } }.map { line in
      Finding(
        "signature-unknown", file: line.place,
        actual: line.signature.name + " " + Hex.text(line.signature.keyIDBytes),
        what: "A kept checkpoint carries a signature of “\(line.signature.name)”, whose key was "
          + "never trusted here: the line was changed or added.")
    }
  }
}

extension NoteSignature {
  /// The id of the key, as keys spell it.
  var keyIDBytes: [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: keyID >> $0) }
  }
}
