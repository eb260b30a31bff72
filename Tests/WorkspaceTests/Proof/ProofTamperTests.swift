import Foundation
import GRDB
import Ground
import Journal
import TestSupport
import Testing

@testable import Workspace

@Suite("what somebody changes behind the program's back")
struct ProofTamperTests {
  @Test("each column of each row of each table, altered, and each row removed, is found and named")
  func everyCell() async throws {
    let fixture = try await ProofFixture.filled()
    let whole = try fixture.bytes()
    var found: [String: Set<String>] = [:]
    var tried = 0
    for cell in try ProofCell.all(of: fixture.folder.store) {
      try fixture.put(whole)
      guard try fixture.apply(cell.sql) else { continue }
      tried += 1
      let codes = try await fixture.codes()
      #expect(!codes.isEmpty, "\(cell)")
      #expect(!codes.contains("guard-changed"), "\(cell)")
      found["\(cell.table).\(cell.column)", default: []].formUnion(codes)
    }
    #expect(tried > 300)
    let lines = found.sorted { $0.key < $1.key }.map {
      "\($0.key): " + $0.value.sorted().joined(separator: ", ")
    }
    try expectGolden(lines.joined(separator: "\n") + "\n", "proof-findings.txt")
  }
}
