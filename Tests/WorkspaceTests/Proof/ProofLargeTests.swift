import Duties
import Foundation
import GRDB
import Ground
import Journal
import Testing

@testable import Workspace

/// A log with a complete subtree of 256 entries: stored hashes beside the leaves.
@Suite("stored hashes of a longer log")
struct ProofLargeTests {
  /// A workspace with so many operations.
  private func fixture(_ count: Int = 300) async throws -> ProofFixture {
    let fixture = try await ProofFixture.made()
    try await fixture.open { workspace in
      var drafts: [Draft] = []
      for number in 0..<count {
        drafts.append(
          try workspace.ownDraft(
            .operation, "register-exported", [("title", .string("fictional \(number)"))],
            by: .system))
      }
      _ = try await workspace.store.append(drafts, idempotencyKey: nil)
      try await Checkpoints(workspace).publishAll()
    }
    return fixture
  }

  @Test("each cell of the stored hashes, altered, is found and named")
  func nodes() async throws {
    let fixture = try await fixture()
    let report = try await fixture.report()
    #expect(report.findings == [])
    #expect(report.counts.nodes == 1)
    let whole = try fixture.bytes()
    for cell in try ProofCell.all(of: fixture.folder.store)
    where cell.table == "operational_node" {
      try fixture.put(whole)
      guard try fixture.apply(cell.sql) else { continue }
      let codes = try await fixture.codes()
      #expect(
        !codes.isDisjoint(with: ["node-changed", "node-order", "node-beyond-head"]), "\(cell)")
    }
  }

  @Test("an entry, its stored hash and the hash above it are told apart by the signed root")
  func toldApart() async throws {
    let fixture = try await fixture()
    let whole = try fixture.bytes()
    func first(_ sql: String) async throws -> (String, Int?) {
      try fixture.put(whole)
      try fixture.tamper { db in try db.execute(sql: sql) }
      let findings = try await fixture.report().findings
      let finding = try #require(findings.first)
      return (finding.code, finding.entry)
    }
    let flip = "CAST(x'5b' || substr(entry, 2) AS BLOB)"
    #expect(
      try await first("UPDATE operational SET entry = \(flip) WHERE seq = 101")
        == ("entry-not-canonical", 100))
    #expect(
      try await first("UPDATE operational SET leaf = zeroblob(32) WHERE seq = 101")
        == ("leaf-changed", 100))
    #expect(
      try await first("UPDATE operational_node SET hash = zeroblob(32)") == ("node-changed", 0))
  }

  @Test("entries that are missing in the middle and at the end are named with their indexes")
  func missing() async throws {
    let fixture = try await fixture()
    let whole = try fixture.bytes()
    for (sql, entry) in [
      ("DELETE FROM operational WHERE seq = 101", 100),
      ("DELETE FROM operational WHERE seq BETWEEN 201 AND 220", 200),
      ("DELETE FROM operational WHERE seq > 290", 290),
    ] {
      try fixture.put(whole)
      try fixture.tamper { db in try db.execute(sql: sql) }
      let findings = try await fixture.report().findings
      #expect(findings.contains { $0.code == "entry-missing" && $0.entry == entry })
    }
  }
}
