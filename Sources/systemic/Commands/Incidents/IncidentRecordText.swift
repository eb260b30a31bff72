import Duties
import Ground
import Rulebook
import Workspace

/// An incident on the record as a terminal shows it.
enum IncidentRecordText {
  /// The whole of it.
  static func whole(_ view: IncidentView, _ people: PeopleNames) -> String {
    let state = view.state
    var lines = [
      Terminal.bold(TextTable.plain(state.title, atMost: 90)),
      "\(state.id.text), version \(state.version), \(state.status ?? "")"
        + (IncidentRecord.outcome(state).map { ", considered: " + $0.words } ?? ""),
    ]
    if let other = state.text("merged_into") { lines.append("merged into \(other)") }
    if let other = state.text("bundled_with") { lines.append("reported with \(other)") }
    lines += ["", dates(view, people), "", test(view), suggestions(view), "", clocks(view)]
    if !view.papers.isEmpty { lines += ["", papers(view)] }
    for joined in view.joined { lines.append("\(joined.id.text): \(joined.title) belongs to it") }
    return lines.filter { $0 != suggestionsNone }.joined(separator: "\n")
  }

  /// Its dates, corrections beside what they correct.
  static func dates(_ view: IncidentView, _ people: PeopleNames) -> String {
    TextTable.text(
      ["what", "when", "written", "by", "note"],
      view.dates.map { date in
        [
          date.words, date.at.text, date.recorded.utc, people.name(date.actor.id),
          date.isCorrected ? "corrected later" : date.correction.map { "corrects: " + $0 } ?? "",
        ]
      }, empty: "no dates are recorded")
  }

  /// The legal test.
  static func test(_ view: IncidentView) -> String {
    let assessment = view.assessment
    var lines = [
      "serious: " + Terminal.bold(assessment.facts.serious.word) + ", causal link "
        + assessment.facts.linkWord
    ]
    let named = assessment.reasons.filter { $0.answer != .no }.map {
      "\($0.category.title): \($0.answer.word)"
    }
    if !named.isEmpty { lines.append("  " + named.joined(separator: "; ")) }
    if view.state.text("model") == nil {
      lines.append("  asked next: the model, systemic incident describe … --set model=model/…")
    }
    if let next = assessment.missing.first { lines.append("  asked next: \(next)") }
    lines += (assessment.facts.contradictions + assessment.times.contradictions).map {
      "  look again: \($0)"
    }
    return lines.joined(separator: "\n")
  }

  private static let suggestionsNone = "the words of the report suggest no category"

  /// What the words suggest; a person decides.
  static func suggestions(_ view: IncidentView) -> String {
    let found = view.assessment.suggestions.filter {
      !view.assessment.facts.harm($0.category).isDecided
    }
    guard !found.isEmpty else { return suggestionsNone }
    return found.map {
      "the words suggest \($0.category.title) (\($0.words.prefix(5).joined(separator: ", "))): "
        + "a person decides"
    }.joined(separator: "\n")
  }

  /// Every deadline of the incident, the earliest first, under the duty that has no number of days.
  static func clocks(_ view: IncidentView) -> String {
    let table = TextTable.text(
      ["act by", "plain", "1182/71", "status", "force", "what", "basis", "missing"],
      view.deadlines.map { deadline in
        [
          deadline.moments?.alarm.utc ?? deadline.alarmDay?.iso ?? "",
          deadline.plainDay?.iso ?? "", deadline.regulationDay?.iso ?? "",
          deadline.status.words + (deadline.governedBy == nil ? "" : ", governed"),
          deadline.force.rawValue, deadline.task(of: view.state.title),
          TextTable.plain(deadline.citation?.text ?? "", atMost: 60), shortened(deadline.missing),
        ]
      }, empty: "no deadline: " + reasonForNone(view.state))
    return ([undueDelay(view)].compactMap { $0 } + [table]).joined(separator: "\n")
  }

  /// The duty of the Regulation itself.
  private static func undueDelay(_ view: IncidentView) -> String? {
    view.assessment.clocks.all.first { $0.task == .report && $0.state != .notInForce }.map {
      "report without undue delay, no number of days: \($0.provision.citation.text)"
        + ($0.from.map { ", from \($0.rfc3339)" } ?? ", from the awareness of the involvement")
    }
  }

  private static func shortened(_ missing: [String]) -> String {
    missing.count <= 2
      ? missing.joined(separator: ", ")
      : missing.prefix(2).joined(separator: ", ") + " and \(missing.count - 2) more"
  }

  private static func reasonForNone(_ state: RecordState) -> String {
    state.fields["merged_into"] != nil || state.fields["bundled_with"] != nil
      ? "those of the other incident hold" : "nothing is owed by what is known"
  }

  /// All incidents, a row each.
  static func list(_ states: [RecordState], _ law: Law) -> String {
    TextTable.text(
      ["id", "title", "status", "considered", "harm", "next", "act by", "force"],
      states.map { state in
        let line = IncidentLine(state, law)
        return [
          state.id.text, TextTable.plain(state.title, atMost: 60), state.status ?? "",
          IncidentRecord.outcome(state)?.words ?? "not yet", TextTable.plain(line.harm, atMost: 60),
          line.words, line.clock?.due?.alarmDay.iso ?? "",
          line.clock.map { $0.force(law).rawValue } ?? "",
        ]
      }, empty: "no incident is on the record")
  }

  /// The same for a program.
  static func row(_ state: RecordState, _ law: Law) -> JSON {
    let line = IncidentLine(state, law)
    return .object([
      ("incident", state.shown), ("harm", .string(line.harm)), ("next", .string(line.words)),
      ("act_by", JSON(line.clock?.due?.alarm.utc)),
      ("basis", JSON(line.clock?.provision.citation.text)),
      ("force", JSON(line.clock.map { $0.force(law).rawValue })),
    ])
  }

  /// What the incidents amount to.
  static func statistics(_ figures: IncidentFigures) -> String {
    func hours(_ durations: IncidentFigures.Durations) -> String {
      durations.median.map { "\($0) h" } ?? ""
    }
    let table = TextTable.text(
      [
        "period", "received", "serious", "undecided", "aware", "triaged", "reported", "in time",
        "late",
      ],
      (figures.months + figures.years + [figures.all]).map { period in
        [
          period.name, "\(period.received)", "\(period.outcomes[.serious] ?? 0)",
          "\(period.undecided)", hours(period.toAwareness), hours(period.toTriage),
          hours(period.toReport), "\(period.inTime) of \(period.judged)", "\(period.late)",
        ]
      }, empty: "no incident is on the record")
    let harms = IncidentCategory.allCases.filter { figures.all.categories[$0] ?? 0 > 0 }
      .map { "\($0.title): \(figures.all.categories[$0] ?? 0)" }
    let open = figures.openLong.map { "  \($0.id.text)  \(TextTable.plain($0.title, atMost: 70))" }
    return
      ([table] + (harms.isEmpty ? [] : ["harm: " + harms.joined(separator: "; ")])
      + (open.isEmpty ? [] : ["open for more than \(IncidentFigures.longOpen) days:"] + open))
      .joined(separator: "\n")
  }

  private static func papers(_ view: IncidentView) -> String {
    TextTable.text(
      ["paper", "status", "title"],
      view.papers.map { [$0.id.text, $0.status ?? "", TextTable.plain($0.title)] }, empty: "")
  }
}

extension Deadline {
  /// What is to be done, without the title of its record.
  fileprivate func task(of record: String) -> String {
    let suffix = ": " + record
    return title.hasSuffix(suffix) ? String(title.dropLast(suffix.count)) : title
  }
}
