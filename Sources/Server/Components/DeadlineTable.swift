internal import Documents
internal import Duties
internal import Ground

/// Deadlines as a table: when to act, when it binds, who, on what text.
enum DeadlineTable {
  private static let columns: [Component.Column] = [
    .init("What"), .init("Act by"), .figures("In days"), .init("Binding day"), .init("Status"),
    .init("Owner"), .init("Legal basis"),
  ]

  static func html(
    _ caption: String, _ deadlines: [Deadline], today: Day, names: (String) -> String
  ) -> HTML {
    Component.table(
      caption, columns,
      deadlines.map { deadline in
        row(
          deadline, today: today,
          owner: deadline.assignedTo.map { names($0.replacing("person/", with: "")) }
            ?? deadline.owner.rawValue)
      })
  }

  /// The cells of one deadline.
  static func row(_ deadline: Deadline, today: Day, owner: String) -> [HTML] {
    [
      what(deadline), day(deadline.alarmDay), days(deadline, today), day(deadline.statutoryDay),
      status(deadline.status), "\(owner)",
      "\(Parts.rule(deadline.ruleID, deadline.citation)) \(Parts.force(deadline.force))",
    ]
  }

  private static func what(_ deadline: Deadline) -> HTML {
    let missing: HTML =
      deadline.missing.isEmpty
      ? ""
      : "<span class=\"note\">not on the record: \(missing(deadline.missing, deadline.record))</span>"
    return "\(Parts.link(Parts.path(deadline.record), deadline.title))\(missing)"
  }

  /// What is missing, in words; of what happened to the record, with the way to say so.
  static func missing(_ names: [String], _ record: RecordID) -> HTML {
    .joined(
      names.map { name in
        guard let event = RecordKind.named(record.kind)?.event(name) else {
          return "\(OpinionParts.fact(name))"
        }
        // Dates of an incident are written with their hour and its clock.
        return record.kind == RecordKind.incident.name
          ? Parts.link("\(IncidentPages.path(record))?date=\(name)#date-form", event.title)
          : Parts.link("/records/\(record.text)/changes/\(name)", event.title)
      }, by: "; ")
  }

  private static func day(_ day: Day?) -> HTML {
    day.map { Component.day($0) } ?? "<span class=\"unknown\">undetermined</span>"
  }

  private static func days(_ deadline: Deadline, _ today: Day) -> HTML {
    guard let day = deadline.alarmDay else { return "—" }
    return "\(day.sinceEpoch - today.sinceEpoch)"
  }

  /// The status as word, with a sign that does not need colour.
  static func status(_ status: Deadline.Status) -> HTML {
    """
    <span class="status \(status.rawValue)"><span aria-hidden="true">\(mark(status))</span> \
    \(status.words)</span>
    """
  }

  /// The status where there is little room: the sign, and the word for those who do not see it.
  static func sign(_ status: Deadline.Status) -> HTML {
    """
    <span class="status \(status.rawValue)"><span aria-hidden="true">\(mark(status))</span>\
    <span class="hidden">\(status.words)</span></span>
    """
  }

  private static func mark(_ status: Deadline.Status) -> String {
    switch status {
    case .overdue: "!"
    case .dueSoon: "›"
    case .met: "✓"
    case .metLate: "✓!"
    case .undetermined: "?"
    case .open, .opensLater, .notApplicable: "·"
    }
  }
}
