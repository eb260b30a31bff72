import Foundation
import TestSupport
import Testing

/// The help page of every command is recorded; `make record` writes them anew.
@Suite("help pages")
struct HelpTests {
  private static let golden = Program.folder.appending(path: "Golden/help")

  @Test("every help page is as recorded, and none is left over")
  func pages() async throws {
    let program = try Program()
    defer { program.remove() }
    var pages: [String: String] = [:]
    try await collect(["systemic"], program, into: &pages)
    let recorded = Set(try FileManager.default.contentsOfDirectory(atPath: HelpTests.golden.path))
    if isRecording {
      for name in recorded.subtracting(pages.keys) {
        try FileManager.default.removeItem(at: HelpTests.golden.appending(path: name))
      }
      for (name, text) in pages {
        try Data(text.utf8).write(to: HelpTests.golden.appending(path: name))
      }
      return
    }
    for (name, text) in pages.sorted(by: { $0.key < $1.key }) {
      let golden = try? String(contentsOf: HelpTests.golden.appending(path: name), encoding: .utf8)
      #expect(golden == text, "\(name) differs from what was recorded: run `make record`")
    }
    #expect(recorded.subtracting(pages.keys).isEmpty, "pages without a command")
  }

  private func collect(
    _ command: [String], _ program: Program, into pages: inout [String: String]
  ) async throws {
    let outcome = try await program.run(command.joined(separator: " ") + " --help")
    #expect(outcome.status == 0)
    pages[command.joined(separator: "-") + ".txt"] = outcome.output
    for name in HelpTests.subcommands(outcome.output) {
      try await collect(command + [name], program, into: &pages)
    }
  }

  /// The names under `SUBCOMMANDS:`, and under the headings of groups.
  static func subcommands(_ page: String) -> [String] {
    var names: [String] = []
    var isList = false
    for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasSuffix("SUBCOMMANDS:") {
        isList = true
      } else if isList, line.hasPrefix("  "), !line.hasPrefix("  See ") {
        let name = line.dropFirst(2).prefix { $0 != " " }
        if !name.isEmpty { names.append(String(name)) }
      } else {
        isList = false
      }
    }
    return names
  }
}
