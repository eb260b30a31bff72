import Duties
import Ground
import Rulebook
import Workspace

/// An incident on the record as a terminal shows it.
enum IncidentRecordText {
  /// The whole of it.
  static func whole(_ screen: IncidentScreen, _ name: (String) -> String) -> String {
    let state = screen.state
    var lines = [
      Terminal.bold(TextTable.plain(state.title, atMost: 90)),
      "\(state.id.text), version \(state.version), \(state.status ?? "")"
        + (IncidentRecord.outcome(state).map { ", considered: " + $0.words } ?? ""),
    ]
    if let other = state.text("merged_into") { lines.append("merged into \(other)") }
    if let other = state.text("bundled_with") { lines.append("reported with \(other)") }
    lines += messages(screen)
    lines += ["", dates(screen, name), "", test(screen), suggestions(screen), "", clocks(screen)]
    if !screen.items("papers").isEmpty { lines += ["", papers(screen)] }
    for joined in screen.items("joined") { lines.append("\(joined.text ?? "") belongs to it") }
    return lines.filter { $0 != suggestionsNone }.joined(separator: "\n")
  }

  /// What came from outside since it was reported, the newest first; it goes before all else.
  static func messages(_ screen: IncidentScreen) -> [String] {
    let count = screen.unreadMessages
    guard count > 0 else { return [] }
    let shown = screen.items("messages").prefix(5).map { message -> String in
      let suggested = (message["suggestions"] ?? .null).items.compactMap { suggestion -> String? in
        guard
          let category = suggestion["category"]?.text.flatMap(IncidentCategory.init(rawValue:))
        else { return nil }
        let words = (suggestion["matched_words"] ?? .null).texts.prefix(5).joined(separator: ", ")
        return "\n    the words suggest \(category.title) (\(words)): a person decides"
      }
      return "  \(message["at"]?.text ?? "") "
        + TextTable.plain(message["text"]?.text ?? "", atMost: 300) + suggested.joined()
    }
    let title = count == 1 ? "a message from outside waits" : "\(count) messages from outside wait"
    return ["", Terminal.bold(title + ", settled by nobody:")] + shown
  }

  /// Its dates, corrections beside what they correct.
  static func dates(_ screen: IncidentScreen, _ name: (String) -> String) -> String {
    TextTable.text(
      ["what", "when", "written", "by", "note"],
      screen.items("dates").map { date in
        let correction = date["correction"]?.text.map { "corrects: " + $0 } ?? ""
        return [
          date["words"]?.text ?? "", date["at"]?.text ?? "", date["recorded"]?.text ?? "",
          name(date["by"]?.text ?? ""),
          date["corrected"] == .bool(true) ? "corrected later" : correction,
        ]
      }, empty: "no dates are recorded")
  }

