internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// The form of a what-if question: what can be supposed, beside what the record says.
struct WhatIfForm {
  let visit: Visit
  let ledger: ComputeLedger

  /// Facts of the model that can be supposed.
  static let facts = [
    "modality", "open_weights", "established_in_union", "placed_on_market", "research_only",
    "generality", "generality_reason", "base_model", "base_flop", "base_same_provider",
    "designated", "signatory",
  ]
  /// Figures of the model, which decide where no run is on the ledger.
  static let figures = [
    "published_flop", "params_total", "params_active", "tokens", "hardware", "chip_hours",
    "utilisation",
  ]
  /// Facts of a run.
  static let run = [
    "status", "start", "end", "known_since", "flop", "params_active", "params_total", "tokens",
    "chip_hours", "utilisation",
  ]
  /// Facts of one more run.
  static let further = [
    "name", "activity", "status", "start", "end", "known_since", "flop",
  ]

  /// The word that takes a fact away.
  private static let unknown = "unknown"

  private var runs: [(name: String, facts: JSON)] {
    guard case .array(let items)? = ledger.document["runs"] else { return [] }
    return items.compactMap { item in
      guard case .string(let name)? = item["id"] else { return nil }
      return (name, item)
    }
  }

  private var modelFacts: [String] {
    WhatIfForm.facts + (runs.isEmpty ? WhatIfForm.figures : [])
  }

  // MARK: What is asked

  /// The question that was sent.
  ///
  /// - Throws: `duties.bad-field`.
  var question: WhatIf {
    get throws(Problem) {
      var question = WhatIf()
      for name in modelFacts {
        if let value = try sent("m." + name, .model, name) { question.facts.append((name, value)) }
      }
      for (index, run) in runs.enumerated() {
        for name in WhatIfForm.run {
          if let value = try sent("r\(index)." + name, .trainingRun, name) {
            question.runs.append((run.name, name, value))
          }
        }
      }
      for name in WhatIfForm.further {
        if let value = try sent("n." + name, .trainingRun, name) {
          question.further.append((name, value))
        }
      }
      return question
    }
  }

  private func sent(
    _ key: String, _ kind: RecordKind, _ name: String
  ) throws(Problem) -> JSON? {
    guard let text = visit.query.text(key), let field = kind.field(name) else { return nil }
    if text == WhatIfForm.unknown { return .null }
    return try field.value(of: text)
  }

  // MARK: The form

  var html: HTML {
    let lines = runs.enumerated().map { index, run -> HTML in
      group(
        "Run \(run.name)",
        WhatIfForm.run.map { input("r\(index).", .trainingRun, $0, run.facts[$0]) })
    }
    return """
      <form method="get" class="record compact">
      \(group("The model", modelFacts.map { input("m.", .model, $0, ledger.document[$0]) }))\
      \(lines)\(group("One more run", WhatIfForm.further.map { input("n.", .trainingRun, $0, nil) }))\
      <p class="wide"><button>Ask</button> <a href="?">Begin anew</a></p>
      <p class="note wide">What is left empty stays as recorded; “\(WhatIfForm.unknown)” takes a fact away.</p>
      </form>

      """
  }

  private func group(_ title: String, _ inputs: [HTML]) -> HTML {
    "<fieldset><legend>\(title)</legend>\n<div class=\"grid\">\(inputs)</div></fieldset>\n"
  }

  private func input(
    _ prefix: String, _ kind: RecordKind, _ name: String, _ recorded: JSON?
  ) -> HTML {
    guard let field = kind.field(name) else { return "" }
    var input = FieldInput(
      field: field, name: prefix + name, value: visit.query.text(prefix + name) ?? "")
    input.empty = prefix == "n." ? "not said" : "as recorded"
    input.further = prefix == "n." ? [] : [WhatIfForm.unknown]
    if name == "activity" {
      input.choices = Activities.all(visit.workspace.surroundings.law(visit.today))
    }
    let known = FieldInput.text(recorded)
    input.help = known.isEmpty ? (prefix == "n." ? "" : "not recorded") : "recorded: \(known)"
    return "<div class=\"ask\">\(input.html)</div>\n"
  }
}
