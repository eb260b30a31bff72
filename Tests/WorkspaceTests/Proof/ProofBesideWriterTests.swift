import Duties
import Foundation
import Ground
import Journal
import Store
import Testing

@testable import Workspace

@Suite("verify beside a writer")
struct ProofBesideWriterTests {
  @Test("a workspace that is written to, signed and erased from meanwhile has no findings")
  func besideWriter() async throws {
    let fixture = try await ProofFixture.filled()
    async let writing: Void = write(fixture)
    var sizes: Set<Int> = []
    for _ in 0..<12 {
      let report = try await fixture.report()
      #expect(report.findings == [])
      sizes.insert(report[.regulatory]?.size ?? 0)
    }
    try await writing
    let report = try await fixture.report()
    #expect(report.findings == [])
    #expect(report.counts.erasedRecords == 1 + 10)
    #expect(sizes.allSatisfy { $0 >= 7 })
  }

  private func write(_ fixture: ProofFixture) async throws {
    try await fixture.open { workspace in
      let model = try #require(try await workspace.states(.model).first).id
      for number in 0..<10 {
        let request = try await workspace.record(
          RecordCommand(
            .downstreamRequest, nil,
            Change(
              "request-received",
              set: [("model", .string(model.text)), ("title", .string("Fictional \(number)"))],
              effective: .day(workspace.surroundings.today))))
        for _ in 0..<3 {
          _ = try await workspace.record(
            RecordCommand(
              .model, model,
              Change(
                "model-changed", set: [("name", .string("Fictional-\(number)"))],
                effective: .day(workspace.surroundings.today), reason: "renamed")))
        }
        try await workspace.publishCheckpoints()
        try await fixture.erase(request.id, workspace)
        try await fixture.addEvidence(workspace, bytes: Array("fictional \(number)".utf8))
      }
    }
  }

  @Test("a workspace on a medium that takes no writes is verified as it is")
  func readOnlyMedium() async throws {
    let fixture = try await ProofFixture.filled()
    let files = FileManager.default
    let names = try #require(files.enumerator(atPath: fixture.folder.path)).compactMap {
      $0 as? String
    }
    let before = try names.map {
      try files.attributesOfItem(atPath: fixture.folder.path + "/" + $0)[.modificationDate] as? Date
    }
    #expect(try await fixture.report().isOK)
    let after = try names.map {
      try files.attributesOfItem(atPath: fixture.folder.path + "/" + $0)[.modificationDate] as? Date
    }
    #expect(before == after)
  }
}
