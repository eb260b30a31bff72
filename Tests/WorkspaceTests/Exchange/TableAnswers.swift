import Foundation
import Ground
import Rulebook
import TestSupport
import Testing
import Workspace

/// One row of the output, as another program reads it.
struct AnswerRow {
  let members: [String: Any]

  func text(_ key: String) -> String? { members[key] as? String }
  func texts(_ key: String) -> [String] { members[key] as? [String] ?? [] }
  func isNull(_ key: String) -> Bool { members[key] is NSNull }
  func flag(_ key: String) -> Bool? { members[key] as? Bool }
  var row: Int? { members["row"] as? Int }
  /// Columns that have problems.
  var problems: [String] {
    (members["problems"] as? [[String: String]] ?? []).compactMap { $0["column"] }
  }
  var duties: [[String: Any]] { members["duties"] as? [[String: Any]] ?? [] }

  /// The duty with this id.
  func duty(_ id: String) -> [String: Any]? { duties.first { $0["id"] as? String == id } }

  /// The day on which a duty is due; `null` where it has none, nil where there is no such duty.
  func due(_ id: String) -> String? { duty(id).map { $0["due"] as? String ?? "null" } }
}

/// Made once: the duties of the day on which the law was last checked.
private let tableOfToday = ClassifyTable(law: Law.at(Law.checked))

/// Classifies a table by the law of a day.
func classify(_ csv: String, on day: String = "2026-11-20") throws -> [AnswerRow] {
  try classify(bytes: Array(csv.utf8), on: day).rows
}

func classify(bytes: [UInt8], on day: String = "2026-11-20") throws -> (
  rows: [AnswerRow], summary: ClassifyTable.Summary, lines: [String]
) {
  let asked = Law.at(try #require(Day(iso: day)))
  let table = asked.day == Law.checked ? tableOfToday : ClassifyTable(law: asked)
  var rows: [AnswerRow] = []
  var lines: [String] = []
  let summary = try withFile(bytes) { path in
    try table.run(path: path) { line in
      let object = try JSONSerialization.jsonObject(with: Data(line))
      rows.append(AnswerRow(members: object as? [String: Any] ?? [:]))
      lines.append(String(decoding: line, as: UTF8.self))
    }
  }
  return (rows, summary, lines)
}

/// Classifies one model, given by its columns: `modality=text published_flop=1e25`.
func classify(one cells: String, on day: String = "2026-11-20") throws -> AnswerRow {
  let pairs = cells.split(separator: " ").map { $0.split(separator: "=", maxSplits: 1) }
  let names = pairs.map { String($0[0]) }.joined(separator: ",")
  let values = pairs.map { "\"" + ($0.count > 1 ? String($0[1]) : "") + "\"" }.joined(
    separator: ",")
  return try #require(try classify(names + "\n" + values + "\n", on: day).first)
}
