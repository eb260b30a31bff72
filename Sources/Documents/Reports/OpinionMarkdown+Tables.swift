internal import Compute
internal import Duties
internal import Ground
internal import RuleFile
internal import Rulebook

extension OpinionMarkdown {
  /// The runs, a table of figures and the reasons below.
  var ledger: String {
    guard !opinion.ledger.isEmpty else { return "" }
    let table = Markdown.table(
      ["Run", "Activity", "Status", "Days", "FLOP", "Training", "Cumulative"],
      opinion.ledger.map { line in
        [
          Markdown.text(line.id), Markdown.text(line.activity), Markdown.text(line.status),
          OpinionWords.period(line), amount(line.estimate?.flop), line.counts.training.rawValue,
          line.counts.cumulative.rawValue,
        ]
      })
    let reasons = opinion.ledger.map { line in
      let basis = line.citation.map { " (" + citation($0) + ")" } ?? ""
      let missing =
        line.missing.isEmpty
        ? ""
        : " Its figure would need " + line.missing.map(Markdown.code).joined(separator: ", ") + "."
      return "- \(Markdown.text(line.id)): \(prose(line.reason))\(basis)\(missing)\n"
    }
    return table + "\n" + reasons.joined()
  }

  /// How much comes from where.
  var lineage: String {
    guard !opinion.parts.isEmpty else { return "" }
    let rows = opinion.parts.map {
      [Markdown.text($0.id), amount($0.flop), Markdown.linked(OpinionWords.source($0.source))]
    }
    let total = ["**Cumulative compute**", amount(opinion.classification.cumulative), "sum"]
    return Markdown.table(["Run or original model", "FLOP", "Source"], rows + [total])
  }

  /// Estimates side by side.
  var reconciliation: String {
    Markdown.table(
      ["Reported", "FLOP", "Other", "FLOP", "Ratio", "Within 30 %", "Same side of 10²⁵"],
      opinion.reconciliations.map { pair in
        [
          pair.reported.method.rawValue, amount(pair.reported.flop), pair.other.method.rawValue,
          amount(pair.other.flop), Typography.decimal(pair.ratio, places: 2),
          Answer(pair.agrees).word, Answer(pair.isOnSameSide(of: .presumption)).word,
        ].map { Markdown.text($0) }
      })
  }

  /// The crossing of the threshold over time.
  var forecast: String {
    guard let forecast = opinion.forecast else { return "" }
    let table = Markdown.table(
      ["Day", "Run that ends", "Cumulative FLOP"],
      forecast.steps.map {
        [$0.day.iso, Markdown.text($0.run.isEmpty ? "none" : $0.run), amount($0.flop)]
      })
    let basis = forecast.basis.map { "- " + prose($0) + "\n" }
    return """
      - Passes 10²⁵ FLOP: \(forecast.crossing?.iso ?? "not by these runs")
      - Known that it will: \(forecast.known?.iso ?? "not known from the facts")
      \(table.isEmpty ? "" : "\n" + table)\(basis.isEmpty ? "" : "\n" + basis.joined())
      """
  }

  /// Periods under both readings, with how each was counted.
  var clocks: String {
    opinion.clocks.map { clock in
      let due = clock.due
      let status =
        due.calendarStatus == .official
        ? "" : " (a year involved is \(due.calendarStatus.rawValue), not an official list)"
      let steps = due.basis.map { "  - " + prose($0) + "\n" }
      return """
        - \(prose(clock.trigger)) (\(citation(clock.citation)))
          - Starts: \(clock.start.iso)
          - Plain calendar: \(OpinionWords.end(due.plain, due.plainLastDay, due.kind))
          - Regulation 1182/71: \(OpinionWords.end(due.regulation, due.regulationLastDay, due.kind))
          - **Alarm: \(OpinionWords.end(due.alarm, due.alarmDay, due.kind))**, \
        \(OpinionWords.asks(due.kind)); \(OpinionWords.acted(due))
          - Governs the duty: \(clock.governs ? "yes" : "no")
          - Holidays: \(Markdown.text(due.calendar)) calendar\(status)

        """ + steps.joined()
    }.joined()
  }

  /// Duties with their days.
  var duties: String {
    let table = Markdown.table(
      ["Duty", "Legal basis", "Applies", "Due", "Why then"],
      opinion.duties.map { duty in
        let due =
          duty.due?.iso ?? duty.dueAtLatest.map { "at the latest " + $0.iso } ?? "no day follows"
        return [
          prose(duty.entry.title), citation(duty.entry.citation), duty.applies.word, due,
          prose(duty.basis),
        ]
      })
    let open = opinion.duties.filter { !$0.applies.missing.isEmpty }.map { duty in
      "- \(prose(duty.entry.title)): would be decided by "
        + duty.applies.missing.map(Markdown.code).joined(separator: ", ") + "\n"
    }
    return table + (open.isEmpty ? "" : "\n" + open.joined())
  }

  /// Models of similar compute.
  var comparables: String {
    guard !opinion.comparables.isEmpty else { return "" }
    return Markdown.table(
      ["Model", "Organisation", "Published", "FLOP", "Confidence", "How estimated"],
      opinion.comparables.map { model in
        [
          Markdown.text(model.name), Markdown.text(model.organisation),
          Markdown.text(model.published), amount(model.flop), Markdown.text(model.confidence),
          Markdown.text(model.method),
        ]
      }) + "\n" + Markdown.text(ComparableModel.attribution) + ".\n"
  }

  /// What would change the result.
  var changes: String { opinion.changes.map { "- " + sentence($0) + "\n" }.joined() }

  /// What was assumed.
  var assumptions: String {
    opinion.classification.assumptions.map { id in
      "- " + prose(OpinionWords.assumption(id)) + " (" + Markdown.code(id) + ")\n"
    }.joined()
  }

  /// Pages that say otherwise, beside what the primary source says.
  var notes: String {
    opinion.notes.map { page in
      let source = page.source
      return
        "### \(prose(source.publisher)): \(prose(source.title)), \(prose(source.dated))\n\n"
        + page.notes.map { note($0.divergence, number: $0.number) }.joined()
    }.joined(separator: "\n")
  }

  private func note(_ divergence: Divergence, number: Int) -> String {
    let heading = divergence.heading.map { " (under \u{201C}\(prose($0))\u{201D})" } ?? ""
    let doubt = OpinionWords.doubt(divergence.confidence).map { ", " + $0 } ?? ""
    let remark = divergence.note.map { " \(prose($0))" } ?? ""
    return """
      - Note \(number). It says: \(prose(divergence.says))\(heading)
        The primary source says: \(prose(divergence.primary)) \
      (\(prose(divergence.cite))\(doubt))\(remark)

      """
  }

  /// Every provision cited, with days and address.
  var authorities: String {
    opinion.authorities.map { authority in
      let address = authority.link.map { ", " + Markdown.linked($0) } ?? ""
      return "- \(citation(authority)), \(OpinionWords.plainValidity(authority))\(address)\n"
    }.joined()
  }

  /// How the opinion came about and what it is not.
  var made: String {
    let caution = opinion.staleness.map { ["**Caution.** " + prose($0)] } ?? []
    return (opinion.provenance.map(prose) + caution).joined(separator: "\n\n") + "\n"
  }
}
