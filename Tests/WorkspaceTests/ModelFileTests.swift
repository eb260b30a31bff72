import Compute
import Duties
import Ground
import Rulebook
import Testing
import Workspace

@Suite("Model files")
struct ModelFileTests {
  static let refused: [(String, String, String)] = [
    ("tokenz: 5T", "rulefile.unknown-key", "2:1"),
    ("generality: narrow", "workspace.no-reason", "2:13"),
    ("designated_on: 2026-02-30", "rulefile.not-a-day", "2:16"),
    ("margin: 130%", "workspace.bad-margin", "2:9"),
    ("designated_under: 51", "workspace.bad-route", "2:19"),
    ("runs:\n  - {id: a, flop: 5}", "workspace.bad-run", "3:19"),
    (
      "runs:\n  - {id: a, flop: 5e24, start: 2026-02-01, end: 2026-01-01}",
      "workspace.run-ends-early", "3:49"
    ),
    ("runs:\n  - {id: a, flop: 5e24, from: [{id: b}]}", "rulefile.missing-key", "3:32"),
    ("energy_mwh: lots", "workspace.bad-energy", "2:13"),
    ("open_weights: maybe", "", ""),
  ]

  @Test("A mistake is refused with its place", arguments: refused)
  func refusal(line: String, code: String, place: String) throws {
    let text = "model: M\n" + line
    guard !code.isEmpty else {
      let dossier = try ModelFile(text: text, file: "m.yaml").dossier
      #expect(dossier.problems.map(\.column) == ["open_weights"])
      return
    }
    let problem = #expect(throws: Problem.self) { try ModelFile(text: text, file: "m.yaml") }
    #expect(problem?.code == code && problem?.places.first?.text == "m.yaml:" + place)
  }

  @Test("Lineage in a circle and unknown activities are refused")
  func ledger() throws {
    let law = Law.at(Day(2026, 11, 20)!)
    let circle =
      "runs:\n  - {id: a, flop: 5e24, from: [{id: b, how: merged-from}]}\n"
      + "  - {id: b, flop: 5e24, from: [{id: a, how: merged-from}]}"
    for (text, code) in [
      (circle, "compute.lineage-circle"),
      ("runs:\n  - {id: a, flop: 5e24, activity: cooking}", "duties.unknown-activity"),
      (
        "runs:\n  - {id: a, flop: 5e24, from: [{id: z, how: merged-from}]}",
        "compute.lineage-unknown"
      ),
    ] {
      let dossier = try ModelFile(text: text, file: "m.yaml").dossier
      let problem = #expect(throws: Problem.self) { try OpinionWriter.write(dossier, law: law) }
      #expect(problem?.code == code)
    }
  }

  @Test("The template is read and leaves everything open")
  func template() throws {
    let dossier = try ModelFile(text: ClassifyModel.template, file: "new.yaml").dossier
    let opinion = try OpinionWriter.write(dossier, law: Law.at(Day(2026, 11, 20)!))
    #expect(opinion.verdict.exitStatus == 20 && dossier.problems.isEmpty)
  }

  @Test("Energy is measured as stated, or estimated from chips, hours and PUE")
  func energy() throws {
    let measured = try ModelFile(text: "energy_mwh: 21500\npue: 1.1", file: "m.yaml").dossier
    #expect(measured.energy?.isMeasured == true && measured.energy?.megawattHours == 21_500)
    let facts = "hardware: H100\nchip_hours: 1e6\npue: 1.2"
    let estimated = try ModelFile(text: facts, file: "m.yaml").dossier
    #expect(estimated.energy?.isMeasured == false && estimated.energy?.megawattHours == 840)
  }

  @Test("A setting without a key, or into nothing, is refused")
  func settings() {
    for setting in ["tokens", "=5", "runs.x.tokens=5T"] {
      #expect(throws: Problem.self) {
        try ModelFile(text: "model: M", file: "m.yaml", settings: [setting])
      }
    }
    #expect(throws: Problem.self) {
      try ModelFile(text: "runs: [{id: a}]", file: "m.yaml", settings: ["tokens=20T"])
    }
  }
}
