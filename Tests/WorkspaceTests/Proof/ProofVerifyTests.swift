import Foundation
import Ground
import Journal
import Testing

@testable import Workspace

@Suite("verify of a workspace")
struct ProofVerifyTests {
  @Test("a workspace that nobody touched has no findings, and everything in it was looked at")
  func untouched() async throws {
    let fixture = try await ProofFixture.filled()
    let report = try await fixture.report()
    #expect(report.findings == [])
    #expect(report.isOK)
    #expect(report.counts.records > 5)
    #expect(report.counts.files == 1)
    #expect(report.counts.erasedRecords == 1)
    #expect(report.counts.erasedContents == 1)
    #expect(report[.regulatory]?.size == report[.regulatory]?.signedSize)
  }
}
