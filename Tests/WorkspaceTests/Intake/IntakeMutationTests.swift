import Foundation
import Ground
import TestSupport
import Testing
import Workspace

/// Damaged files: whatever a stranger sends, every reader ends, within its bounds.
@Suite("damaged files of incidents")
struct IntakeMutationTests {
  static let examples = [
    "reports.csv", "reports.jsonl", "aiid.csv", "aiaaic.csv", "avid.json", "atlas.yaml",
    "stix.json", "mail.eml",
  ]

  static func bytes(_ name: String) throws -> [UInt8] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return Array(try Data(contentsOf: root.appending(path: "examples/intake/" + name)))
  }

  @Test("every example is found by its content and read without a problem", arguments: examples)
  func whole(name: String) throws {
    let source = ByteSource(name, from: HeldBytes(try IntakeMutationTests.bytes(name)))
    let readings = try ReadIncoming().all(source)
    #expect(!readings.isEmpty)
    for reading in readings {
      let report = try #require(reading.report, "\(reading)")
      #expect(report.problems.isEmpty, "\(report.problems)")
    }
  }

  @Test("cut, turned, doubled and mixed bytes end in reports or problems", arguments: examples)
  func damaged(name: String) throws {
    let whole = try IntakeMutationTests.bytes(name)
    let formats = IncomingFormat.allCases.map { Optional($0) } + [nil]
    var random = SplitMix64(seed: UInt64(whole.count))
    for round in 0..<300 {
      var bytes = whole
      for _ in 0...Int.random(in: 0..<4, using: &random) {
        IntakeMutationTests.damage(&bytes, &random)
      }
      let reader = try ReadIncoming(format: formats[round % formats.count])
      guard var reports = try? reader.reports(of: ByteSource(name, from: HeldBytes(bytes))) else {
        continue
      }
      while let reading = try? reports.next() {
        guard let report = reading.report else { continue }
        #expect(report.problems.count <= IncomingReport.mostProblems)
        #expect(report.title.count <= IncomingReport.longestTitle + 1)
        #expect(report.hints.count <= IncomingReport.mostHints)
        #expect(report.attachments.allSatisfy { !$0.name.isEmpty && !$0.name.contains("/") })
      }
    }
  }

  private static func damage(_ bytes: inout [UInt8], _ random: inout SplitMix64) {
    guard !bytes.isEmpty else { return }
    let at = Int.random(in: 0..<bytes.count, using: &random)
    let end = min(bytes.count, at + Int.random(in: 1...40, using: &random))
    switch Int.random(in: 0..<6, using: &random) {
    case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
    case 1: bytes.removeSubrange(at..<end)
    case 2: bytes.insert(contentsOf: bytes[at..<end], at: at)
    case 3: bytes = Array(bytes[..<at])
    case 4: bytes.insert(contentsOf: "\"=?{[<--,:\n\n".utf8.shuffled(using: &random), at: at)
    default: bytes.insert(contentsOf: bytes[..<min(bytes.count, 200)], at: end)
    }
  }
}
