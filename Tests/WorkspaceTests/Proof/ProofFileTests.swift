import Foundation
import GRDB
import Ground
import TestSupport
import Testing

@testable import Workspace

@Suite("the file of the store itself")
struct ProofFileTests {
  /// Everything that the tables say; nil when they cannot be read.
  private func dump(_ path: String) -> String? {
    var configuration = Configuration()
    configuration.readonly = true
    guard let queue = try? DatabaseQueue(path: path, configuration: configuration) else {
      return nil
    }
    defer { try? queue.close() }
    return try? queue.read { db in
      let tables = try String.fetchAll(
        db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
      return try tables.map { table in
        try Row.fetchAll(db, sql: "SELECT * FROM \(table) ORDER BY 1, 2").map { row in
          row.map { "\($0)=\($1.databaseValue.storage)" }.joined(separator: "|")
        }.joined(separator: "\n")
      }.joined(separator: "\n\n")
    }
  }

  @Test("a flipped bit is found wherever it changes what the tables say")
  func flips() async throws {
    let fixture = try await ProofFixture.filled()
    let whole = try fixture.bytes()
    let before = try #require(dump(fixture.folder.store))
    var generator = SplitMix64(seed: 0x5EED_0001)
    let tries = ProcessInfo.processInfo.environment["FLIPS"].flatMap { Int($0) } ?? 120
    var meaningless = 0
    for _ in 0..<tries {
      let place = generator.int(0...(whole.count - 1))
      let bit = generator.int(0...7)
      var changed = whole
      changed[place] ^= UInt8(1 << bit)
      try fixture.put(changed)
      let codes = try? await fixture.codes()
      if let codes, codes.isEmpty {
        meaningless += 1
        #expect(dump(fixture.folder.store) == before, "byte \(place), bit \(bit)")
      }
    }
    // Most of a small file is room that is not used.
    #expect(meaningless < tries)
  }
}
