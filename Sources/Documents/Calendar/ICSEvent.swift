internal import Duties
internal import Ground

/// The content of one deadline in a calendar: everything that is not identity, status or time of writing.
struct ICSEvent {
  let deadline: Deadline
  /// Whether titles and reasons may be shown whatever the class of the record.
  let reveals: Bool
  /// Whether nothing is shown but the days, whatever the class of the record.
  var isBare = false

  /// The identity: it follows from the id of the deadline and tells nothing.
  static func uid(_ deadline: Deadline) -> String { deadline.stableKey + "@docket.systemic" }

  /// The content lines; nil when there is no day to show.
  ///
  /// Nothing in them changes from day to day, so that an event changes only when the deadline does.
  var lines: [String]? {
    guard let day = deadline.alarmDay else { return nil }
    let summary = isNeutral ? deadline.neutralTitle : title
    var lines = [start(day), "SUMMARY:" + ICSText.escaped(summary)]
    if !isNeutral {
      lines.append("DESCRIPTION:" + ICSText.escaped(description.joined(separator: "\n")))
      lines.append(
        "CATEGORIES:" + ICSText.escaped(deadline.force.rawValue) + ","
          + ICSText.escaped(deadline.kind.rawValue))
      if let link = deadline.citation?.link, ICSEvent.isPlain(link) { lines.append("URL:" + link) }
    }
    lines.append("CLASS:" + visibility)
    lines.append("TRANSP:TRANSPARENT")
    return lines + alarms(ICSText.escaped(summary))
  }

  /// Whether it is shown without saying what it concerns.
  private var isNeutral: Bool { isBare || isWithheld && !reveals }

  private var isWithheld: Bool { deadline.confidentiality >= .confidential }

  private var visibility: String {
    switch deadline.confidentiality {
    case .everyone: "PUBLIC"
    case .internal: "PRIVATE"
    case .confidential, .secret, .restricted: "CONFIDENTIAL"
    }
  }

  private var title: String {
    deadline.status == .undetermined ? deadline.title + " (if it applies)" : deadline.title
  }

  private func start(_ day: Day) -> String {
    if let moments = deadline.moments { return "DTSTART:" + ICSText.stamp(moments.alarm) }
    return "DTSTART;VALUE=DATE:" + ICSText.date(day)
  }

  private var description: [String] {
    var lines: [String] = []
    if let citation = deadline.citation {
      lines.append(citation.marked)
    } else {
      lines.append("Own date (\(deadline.force.rawValue)); no legal text asks for it.")
    }
    if !deadline.linkedRules.isEmpty {
      lines.append("Answers " + deadline.linkedRules.joined(separator: ", "))
    }
    if let words = deadline.startWords, let start = deadline.start {
      lines.append("Start: \(words), \(start.text)")
    }
    lines += readings
    if !deadline.missing.isEmpty {
      lines.append("Whether it applies depends on: " + deadline.missing.joined(separator: ", "))
    }
    if let ends = deadline.endsWith { lines.append("Ends with: " + ends) }
    lines.append("Owner: " + deadline.owner.rawValue)
    lines.append("Deadline " + deadline.id)
    return lines
  }

  /// Both readings and the one that binds.
  private var readings: [String] {
    if let moments = deadline.moments {
      return [
        "Plain hours: \(moments.plain.rfc3339). Regulation 1182/71: \(moments.regulation.rfc3339).",
        "What binds: \(moments.statutory.rfc3339). To plan with: \(moments.alarm.rfc3339).",
      ]
    }
    guard let plain = deadline.plainDay, let regulation = deadline.regulationDay,
      let binding = deadline.statutoryDay, let alarm = deadline.alarmDay
    else { return [] }
    let verb = deadline.kind == .notBefore ? "Possible from" : "Last day"
    return [
      "\(verb): \(plain.iso) by the plain calendar, \(regulation.iso) under Regulation 1182/71.",
      "What binds: \(binding.iso). To plan with: \(alarm.iso).",
    ]
  }

  /// A month, a week and a day ahead, or hours where hours count.
  private func alarms(_ summary: String) -> [String] {
    let leads = deadline.moments == nil ? ["P30D", "P7D", "P1D"] : ["PT12H", "PT4H", "PT1H"]
    return leads.flatMap { lead in
      [
        "BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:" + summary, "TRIGGER:-" + lead,
        "END:VALARM",
      ]
    }
  }

  /// Whether a link can stand in a line as it is.
  private static func isPlain(_ link: String) -> Bool {
    link.utf8.allSatisfy { (0x21...0x7E).contains($0) }
  }
}
