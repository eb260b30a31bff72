internal import Documents
internal import Duties
internal import Ground
internal import RuleFile
internal import Workspace

/// What is asked of a filing, by whom, what is there, and where a gap is closed.
struct FilingCompleteness {
  let filing: Filing

  var html: HTML {
    let rows = filing.items.map { item -> [HTML] in
      [
        "\(Typography.sentence(item.title))", FilingCompleteness.standing(item),
        "\(item.asker.rawValue)",
        .joined(
          item.citations.map { "\(Parts.rule($0.id, $0)) \(Parts.force($0.force))" }, by: "<br>"),
        item.isGap ? remedy(item) ?? Component.prose(item.note) : Component.prose(item.note),
      ]
    }
    return Component.section(
      "completeness", "Completeness",
      Component.table(
        "What is asked for, by whom, and what is there",
        [
          .init("What"), .init("Standing"), .init("Asked by"), .init("Where"),
          .init("Given, or how"),
        ],
        rows))
  }

  /// Where a gap is closed; nil where no single page does.
  private func remedy(_ item: PackageItem) -> HTML? {
    if let incident = filing.state.text("incident").flatMap({ RecordID($0) }) {
      return remedy(item, IncidentPages.path(incident))
    }
    let model = "/records/\(filing.model.id.text)/changes/"
    switch item.id {
    case "trigger":
      return """
        \(Parts.link(model + "threshold-known", "Say since when it is known")); without a day no clock runs
        """
    case "placement":
      return Parts.link(model + "placement-planned", "Say for when it is planned")
    case "compute":
      return Parts.link("/models/\(filing.model.id.key)/runs/new", "Record the runs that count")
    case "representative":
      return item.standing == .missing ? Parts.link("/mandates/new", "Draft the mandate") : nil
    default:
      guard filing.kind.field(item.id) != nil else { return nil }
      return filing.status == "draft"
        ? Parts.link("\(ProcedurePages.path(filing.state.id))/draft#\(item.id)", "Fill it in")
        : "not filled in when it was sent for review"
    }
  }

  /// Where a gap of a report on an incident is closed: most of it is what is told of the incident.
  private func remedy(_ item: PackageItem, _ incident: String) -> HTML? {
    // What was frozen is changed by nobody; the next report says what is known by then.
    guard filing.status == "draft" else { return nil }
    return switch item.id {
    case "awareness":
      Parts.link(incident + "?date=involvement-known#date-form", "Say since when it is known")
    case "category": Parts.link(incident + "#test", "Answer the questions of the legal test")
    case "part-10":
      Parts.link("\(ProcedurePages.path(filing.state.id))/draft", "Fill it in")
    default:
      item.standing == .missing
        ? Parts.link(incident + "/description", "Tell it, or say that it is not known yet")
        : "\(Component.prose(item.note)) \(Parts.link(incident + "/description", "Tell it"))"
    }
  }

  /// The standing as a word with a sign that does not need colour.
  static func standing(_ item: PackageItem) -> HTML {
    let sign =
      switch item.standing {
      case .given: "✓"
      case .missing: "!"
      case .undetermined: "?"
      case .notAsked, .optional: "·"
      }
    let look =
      item.isBlocking ? "overdue" : item.isGap ? "undetermined" : "met"
    return """
      <span class="status \(look)"><span aria-hidden="true">\(sign)</span> \(item.standing.rawValue)</span>
      """
  }
}
