public import Ground
internal import Rulebook

/// A report on an incident as it stands: what would be sent, and what it lacks.
///
/// Pure: the same records and the same law give the same package, byte for byte. It follows the ten fields of the
/// Commission's template and adds what that lacks and what proves that the report was in time.
///
/// Source: the Commission's template of 4 November 2025; Code of Practice, Safety and Security, Measure 9.2.
public struct IncidentPackage: Sendable {
  /// What would be sent.
  public let json: JSON
  /// Everything that is asked for in this type of report, given or not.
  public let items: [PackageItem]

  /// The package that records and law amount to.
  public init(_ sources: IncidentSources) {
    json = IncidentWriter(sources: sources).json
    items = IncidentItems(sources: sources).all
  }

  /// The categories of harm of which a report tells, as it was reviewed.
  public static func told(_ report: RecordState) -> [IncidentCategory] {
    guard let text = report.text("package"),
      case .array(let rows)? = try? JSON(parsing: text.utf8, file: report.id.text)["categories"]
    else { return [] }
    return rows.filter { $0["answer"]?.text == "yes" }
      .compactMap { $0["category"]?.text.flatMap(IncidentCategory.init) }
  }

  /// Fields that may be left out where other Union law asks for it.
  public static let redactable = parts.flatMap(\.fields)

  /// What is told, by the number of the field in the template.
  struct Part: Sendable {
    let number: Int
    let title: String
    let fields: [String]
    /// Reports in which it is due.
    let due: Set<ReportType>

    /// Ids of the rules that ask for it.
    var rules: [String] { ["template/serious-incident/\(number)", "cop/safety/9.2/\(number)"] }
  }

  private static let always: Set<ReportType> = [.initial, .intermediate, .final]

  /// The root cause and patterns are not due in the initial report.
  ///
  /// Source: Code of Practice, Safety and Security, Measure 9.3: points (1) to (7) of Measure 9.2 in the initial report.
  static let parts: [Part] = [
    Part(number: 1, title: "Start and end", fields: ["began", "ended"], due: always),
    Part(number: 2, title: "Harm, and who was affected", fields: ["harm"], due: always),
    Part(number: 3, title: "Chain of events", fields: ["chain"], due: always),
    Part(
      number: 5, title: "What shows the involvement of the model", fields: ["involvement"],
      due: always),
    Part(number: 6, title: "What was done or is intended", fields: ["response"], due: always),
    Part(
      number: 7, title: "What the AI Office or other authorities should do",
      fields: ["recommendation"], due: always),
    Part(
      number: 8, title: "Root cause", fields: ["root_cause", "factors", "failed_mitigations"],
      due: [.final]),
    Part(number: 9, title: "Patterns in monitoring", fields: ["patterns"], due: [.final]),
  ]
}
