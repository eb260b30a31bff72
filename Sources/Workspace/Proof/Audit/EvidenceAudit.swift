internal import Duties
internal import Ground
internal import Journal
internal import Sealing

/// Opens the sealed files of evidence chunk by chunk, and compares their digests with what was recorded.
struct EvidenceAudit {
  let folder: WorkspaceFolder
  private(set) var findings = FindingList()
  private(set) var files = 0
  private(set) var bytes = 0
  private var known: Set<String> = []

  init(_ folder: WorkspaceFolder) { self.folder = folder }

  /// Checks the file of an evidence record.
  mutating func check(_ evidence: RecordState, key: SecretKey) {
    guard let name = evidence.text("stored"), let path = folder.files.path(of: name) else {
      findings.add(
        Finding(
          "evidence-missing", file: "evidence",
          what: "\(evidence.id.text) does not name its sealed file."))
      return
    }
    let file = "evidence" + path.dropFirst(folder.evidence.count)
    known.insert(file)
    do {
      let sealed = try EvidenceFile.open(path, of: evidence.id, key: key, progress: nil) { _ in }
      files += 1
      bytes += sealed.bytes
      compare(evidence, file, name, sealed)
    } catch {
      let isMissing = error.code == "ground.file-not-found"
      findings.add(
        Finding(
          isMissing ? "evidence-missing" : "evidence-changed", file: file,
          expected: evidence.text("sha256"),
          what: isMissing
            ? "The file of \(evidence.id.text) is not there."
            : "The file of \(evidence.id.text) was changed: \(error.what); \(error.why)."))
    }
  }

  /// Files that no record names: told, and no fault, because a file is written before its record, and destroyed after it
  /// was erased.
  func notes() throws(Problem) -> [String] {
    var extra: [String] = []
    for name in try PrivateFile.names(in: folder.evidence) {
      let path = folder.evidence + "/" + name
      guard let names = try? PrivateFile.names(in: path) else {
        extra.append("evidence/" + name)
        continue
      }
      extra += names.map { "evidence/\(name)/\($0)" }.filter { !known.contains($0) }
    }
    guard let first = extra.first else { return [] }
    return [
      extra.count == 1
        ? "\(first) belongs to no record that is kept (systemic evidence sweep)."
        : "\(extra.count) files in evidence/ belong to no record that is kept, such as \(first) "
          + "(systemic evidence sweep)."
    ]
  }

  private mutating func compare(
    _ evidence: RecordState, _ file: String, _ name: String, _ sealed: SealedFile
  ) {
    let stated = [evidence.text("sha256"), name, evidence.fields["bytes"]?.compact]
    let found = [sealed.plain.hex, sealed.sealed.hex, String(sealed.bytes)]
    let words = ["digest", "digest of its sealed form", "length"]
    for (word, (stated, found)) in zip(words, zip(stated, found)) where stated != found {
      findings.add(
        Finding(
          "evidence-changed", file: file, expected: stated, actual: found,
          what: "The file of \(evidence.id.text) does not have the \(word) that was recorded."))
    }
  }
}
