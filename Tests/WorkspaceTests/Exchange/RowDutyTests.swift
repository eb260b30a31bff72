import Testing

@Suite("A row of the table: duties and their days")
struct RowDutyTests {
  private func released(_ date: String) throws -> AnswerRow {
    try classify(one: "published_flop=3e25 modality=text open_weights=no released=\(date)")
  }

  static let transition: [(String, String)] = [
    ("2025-08-01", "2027-08-02"), ("2025-08-02", "2025-08-02"), ("2025-07", "2027-08-02"),
    ("2024", "2027-08-02"), ("2025", "null"), ("2025-08", "null"), ("2025-09", "null"),
    ("2026-03-15", "2026-03-15"), ("2027", "null"),
  ]

  @Test(
    "Models placed before 2 August 2025 have until 2 August 2027, later ones comply at once",
    arguments: transition)
  func due(date: String, expected: String) throws {
    let row = try released(date)
    for id in ["ai-act/53/1/a", "ai-act/53/1/b", "ai-act/53/1/c", "ai-act/53/1/d"] {
      #expect(row.due(id) == expected, "\(id)")
    }
  }

  @Test("A month behind the date gives the latest day, a month that straddles it none")
  func precision() throws {
    #expect(
      try released("2025-09").duty("ai-act/53/1/c")?["due_at_latest"] as? String == "2025-09-30")
    let open = try #require(try released("2025-08").duty("ai-act/53/1/c"))
    #expect(open["due_at_latest"] as? String == nil)
    #expect((open["basis"] as? String)?.contains("2 August 2025") == true)
  }

  static let cases: [(String, [String], [String])] = [
    ("published_flop=1e22 modality=text", [], ["ai-act/53/1/c"]),
    ("published_flop=1e24 modality=other", [], ["ai-act/53/1/c"]),
    (
      "published_flop=1e24 modality=text open_weights=no",
      ["ai-act/53/1/a", "ai-act/53/1/b", "ai-act/53/1/c", "ai-act/53/1/d"],
      ["ai-act/52/1", "ai-act/55/1/a", "ai-act/55/1/c"]
    ),
    (
      "published_flop=3e25 modality=text",
      [
        "ai-act/52/1", "ai-act/53/1/a", "ai-act/53/1/c", "ai-act/55/1/a", "ai-act/55/1/b",
        "ai-act/55/1/c", "ai-act/55/1/d",
      ], []
    ),
  ]

  @Test("Duties follow from the answers, and from nothing else", arguments: cases)
  func duties(cells: String, there: [String], absent: [String]) throws {
    let row = try classify(one: cells)
    for id in there { #expect(row.duty(id)?["applies"] as? String == "yes", "\(id)") }
    for id in absent { #expect(row.duty(id) == nil, "\(id)") }
    if there.isEmpty { #expect(row.duties.isEmpty) }
  }

  @Test(
    "The open-source exception leaves documentation open, but never the copyright policy and the summary"
  )
  func openSource() throws {
    let row = try classify(one: "published_flop=1e24 modality=text open_weights=yes")
    for id in ["ai-act/53/1/a", "ai-act/53/1/b"] {
      #expect(row.duty(id)?["applies"] as? String == "undetermined", "\(id)")
      #expect(row.duty(id)?["missing"] as? [String] == ["open_source_conditions"], "\(id)")
    }
    for id in ["ai-act/53/1/c", "ai-act/53/1/d"] {
      #expect(row.duty(id)?["applies"] as? String == "yes", "\(id)")
    }
    let systemic = try classify(one: "published_flop=3e25 modality=text open_weights=yes")
    #expect(systemic.duty("ai-act/53/1/a")?["applies"] as? String == "yes")
  }

  @Test("A representative depends on where the provider is established")
  func representative() throws {
    let row = try classify(one: "published_flop=3e25 modality=text")
    #expect(row.duty("ai-act/54/1")?["applies"] as? String == "undetermined")
    #expect(row.duty("ai-act/54/1")?["missing"] as? [String] == ["established_in_union"])
  }

  @Test("Every duty has id, citation and force, and is statute")
  func form() throws {
    let row = try released("2026-03-15")
    #expect(row.duties.count >= 8)
    for duty in row.duties {
      #expect((duty["citation"] as? String)?.hasSuffix("AI Act") == true)
      #expect(duty["force"] as? String == "statute")
      #expect(duty["due"] != nil && duty["basis"] as? String != "")
    }
    let ids = row.duties.compactMap { $0["id"] as? String }
    #expect(Set(ids).count == ids.count)
  }

  @Test("The notification has no day of its own without its triggers, only a latest one")
  func notification() throws {
    let duty = try #require(try released("2026-03-15").duty("ai-act/52/1"))
    #expect(duty["due"] as? String == nil)
    #expect((duty["basis"] as? String)?.contains("two weeks") == true)
    #expect(try released("2025-07-01").due("ai-act/52/1") != "2025-07-15")
  }
}
