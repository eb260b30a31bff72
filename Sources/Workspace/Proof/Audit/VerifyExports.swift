internal import FoundationEssentials
public import Ground
public import Journal

/// What lies at a path that is to be verified.
public enum Verifiable: Sendable, Equatable {
  /// A workspace.
  case workspace(WorkspaceFolder)
  /// Directories of exported logs, by their names; one without a name is the path itself.
  case exports([(name: String?, folder: String)])

  /// Looks at a path.
  ///
  /// - Throws: `workspace.nothing-to-verify`.
  public init(at path: String) throws(Problem) {
    let folder = WorkspaceFolder(path)
    if folder.exists {
      self = .workspace(folder)
      return
    }
    func isExport(_ path: String) -> Bool {
      ["checkpoint", "vkey", "tile"].contains {
        FileManager.default.fileExists(atPath: path + "/" + $0)
      }
    }
    if isExport(folder.path) {
      self = .exports([(nil, folder.path)])
      return
    }
    let logs = LogName.allCases.map(\.rawValue).filter { isExport(folder.path + "/" + $0) }
    guard !logs.isEmpty else {
      throw Problem(
        "workspace.nothing-to-verify",
        what: "there is neither a workspace nor an exported log at \(path)",
        why: "a workspace has systemic.json; an exported log has checkpoint, vkey and tile",
        mend: "check the path; export a log with: systemic journal export DIR",
        places: [Place(path)])
    }
    self = .exports(logs.map { ($0, folder.path + "/" + $0) })
  }

  /// The same kind at the same places.
  public static func == (left: Verifiable, right: Verifiable) -> Bool {
    switch (left, right) {
    case (.workspace(let left), .workspace(let right)): left == right
    case (.exports(let left), .exports(let right)):
      left.elementsEqual(right) { $0.name == $1.name && $0.folder == $1.folder }
    default: false
    }
  }
}

/// Audits exported logs: no workspace and none of our keys are needed.
public struct VerifyExports: Sendable {
  /// Directories with the names of their logs.
  public var folders: [(name: String?, folder: String)]
  /// Keys of logs, from their owner.
  public var logKeys: [VerifierKey] = []
  /// Keys of witnesses, each of which must have signed.
  public var witnesses: [VerifierKey] = []
  /// Signed heads that somebody kept, with where they come from.
  public var retained: [(note: [UInt8], place: String)] = []

  /// An audit of directories.
  public init(_ folders: [(name: String?, folder: String)]) { self.folders = folders }

  /// Audits each directory; findings of several carry the name of their log before the file.
  ///
  /// A key or head counts for the directory whose log it names; with one directory, all count for it.
  /// - Throws: `journal.no-directory`, `journal.bad-key`.
  public func reports(
    progress: (@Sendable (Int) -> Void)? = nil
  ) async throws(Problem) -> [(name: String?, report: VerificationReport)] {
    var reports: [(name: String?, report: VerificationReport)] = []
    var strangers = logKeys
    for (name, folder) in folders {
      let verifier = verifier(of: folder)
      strangers.removeAll { $0 == verifier.log || verifier.earlierKeys.contains($0) }
      var report = try await verifier.report(progress: progress)
      if let name {
        for index in report.findings.indices {
          report.findings[index].file = name + "/" + report.findings[index].file
        }
      }
      reports.append((name, report))
    }
    if reports.count > 1 {
      reports[0].report.findings += strangers.map { key in
        Finding(
          "vkey-differs", file: "vkey", expected: key.text,
          what: "No log here is named “\(key.name)”, whose key was given.")
      }
    }
    return reports
  }

  /// The audit of one directory, with the keys and heads that are meant for it.
  private func verifier(of folder: String) -> DirectoryVerifier {
    let origin = origin(of: folder)
    func belongs(_ other: String) -> Bool {
      origin.map { $0.utf8.elementsEqual(other.utf8) } ?? true
    }
    // With one directory a key or head of another log is a contradiction, not one for somebody else.
    let own = logKeys.filter { belongs($0.name) }
    let keys = own.isEmpty && folders.count == 1 ? logKeys : own
    // Of several keys of one log the one of today signed the newest checkpoint; in which order they are given says nothing.
    let newest = keys.last { signed($0, folder) } ?? keys.last
    var verifier = DirectoryVerifier(folder: folder, log: newest)
    verifier.earlierKeys = keys.filter { $0 != newest }
    verifier.witnesses = witnesses
    verifier.retained = retained.filter { head in
      folders.count == 1
        || (try? SignedCheckpoint(head.note)).map { belongs($0.checkpoint.origin) } ?? true
    }.map(\.note)
    return verifier
  }

  private func signed(_ key: VerifierKey, _ folder: String) -> Bool {
    guard let bytes = try? NoteFile.bytes(folder + "/checkpoint"),
      let note = try? SignedCheckpoint(bytes).note
    else { return false }
    return (try? note.verified(by: [key]))?.isEmpty == false
  }

  private func origin(of folder: String) -> String? {
    guard let bytes = try? NoteFile.bytes(folder + "/checkpoint") else { return nil }
    return (try? SignedCheckpoint(bytes))?.checkpoint.origin
  }

  /// Signed heads from files.
  ///
  /// - Throws: `ground.file-*`, `workspace.file-too-large`.
  public static func heads(_ files: [String]) throws(Problem) -> [(note: [UInt8], place: String)] {
    var heads: [(note: [UInt8], place: String)] = []
    for file in files { heads.append((try NoteFile.bytes(file), file)) }
    return heads
  }

  /// Keys from their text, or from files `vkey`.
  ///
  /// - Throws: `journal.bad-key`, `ground.file-*`.
  public static func keys(_ texts: [String]) throws(Problem) -> [VerifierKey] {
    var keys: [VerifierKey] = []
    for text in texts {
      let isFile = FileManager.default.fileExists(atPath: text)
      let key = isFile ? String(decoding: try NoteFile.bytes(text), as: UTF8.self) : text
      keys.append(try VerifierKey(String(key.filter { !$0.isNewline })))
    }
    return keys
  }
}
