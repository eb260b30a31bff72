import GRDB
import Ground
import Journal
import Store
import Testing

@testable import Workspace

@Suite("a workspace whose keys are elsewhere")
struct ProofKeylessTests {
  private func report(_ fixture: ProofFixture) async throws -> WorkspaceReport {
    let store = try SQLiteStore(path: fixture.folder.store, access: .audit)
    let workspace = OpenWorkspace(
      folder: fixture.folder, description: try WorkspaceDescription(fixture.folder), store: store,
      keys: .absent, surroundings: ProofFixture.surroundings(), who: .localOperator("tester"))
    let report = try await VerifyWorkspace(workspace).report()
    await store.close()
    return report
  }

  @Test("is verified without them, and what could not be opened is said")
  func whole() async throws {
    let fixture = try await ProofFixture.filled()
    let full = try await fixture.report()
    let report = try await report(fixture)
    #expect(report.isOK, "\(report.findings)")
    #expect(report.counts.contents == 0)
    #expect(report.counts.closedContents == full.counts.contents)
    #expect(report.counts.closedContents > 5)
    #expect(
      report.notProven.contains { $0.contains("\(report.counts.closedContents) contents say") })
    #expect(report.logs.map(\.root) == full.logs.map(\.root))
  }

  @Test("does not hide that an entry was changed")
  func changed() async throws {
    let fixture = try await ProofFixture.filled()
    try fixture.tamper { db in
      try db.execute(sql: "UPDATE regulatory SET entry = CAST('{}' AS BLOB) WHERE seq = 2")
    }
    let report = try await report(fixture)
    #expect(report.findings.contains { $0.code == "entry-changed" && $0.entry == 1 })
  }

  @Test("and contents of the journal never show what proves who somebody is")
  func hidden() async throws {
    let fixture = try await ProofFixture.filled()
    try await fixture.open { workspace in
      var question = ReadJournal.Question()
      question.log = .access
      question.contents = true
      let lines = try await ReadJournal(workspace).lines(question)
      let shown = lines.map { $0.json.compact }
      #expect(shown.contains { $0.contains("fictional.counsel") })
      #expect(!shown.contains { $0.contains("\"token\"") || $0.contains("scrypt") })
    }
  }
}
