import Duties
import Ground
import TestSupport
import Testing

@testable import Workspace

@Suite("Registers as files")
struct ExchangeExportTests {
  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  @Test("The header names what every record has, then fields, then events")
  func header() throws {
    let names = try RegisterExport(.provider).columnNames
    #expect(
      names == [
        "id", "version", "status", "begun", "changed", "class", "name", "established_in_union",
        "contact", "authorised_representative", "signatory",
      ] + RecordKind.provider.events.map { "on:" + $0.name })
  }

  @Test("A field keeps its name beside a column of every record with the same one")
  func sameName() throws {
    let names = try RegisterExport(.trainingRun).columnNames
    #expect(names[2] == "record:status" && names.contains("status"))
    #expect(Set(names).count == names.count)
  }

  @Test("Chosen columns stand in the order wished")
  func columns() throws {
    let csv = try ExchangeSamples.export(
      [ExchangeSamples.aurora], of: .model,
      columns: [
        "name", "tokens", "modality", "open_weights", "licence", "training-started", "status",
      ])
    #expect(
      text(csv) == """
        name,tokens,modality,open_weights,licence,on:training-started,status\r
        Aurora 1,15T,text,no,,2026-05-04,in training\r\n
        """)
  }

  @Test("Cells are quoted where any separator, a quote or a line end stands in them")
  func quotes() throws {
    let fields: [(String, JSON)] = [
      ("name", .string("a \"b\", c;\nd")), ("licence", .string("=1")),
    ]
    let record = ExchangeSamples.record("model/x", fields)
    let columns = ["name", "licence", "tokens"]
    let comma = try ExchangeSamples.export([record], of: .model, columns: columns)
    #expect(text(comma).hasSuffix("\r\n\"a \"\"b\"\", c;\nd\",\"'=1\",\r\n"))
    let tab = try ExchangeSamples.export([record], of: .model, columns: columns, as: .csv(.tab))
    #expect(text(tab).hasSuffix("\r\n\"a \"\"b\"\", c;\nd\"\t\"'=1\"\t\r\n"))
  }

  @Test("A row of one empty cell is not an empty line")
  func oneCell() throws {
    let csv = try ExchangeSamples.export(
      [ExchangeSamples.aurora], of: .model, columns: ["licence"])
    #expect(text(csv) == "licence\r\n\"\"\r\n")
  }

  @Test("JSON Lines are states as they are kept")
  func jsonLines() throws {
    let lines = try ExchangeSamples.export([ExchangeSamples.aurora], of: .model, as: .jsonLines)
    #expect(text(lines) == ExchangeSamples.aurora.json.compact + "\n")
    let some = try ExchangeSamples.export(
      [ExchangeSamples.aurora], of: .model, columns: ["id", "name", "on:training-started"],
      as: .jsonLines)
    #expect(
      text(some) == """
        {"fields":{"name":"Aurora 1"},"happened":{"training-started":"2026-05-04"},"id":"model/aurora1"}\n
        """)
  }

  @Test(
    "What lets a person in leaves in no form", arguments: [RegisterForm.csv(.comma), .jsonLines])
  func hidden(form: RegisterForm) throws {
    let person = ExchangeSamples.record(
      "person/p1",
      [
        ("name", .string("counsel")), ("passphrase", .string("SECRET-1")),
        ("token", .string("SECRET-2")),
      ])
    let found = text(try ExchangeSamples.export([person], of: .person, as: form))
    #expect(found.contains("counsel"))
    #expect(!found.contains("SECRET"))
    #expect(!found.contains("\"passphrase\"") && !found.contains(",passphrase,"))
    for column in ["passphrase", "token"] {
      let problem = #expect(throws: Problem.self) {
        try RegisterExport(.person, columns: [column])
      }
      #expect(problem?.code == "workspace.unknown-column")
    }
  }

  @Test("Columns that do not exist or stand twice are refused with near names")
  func refused() {
    let unknown = #expect(throws: Problem.self) { try RegisterExport(.model, columns: ["tokenz"]) }
    #expect(unknown?.code == "workspace.unknown-column" && unknown?.mend.contains("tokens") == true)
    let twice = #expect(throws: Problem.self) {
      try RegisterExport(.model, columns: ["name", "name"])
    }
    #expect(twice?.code == "workspace.duplicate-column")
  }

  @Test("NUL is refused in a table and kept in JSON Lines; records of other kinds are refused")
  func nul() throws {
    let record = ExchangeSamples.record("model/x", [("name", .string("a\0b"))])
    let problem = #expect(throws: Problem.self) {
      try ExchangeSamples.export([record], of: .model)
    }
    #expect(problem?.code == "workspace.export-nul")
    let lines = try ExchangeSamples.export([record], of: .model, as: .jsonLines)
    #expect(try ExchangeSamples.plan(lines, [record]).report.unchanged == 1)
    let other = #expect(throws: Problem.self) {
      try ExchangeSamples.export([record], of: .hold)
    }
    #expect(other?.code == "workspace.export-other-kind")
  }
}
