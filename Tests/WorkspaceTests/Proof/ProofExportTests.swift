import Duties
import Foundation
import Ground
import Journal
import Store
import Testing

@testable import Workspace

@Suite("exports and proofs that outsiders check")
struct ProofExportTests {
  private func folder() -> String {
    FileManager.default.temporaryDirectory.appending(path: "export-" + UUID().uuidString).path()
  }

  private func verify(_ path: String, retained: [[UInt8]] = []) async throws -> [VerificationReport]
  {
    guard case .exports(let folders) = try Verifiable(at: path) else {
      Issue.record("\(path) is no export")
      return []
    }
    var audit = VerifyExports(folders)
    audit.retained = retained.map { ($0, "kept.note") }
    return try await audit.reports().map(\.report)
  }

  @Test("an exported log verifies without the workspace, and an older export is continued")
  func export() async throws {
    let fixture = try await ProofFixture.filled()
    let path = folder()
    defer { try? FileManager.default.removeItem(atPath: path) }
    for round in 1...3 {
      let exported = try await fixture.open { workspace in
        _ = try await workspace.record(
          RecordCommand(
            .model, nil,
            Change(
              "model-registered", set: [("name", .string("Fictional-\(round)"))],
              effective: .day(workspace.surroundings.today))))
        return try await ExportJournal(workspace).export([.regulatory], to: path)
      }
      let report = try #require(try await verify(path).first)
      #expect(report.isOK)
      #expect(report.size == 7 + round)
      #expect(report.root == exported.first?.checkpoint.root)
    }
    let head = try NoteFile.bytes(fixture.folder.head(.regulatory))
    #expect(try await verify(path, retained: [head]).first?.isOK == true)
    #expect(try await fixture.report().findings == [])
  }