  /// The legal test.
  static func test(_ screen: IncidentScreen) -> String {
    let assessment = screen.assessment
    var lines = [
      "serious: " + Terminal.bold(assessment.facts.serious.word) + ", causal link "
        + assessment.facts.linkWord
    ]
    let named = assessment.reasons.filter { $0.answer != .no }.map {
      "\($0.category.title): \($0.answer.word)"
    }
    if !named.isEmpty { lines.append("  " + named.joined(separator: "; ")) }
    if screen.state.text("model") == nil {
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
  static func suggestions(_ screen: IncidentScreen) -> String {
    let found = screen.assessment.suggestions.filter {
      !screen.assessment.facts.harm($0.category).isDecided
    }
    guard !found.isEmpty else { return suggestionsNone }
    return found.map {
      "the words suggest \($0.category.title) (\($0.words.prefix(5).joined(separator: ", "))): "
        + "a person decides"
    }.joined(separator: "\n")
  }

  /// Every deadline of the incident, the earliest first, under the duty that has no number of days.
  static func clocks(_ screen: IncidentScreen) -> String {
    let table = TextTable.text(
      ["act by", "plain", "1182/71", "status", "force", "what", "basis", "missing"],
      screen.items("deadlines").map { deadline in
        func text(_ name: String) -> String? { deadline[name]?.text }
        let status = text("status").flatMap { Deadline.Status(rawValue: $0) }
        let moment = text("alarm_moment").flatMap { Instant($0)?.utc }
        return [
          moment ?? text("alarm_day") ?? "", text("plain_day") ?? "",
          text("regulation_1182_71_day") ?? "",
          (status?.words ?? "") + (text("governed_by") == nil ? "" : ", governed"),
          text("force") ?? "", task(text("title") ?? "", of: screen.state.title),
          TextTable.plain(text("citation") ?? "", atMost: 60), shortened(deadline["missing"]),
        ]
      }, empty: "no deadline: " + reasonForNone(screen.state))
    return ([undueDelay(screen)].compactMap { $0 } + [table]).joined(separator: "\n")
  }

  /// The duty of the Regulation itself.
  private static func undueDelay(_ screen: IncidentScreen) -> String? {
    let duty = screen.items("clocks").first {
      $0["task"]?.text == IncidentClock.Task.report.rawValue
        && $0["state"]?.text != IncidentClock.State.notInForce.rawValue
    }
    return duty.map {
      "report without undue delay, no number of days: \($0["citation"]?.text ?? "")"
        + ($0["from"]?.text.map { ", from \($0)" } ?? ", from the awareness of the involvement")
    }
  }

  private static func shortened(_ list: JSON?) -> String {
    guard case .array(let items)? = list else { return "" }
    let missing = items.compactMap(\.text)
    return missing.count <= 2
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
  ///
  /// - Parameter title: The title of an incident by its id, where it is known.
  static func statistics(_ figures: JSON, title: (String) -> String?) -> String {
    func items(_ name: String) -> [JSON] {
      guard case .array(let items)? = figures[name] else { return [] }
      return items
    }
    func count(_ value: JSON?) -> Int { if case .int(let count)? = value { count } else { 0 } }
    func hours(_ value: JSON?) -> String {
      guard case .int(let hours)? = value?["median_hours"] else { return "" }
      return "\(hours) h"
    }
    let all = figures["all"] ?? .null
    let table = TextTable.text(
      [
        "period", "received", "serious", "undecided", "aware", "triaged", "reported", "in time",
        "late",
      ],
      (items("months") + items("years") + [all]).map { period in
        let late = count(period["late"])
        let judged = count(period["in_time"]) + count(period["by_one_reading"]) + late
        return [
          period["period"]?.text ?? "", "\(count(period["received"]))",
          "\(count(period["outcomes"]?[IncidentOutcome.serious.rawValue]))",
          "\(count(period["undecided"]))", hours(period["to_awareness"]),
          hours(period["to_triage"]), hours(period["to_report"]),
          "\(count(period["in_time"])) of \(judged)", "\(late)",
        ]
      }, empty: "no incident is on the record")
    let harms = IncidentCategory.allCases.map {
      ($0.title, count(all["categories"]?[$0.rawValue]))
    }.filter { $0.1 > 0 }.map { "\($0.0): \($0.1)" }
    let open = items("open_long").compactMap(\.text).map { id in
      "  \(id)  \(TextTable.plain(title(id) ?? "", atMost: 70))"
    }
    return
      ([table] + (harms.isEmpty ? [] : ["harm: " + harms.joined(separator: "; ")])
      + (open.isEmpty ? [] : ["open for more than \(IncidentFigures.longOpen) days:"] + open))
      .joined(separator: "\n")
  }

  private static func papers(_ screen: IncidentScreen) -> String {
    TextTable.text(
      ["paper", "status", "title"],
      screen.items("papers").compactMap { RecordState(json: $0) }.map {
        [$0.id.text, $0.status ?? "", TextTable.plain($0.title)]
      }, empty: "")
  }

  /// What is to be done, without the title of its record.
  private static func task(_ title: String, of record: String) -> String {
    let suffix = ": " + record
    return title.hasSuffix(suffix) ? String(title.dropLast(suffix.count)) : title
  }
}
