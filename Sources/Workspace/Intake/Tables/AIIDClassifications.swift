internal import Duties
internal import Ground

/// What annotators of the AI Incident Database say of its incidents: `classifications_*.csv`, joined by `Incident ID`.
///
/// An incident may have several annotators, who need not agree: each is shown with their own words.
struct AIIDClassifications {
  /// A row of one annotator.
  struct Annotation {
    /// The scheme, by the name of the file: CSETv1.
    let scheme: String
    /// Which annotation of the scheme it is for this incident, from 1.
    let number: Int
    let row: ForeignTable.Row

    var original: [UInt8] { row.original }
  }

  private var annotations: [String: [Annotation]] = [:]
  /// How many rows of each scheme each incident has.
  private var counts: [String: [String: Int]] = [:]
  /// The incidents of which it was told that they have too many.
  private var told: Set<String> = []
  /// Rows that could not be read.
  private(set) var problems: [Problem] = []

  static let mostRows = 200_000
  /// Most annotations of one incident: each becomes part of its original.
  static let mostOfOne = 100
  private static let key = "Incident ID"

  init() {}

  /// Annotations of an incident, by its number.
  subscript(_ number: String) -> [Annotation] { annotations[number] ?? [] }

  /// Adds a file.
  ///
  /// - Throws: `workspace.intake-columns`, `workspace.intake-too-large`, `ground.*`.
  mutating func add(_ source: ByteSource) throws(Problem) {
    let lines = ByteLines(try source.stream())
    var table = try ForeignTable(lines, needs: [AIIDClassifications.key])
    let scheme = AIIDClassifications.scheme(source.name)
    var rows = 0
    while let reading = try table.next() {
      switch reading {
      case .refused(let problem):
        if problems.count < IncomingReport.mostProblems { problems.append(problem) }
      case .row(let row):
        rows += 1
        guard rows <= AIIDClassifications.mostRows else {
          throw Problem(
            "workspace.intake-too-large",
            what: "\(source.name) has more than \(AIIDClassifications.mostRows) rows",
            why: "classifications are held in memory", mend: "take it in in parts",
            places: [Place(source.name, line: row.line)])
        }
        add(row, scheme, source.name)
      }
    }
  }

  private mutating func add(_ row: ForeignTable.Row, _ scheme: String, _ file: String) {
    let number = IntakeText.line(row[AIIDClassifications.key], longest: 40)
    let place = counts[number, default: [:]][scheme, default: 0] + 1
    counts[number, default: [:]][scheme] = place
    guard annotations[number]?.count ?? 0 < AIIDClassifications.mostOfOne else {
      return noteTooMany(number, Place(file, line: row.line))
    }
    annotations[number, default: []].append(Annotation(scheme: scheme, number: place, row: row))
  }

  private mutating func noteTooMany(_ number: String, _ place: Place) {
    guard told.insert(number).inserted, problems.count < IncomingReport.mostProblems else { return }
    problems.append(
      Problem(
        "workspace.intake-annotations",
        what: "incident “\(number)” has more than \(AIIDClassifications.mostOfOne) annotations",
        why: "the further ones are left out; an incident has few annotators",
        mend: "check the column “\(AIIDClassifications.key)”",
        places: [place]))
  }

  /// `classifications_CSETv1.csv` holds those of CSETv1.
  private static func scheme(_ path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let bare = name.hasSuffix(".csv") ? String(name.dropLast(4)) : name
    let mark = "classifications_"
    return bare.hasPrefix(mark) ? String(bare.dropFirst(mark.count)) : bare
  }

  /// Columns that say who annotated and when, and the long notes of annotators.
  private static let administrative: Set = [
    "Incident ID", "Namespace", "Publish", "Published", "Incident Number", "Annotation Status",
    "Annotator", "Peer Reviewer", "Quality Control", "Full Description", "Short Description",
  ]

  /// Shows what one annotator says.
  static func hints(_ annotation: Annotation, into report: inout IncomingReport) {
    let who = annotation.scheme + " " + String(annotation.number)
    for heading in annotation.row.headings where !heading.isEmpty {
      let words = annotation.row[heading]
      if administrative.contains(heading) || IntakeText.isBlank(words) { continue }
      let meaning = meanings[heading]
      report.hint(
        meaning?.about ?? .other, who + " · " + heading, words,
        asks: isDenied(words) ? nil : meaning?.category, caution: meaning?.caution ?? "")
    }
  }

  /// Whether the words only say that there is nothing.
  private static func isDenied(_ words: String) -> Bool {
    let plain = IntakeText.line(words, longest: 40).lowercased()
    return ["no", "none", "false", "0", "0.0", "[]", "no rights violation"].contains(plain)
  }

  private struct Meaning: Sendable {
    let about: IncomingHint.About
    var category: IncidentCategory?
    var caution = ""
  }

  private static let meanings: [String: Meaning] = [
    "Near Miss": Meaning(about: .status),
    "Tangible Harm": Meaning(about: .status),
    "AI Harm Level": Meaning(about: .severity),
    "Severity": Meaning(about: .severity),
    "Harm Type": Meaning(about: .category),
    "Harm Domain": Meaning(about: .category),
    "Lives Lost": Meaning(about: .category, category: .death),
    "Rights Violation": Meaning(about: .category, category: .rights),
    "Infrastructure Sectors": Meaning(
      about: .category, category: .infrastructure,
      caution: "sectors as the annotator names them; Art. 3(62) asks for the function"),
    "Impact on Critical Services": Meaning(
      about: .category,
      caution:
        "means access to services such as welfare or health care, not critical infrastructure"),
  ]
}
