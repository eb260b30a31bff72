import Foundation
import Ground
import Sealing
import TestSupport
import Testing

@testable import Journal

/// The auditor in Go that `scripts/auditor.sh` builds: code that shares nothing with ours.
@Suite("The foreign auditor")
struct ForeignAuditorTests {
  private static let path = Repository.path(".build/tlogcheck")
  private static let isThere = FileManager.default.isExecutableFile(atPath: path)
  /// Continuous integration must not pass without it.
  private static let isRequired = ProcessInfo.processInfo.environment["CI"] == "true"
  private static let comment: Comment = "run scripts/auditor.sh to build .build/tlogcheck"

  private static func audit(_ folder: Folder) throws -> (status: Int32, text: String) {
    let auditor = Process()
    auditor.executableURL = URL(filePath: path)
    let key = String(decoding: try folder.read("vkey").dropLast(), as: UTF8.self)
    auditor.arguments = [folder.path, key]
    let output = Pipe()
    auditor.standardOutput = output
    try auditor.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    auditor.waitUntilExit()
    return (auditor.terminationStatus, String(decoding: text, as: UTF8.self))
  }

  @Test(
    "accepts what is exported, and what is continued", .enabled(if: isThere || isRequired, comment),
    arguments: [1, 5, 255, 256, 257, 300, 513, 66_000])
  func accepts(_ size: Int) throws {
    try #require(ForeignAuditorTests.isThere, ForeignAuditorTests.comment)
    let folder = try Folder()
    try SampleLog(size / 2).export(to: folder.path)
    let log = SampleLog(size)
    try log.export(to: folder.path)
    let (status, text) = try ForeignAuditorTests.audit(folder)
    #expect(status == 0)
    let head = "OK origin=log.example/gpai/audit size=\(size) root=\(log.edge.root.hex) sigs=1 "
    #expect(text.hasPrefix(head))
  }

  @Test(
    "refuses the same changed bytes that ours refuses", .enabled(if: isThere || isRequired, comment)
  )
  func refuses() async throws {
    try #require(ForeignAuditorTests.isThere, ForeignAuditorTests.comment)
    let folder = try Folder()
    try SampleLog(300).export(to: folder.path)
    var random = SplitMix64(seed: 6)
    for file in folder.files where file != "vkey" {
      let bytes = try folder.read(file)
      for _ in 0..<12 {
        var changed = bytes
        changed[random.int(0...(bytes.count - 1))] ^= 1 << random.int(0...7)
        try folder.write(changed, file)
        #expect(try ForeignAuditorTests.audit(folder).status == 1)
        #expect(try await !DirectoryVerifier.report(folder).isOK)
      }
      try folder.write(bytes, file)
    }
  }
}
