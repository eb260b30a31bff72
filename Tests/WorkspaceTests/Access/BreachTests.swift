import Foundation
import Ground
import Sealing
import Testing

@testable import Workspace

@Suite("Passphrases seen in breaches")
struct BreachTests {
  private static let breached = (0..<500).map { "breached passphrase number \($0)" }
  private static let names = breached.map(Passphrase.nameInBreaches).sorted()

  private func lines(_ lines: [String], ending: String = "\r\n") throws -> SortedLines {
    let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path()
    try Data(lines.map { $0 + ending }.joined().utf8).write(to: URL(filePath: path))
    return SortedLines(path)
  }

  /// Source: the example of the interface of Have I Been Pwned, SHA-1 of “P@ssw0rd”.
  @Test("the name of a passphrase is its SHA-1 in capitals")
  func name() {
    #expect(
      Passphrase.nameInBreaches("P@ssw0rd") == "21BD12DC183F740EE76F27B78EB39C8AD972A757")
  }

  @Test("every line is found by halving, and nothing else is", arguments: ["\n", "\r\n"])
  func found(_ ending: String) throws {
    for count in [0, 1, 2, 3, 7, 500] {
      let held = Array(Self.names.prefix(count))
      let numbered = held.enumerated().map { "\($1):\($0 * 7919 + 1)" }
      let list = try lines(numbered, ending: ending)
      for name in held { #expect(try list.holds(name)) }
      for name in Self.names.dropFirst(count).prefix(20) { #expect(try !list.holds(name)) }
      for name in held.prefix(3) {
        #expect(try !list.holds(String(name.dropLast())))
        #expect(try !list.holds(name + "0"))
      }
    }
    #expect(try lines(Self.names.map { $0.lowercased() }).holds(Self.names[250]))
  }

  @Test("one file or a folder of files: what is in it is refused, and what is not is taken")
  func refused() async throws {
    for isFolder in [false, true] {
      let desk = try await RecordsDesk()
      let path = desk.workspace.folder.path + "/" + OpenWorkspace.breachedPassphrases
      if isFolder {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        for (start, names) in Dictionary(grouping: Self.names, by: { $0.prefix(5) }) {
          let text = names.map { $0.dropFirst(5) + ":3\r\n" }.joined()
          try Data(text.utf8).write(to: URL(filePath: path + "/\(start).txt"))
        }
      } else {
        try Data(Self.names.map { $0 + ":3\r\n" }.joined().utf8).write(to: URL(filePath: path))
      }
      for text in Self.breached.prefix(50) {
        #expect(throws: Problem("workspace.passphrase-refused", what: "")) {
          try desk.workspace.checkRefused(text)
        }
      }
      try desk.workspace.checkRefused("Breached passphrase number 1")
      try desk.workspace.checkRefused("river cactus lamp orbit")
    }
  }

  @Test("a list that is no list of digests is said, and nothing is taken meanwhile")
  func broken() throws {
    let list = try lines([String(repeating: "x", count: 1000)])
    #expect {
      try list.holds(Self.names[0])
    } throws: {
      ($0 as? Problem)?.code == "ground.file-unreadable"
    }
  }
}
