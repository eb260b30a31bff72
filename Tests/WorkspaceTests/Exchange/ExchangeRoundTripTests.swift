import Duties
import Ground
import TestSupport
import Testing

@testable import Workspace

@Suite("What is exported comes back as it was")
struct ExchangeRoundTripTests {
  private static let kinds: [RecordKind] = [
    .trainingRun, .provider, .modelVersion, .hold, .assignment, .model,
  ]

  private func record(
    _ kind: RecordKind, _ number: Int, _ random: inout SplitMix64
  ) -> RecordState {
    var fields: [(String, JSON)] = []
    // What marks a sample is not written from files.
    for field in kind.fields
    where field.name != "sample" && (field.isRequired || random.int(0...3) == 0) {
      fields.append((field.name, ExchangeValues.held(by: field, &random)))
    }
    let begun = ExchangeValues.day(&random)
    return ExchangeSamples.record(
      "\(kind.name)/r\(number)", fields, happened: [(kind.events[0].name, begun.iso)],
      status: kind.events[0].status, version: random.int(1...9),
      confidentiality: random.pick(["public", "internal", "confidential", "article-78"]))
  }

  /// Records that references of the generated values may name.
  private static let others = ["model", "person", "model-version", "evidence"].flatMap { kind in
    ["a1", "b2", "c3"].map { ExchangeSamples.record("\(kind)/\($0)") }
  }

  private static let forms: [RegisterForm] = [
    .csv(.comma), .csv(.semicolon), .csv(.tab), .jsonLines,
  ]

  @Test("5,000 random records change nothing when their export is imported", arguments: 0..<6)
  func unchanged(index: Int) throws {
    let kind = ExchangeRoundTripTests.kinds[index]
    var random = SplitMix64(seed: UInt64(index))
    // All columns of a model are many: fewer of them are as many cells.
    let records = (0..<(kind.name == "model" ? 250 : 950)).map { record(kind, $0, &random) }
    for (index, form) in ExchangeRoundTripTests.forms.enumerated() {
      let part = Array(records[(index * records.count / 4)..<((index + 1) * records.count / 4)])
      let bytes = try ExchangeSamples.export(part, of: kind, as: form)
      let report = try ExchangeSamples.plan(
        bytes, into: kind, part + ExchangeRoundTripTests.others
      ).report
      #expect(report.form == form)
      #expect(report.unchanged == part.count)
      #expect(report.problems.isEmpty && report.refused == 0)
      #expect(report.rowProblems.first?.reason == nil)
      if let change = report.plan.first(where: { $0.action != .unchanged }) {
        Issue.record("\(change.json.compact)")
      }
    }
  }

  @Test(
    "Imported into an empty workspace, fields and days are the same to the byte", arguments: 0..<6)
  func anew(index: Int) throws {
    let kind = ExchangeRoundTripTests.kinds[index]
    var random = SplitMix64(seed: 100 + UInt64(index))
    let records = (0..<60).map { record(kind, $0, &random) }
    for form in ExchangeRoundTripTests.forms {
      let bytes = try ExchangeSamples.export(records, of: kind, as: form)
      let plan = try ExchangeSamples.plan(
        bytes, into: kind, ExchangeRoundTripTests.others,
        .init(map: ["id=-"], reason: "moved"))
      #expect(plan.report.rowProblems.first?.reason == nil)
      let made = try ExchangeSamples.carriedOut(plan, of: kind)
      #expect(made.count == records.count)
      for (before, after) in zip(records, made) {
        let same = ["fields", "happened", "class"].allSatisfy { name in
          (before.json[name] ?? .null).isSame(as: after.json[name] ?? .null)
        }
        if !same {
          Issue.record("\(before.json.compact)\n\(after.json.compact)")
          return
        }
      }
    }
  }

  @Test("No cell of an export can be computed, whichever way it is quoted")
  func safe() throws {
    var random = SplitMix64(seed: 7)
    let records = (0..<300).map { record(.hold, $0, &random) }
    try withFile(try ExchangeSamples.export(records, of: .hold)) { path in
      let reader = try CSVRecords(path: path)
      while let row = try reader.next() {
        for index in 0..<row.count {
          let cell = row.text(index)
          let first = cell.unicodeScalars.first.map(String.init) ?? ""
          let isRisky = "=+-@\t\r\n＝＋－＠".unicodeScalars.map(String.init).contains(first)
          #expect(!isRisky || TableCell.isNumber(cell.utf8), "\(cell.debugDescription)")
        }
      }
    }
  }
}