  @Test("all logs go into folders of their own, and the operational one tells of the export")
  func all() async throws {
    let fixture = try await ProofFixture.filled()
    let path = folder()
    defer { try? FileManager.default.removeItem(atPath: path) }
    try await fixture.open { _ = try await ExportJournal($0).export(LogName.allCases, to: path) }
    let reports = try await verify(path)
    #expect(reports.map(\.isOK) == [true, true, true])
    #expect(reports.map(\.size) == [7, 1, 3])
    let lines = try await fixture.open { workspace in
      var question = ReadJournal.Question()
      question.log = .operational
      return try await ReadJournal(workspace).lines(question)
    }
    #expect(
      lines.map(\.envelope.event) == ["workspace-made", "name-register-begun", "journal-exported"])
    try Data([1]).write(to: URL(filePath: path + "/access/stray"))
    let findings = try await VerifyExports(
      LogName.allCases.map { ($0.rawValue, path + "/" + $0.rawValue) }
    ).reports().flatMap(\.report.findings)
    #expect(findings.map(\.file) == ["access/stray"])
  }

  @Test("keys and heads count for the log that they name, and strange ones are told")
  func givenKeys() async throws {
    let fixture = try await ProofFixture.filled()
    let path = folder()
    defer { try? FileManager.default.removeItem(atPath: path) }
    let keys = try await fixture.open {
      try await ExportJournal($0).export(LogName.allCases, to: path).map(\.key)
    }
    let all = LogName.allCases.map {
      (name: Optional($0.rawValue), folder: path + "/" + $0.rawValue)
    }
    var audit = VerifyExports(all)
    audit.logKeys = keys
    audit.retained = try LogName.allCases.map {
      (try NoteFile.bytes(fixture.folder.head($0)), $0.rawValue)
    }
    #expect(try await audit.reports().flatMap(\.report.findings) == [])
    var one = VerifyExports([(nil, path + "/access")])
    one.logKeys = keys
    #expect(try await one.reports().flatMap(\.report.findings) == [])
    one.logKeys = [keys[0]]
    #expect(try await one.reports().flatMap(\.report.findings).isEmpty == false)
    one.logKeys = []
    one.retained = [(try NoteFile.bytes(fixture.folder.head(.regulatory)), "regulatory")]
    #expect(
      try await one.reports().flatMap(\.report.findings).map(\.code) == ["retained-signature"])
    let strange = try VerifierKey(name: "other.example/fictional", key: keys[0].key)
    audit.logKeys.append(strange)
    #expect(try await audit.reports().flatMap(\.report.findings).map(\.code) == ["vkey-differs"])
  }

  @Test("an export under an earlier key is not continued with the next one")
  func earlierKey() async throws {
    let fixture = try await ProofFixture.filled()
    let path = folder()
    defer { try? FileManager.default.removeItem(atPath: path) }
    try await fixture.open { workspace in
      _ = try await ExportJournal(workspace).export([.regulatory], to: path)
      let rotated = try await RotateSigningKey(workspace).rotate(.regulatory).workspace
      await #expect(
        throws: Problem("workspace.export-of-earlier-key", what: "", places: [Place(path)])
      ) {
        _ = try await ExportJournal(rotated).export([.regulatory], to: path)
      }
    }
  }

  @Test("a path with neither a workspace nor an export is refused")
  func nothing() throws {
    let path = folder()
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(throws: Problem("workspace.nothing-to-verify", what: "", places: [Place(path)])) {
      try Verifiable(at: path)
    }
  }

  @Test("each entry is proven by a file and its bytes alone, by index and by record")
  func proofs() async throws {
    let fixture = try await ProofFixture.filled()
    let key = try WorkspaceDescription(fixture.folder).keys[.regulatory]![0]
    let path = folder()
    defer { for end in ["", ".entry"] { try? FileManager.default.removeItem(atPath: path + end) } }
    try await fixture.open(.readOnly) { workspace in
      for index in 0..<7 {
        let proven = try await ProveEntry(workspace).proof(of: .index(index))
        let entry = try #require(try proven.write(to: path, withEntry: true))
        let shown = try CheckProof.check(path, entry: entry, key: key)
        #expect(shown.index == index)
        let id = try #require(shown.envelope?.record)
        let version = try #require(shown.envelope?.version)
        let named = try EntryName("\(id.text)@\(version)")
        #expect(try await ProveEntry(workspace).proof(of: named).proof == proven.proof)
        try Data(proven.entry + [0x20]).write(to: URL(filePath: entry))
        #expect(throws: Problem("journal.not-proven", what: "")) {
          try CheckProof.check(path, entry: entry, key: key)
        }
      }
      let model = try #require(try await workspace.states(.model).first)
      let newest = try await ProveEntry(workspace).proof(of: EntryName(model.id.text))
      #expect(try Envelope(entry: newest.entry).version == model.version)
    }
  }

  @Test("what no checkpoint covers, or was never there, is not proven")
  func notProven() async throws {
    let fixture = try await ProofFixture.filled()
    try await fixture.open { workspace in
      try await workspace.noteOperation("register-exported", "a fictional register")
      let prove = ProveEntry(workspace)
      await #expect(throws: Problem("workspace.not-covered", what: "")) {
        try await prove.proof(of: .index(2), in: .operational)
      }
      await #expect(throws: Problem("journal.no-such-entry", what: "")) {
        try await prove.proof(of: .index(99))
      }
      let nobody = try #require(RecordID("model/nobody"))
      await #expect(throws: Problem("workspace.unknown-record", what: "")) {
        try await prove.proof(of: .record(nobody, version: nil))
      }
    }
  }

  @Test(
    "names of entries", arguments: ["-1", "a", "model/x@0", "model/x@", "model/x@1@2", "1.5", ""])
  func badNames(text: String) {
    #expect(throws: Problem("workspace.bad-entry-name", what: "")) { try EntryName(text) }
  }

  @Test("entries are listed with contents for those who may read them, and erased ones say so")
  func lines() async throws {
    let fixture = try await ProofFixture.filled()
    var question = ReadJournal.Question()
    question.contents = true
    let asked = question
    let lines = try await fixture.open(.readOnly) { try await ReadJournal($0).lines(asked) }
    #expect(lines.map(\.index) == Array(0..<7))
    #expect(
      lines.filter { $0.content == .erased }.map(\.envelope.record.kind) == ["downstream-request"])
    #expect(lines[1].json["content"]?["set"]?["name"] == .string("Fictional-1"))
    let administrator = SignedIn(id: "admin1", name: "A", roles: [.administrator])
    let hidden = try await fixture.open(.readOnly, as: administrator) {
      try await ReadJournal($0).lines(asked)
    }
    #expect(hidden.allSatisfy { $0.content == .notAllowed })
    question.limit = 3
    question.from = 5
    let last = question
    let rest = try await fixture.open(.readOnly) { try await ReadJournal($0).lines(last) }
    #expect(rest.map(\.index) == [5, 6])
    question.record = lines[1].envelope.record
    question.from = 2
    let one = question
    let history = try await fixture.open(.readOnly) { try await ReadJournal($0).lines(one) }
    #expect(history.map(\.envelope.version) == [2])
  }
}
