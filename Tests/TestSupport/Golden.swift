import Foundation
public import Testing

/// Compares a text with the file of that name in the folder `Golden` of the test's target; `RECORD=1` rewrites it.
public func expectGolden(
  _ text: String, _ name: String, test: String = #fileID,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let target = test.prefix { $0 != "/" }
  let folder = URL(filePath: Repository.path("Tests/\(target)/Golden"))
  let file = folder.appending(path: name)
  if isRecording {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    return
  }
  guard let kept = try? String(contentsOf: file, encoding: .utf8) else {
    Issue.record("there is no golden file \(name); RECORD=1", sourceLocation: sourceLocation)
    return
  }
  guard kept != text else { return }
  let old = kept.split(separator: "\n", omittingEmptySubsequences: false)
  let new = text.split(separator: "\n", omittingEmptySubsequences: false)
  let line = zip(old, new).prefix { $0 == $1 }.count
  let was = line < old.count ? String(old[line]) : "(end)"
  let now = line < new.count ? String(new[line]) : "(end)"
  Issue.record(
    "\(name) differs at line \(line + 1)\n  was: \(was)\n  now: \(now)",
    sourceLocation: sourceLocation)
}

/// Golden files of a test target that no test names any more.
public func orphans(in target: String, named: Set<String>) -> [String] {
  Repository.files(in: "Tests/\(target)/Golden", ending: "").filter { !named.contains($0) }
}

/// Whether expected files are to be written anew.
public var isRecording: Bool { ProcessInfo.processInfo.environment["RECORD"] == "1" }
