internal import Ground

/// The incidents of a bundle of STIX 2.1, each with what the bundle says around it.
///
/// Source: STIX Version 2.1, OASIS Standard, sections 4.8 (incident), 4.16 (report), 4.7 (indicator), 5.1; Incident Core
/// extension of the OASIS Cyber Threat Intelligence committee, for impacts, events and states of an investigation.
struct STIXObjects {
  private let file: String
  private(set) var objects: [String: JSON] = [:]
  /// How many bytes each object has.
  private(set) var sizes: [String: Int] = [:]
  private(set) var order: [String] = []
  private var refused: [Problem] = []
  /// Ids linked by a relationship or by a report, in both directions.
  private(set) var links: [String: [String]] = [:]
  /// What stands around each report that was looked at, without the incidents: these are told by themselves.
  var behind: [String: [String]] = [:]

  static let mostObjects = 100_000

  static func isBundle(_ json: JSON) -> Bool { json["type"]?.text == "bundle" }

  /// The reports of a bundle.
  static func all(_ json: JSON, _ file: String) throws(Problem) -> [IncomingReading] {
    guard case .array(let items)? = json["objects"], items.count <= mostObjects else {
      throw Problem(
        "workspace.intake-nothing", what: "\(file) holds no objects, or more than \(mostObjects)",
        why: "a bundle of STIX lists its objects", mend: "check the file", places: [Place(file)])
    }
    var bundle = STIXObjects(file: file)
    for (index, item) in items.enumerated() { bundle.add(item, index) }
    bundle.lookBehindReports()
    return bundle.readings()
  }

  private init(file: String) { self.file = file }

  private mutating func add(_ item: JSON, _ index: Int) {
    guard let id = item["id"]?.text, let type = item["type"]?.text, objects[id] == nil else {
      let problem = Problem(
        "workspace.intake-not-object",
        what: "object \(index + 1) of the bundle has no id and type, or an id that stands twice",
        why: "objects refer to each other by their ids", mend: "export the bundle again",
        places: [Place(file, label: "objects/\(index)")])
      if refused.count < IncomingReport.mostProblems { refused.append(problem) }
      return
    }
    objects[id] = item
    sizes[id] = item.compactBytes.count
    order.append(id)
    if type == "relationship", let from = item["source_ref"]?.text,
      let to = item["target_ref"]?.text
    {
      link(from, to)
    }
    for other in STIXObjects.references(item) { link(id, other) }
  }

  /// What an object refers to by itself: the objects of a report, events and impacts of an incident.
  private static func references(_ item: JSON) -> [String] {
    var found = ObjectReader.texts(item["object_refs"])
    for (_, value) in extensions(item) {
      for name in ["event_refs", "impact_refs", "other_object_refs"] {
        found += ObjectReader.texts(value[name])
      }
    }
    return found
  }

  private static func extensions(_ item: JSON) -> [(String, JSON)] {
    if case .object(let members)? = item["extensions"] { return members }
    return []
  }

  private mutating func link(_ one: String, _ other: String) {
    links[one, default: []].append(other)
    links[other, default: []].append(one)
  }

  func type(_ id: String) -> String { objects[id]?["type"]?.text ?? "" }

  /// One for each incident, one for each report that speaks of none; indicators alone tell of no event.
  private func readings() -> [IncomingReading] {
    var readings: [IncomingReading] = refused.map { .refused($0) }
    for id in order {
      let isIncident = type(id) == "incident"
      let speaksOfOne = (links[id] ?? []).contains { type($0) == "incident" }
      if isIncident || type(id) == "report" && !speaksOfOne {
        readings.append(.report(report(id)))
      } else if type(id) == "indicator", links[id]?.contains(where: isTold) != true {
        readings.append(
          .refused(
            Problem(
              "workspace.intake-indicator",
              what: "\(id) stands alone: no incident or report of the bundle refers to it",
              why: "an indicator says how something can be seen, not that it happened",
              mend: "nothing, or report the event by hand", places: [Place(file, label: id)])))
      }
    }
    return readings
  }

  private func isTold(_ id: String) -> Bool { ["incident", "report"].contains(type(id)) }

  private func report(_ id: String) -> IncomingReport {
    let item = objects[id] ?? .null
    let around = near(id)
    let parts = [item] + copied(around)
    var report = IncomingReport(
      original: ObjectReader.original(
        .object([("type", .string("bundle")), ("objects", .array(parts))]), id),
      place: Place(file, label: id))
    report.source = IncomingFormat.stix.source
    report.reference = id
    report.title = ObjectReader.text(item, "name", &report)
    report.narrative = ObjectReader.text(item, "description", &report)
    if let author = item["created_by_ref"]?.text, let identity = objects[author] {
      report.reporter = identity["name"]?.text ?? ""
      report.contact = identity["contact_information"]?.text ?? ""
    }
    for name in ["created", "modified", "published"] {
      report.hint(.date, name, item[name]?.text ?? "")
    }
    for name in ["labels", "report_types"] {
      report.hint(.category, name, ObjectReader.texts(item[name]).joined(separator: ", "))
    }
    report.hint(.severity, "confidence", item["confidence"]?.compact ?? "")
    extended(item, &report)
    outside(item, &report)
    for other in around { show(other, &report) }
    if parts.count <= around.count {
      report.note(
        "workspace.intake-cut", "what stands around it is too much for its original",
        "look for the rest in the bundle", at: id)
    }
    report.settle()
    return report
  }

  /// Members of extensions that are single words, with the states and types of an investigation among them.
  private func extended(_ item: JSON, _ report: inout IncomingReport) {
    for (_, value) in STIXObjects.extensions(item) {
      guard case .object(let members) = value else { continue }
      for (name, value) in members where name != "extension_type" && !name.hasSuffix("_refs") {
        let words =
          value.text ?? (ObjectReader.texts(value).isEmpty ? value.compact : nil)
          ?? ObjectReader.texts(value).joined(separator: ", ")
        report.hint(STIXObjects.about(name), name, words)
      }
    }
  }

  private static func about(_ name: String) -> IncomingHint.About {
    switch name {
    case "investigation_status", "determination": .status
    case "incident_types": .category
    case "criticality", "scores", "recoverability": .severity
    default: name.hasSuffix("_time") ? .date : .other
    }
  }

  private func outside(_ item: JSON, _ report: inout IncomingReport) {
    guard case .array(let references)? = item["external_references"] else { return }
    for reference in references.prefix(IncomingReport.mostHints) {
      report.address(reference["url"]?.text ?? "", in: "external_references")
      if let number = reference["external_id"]?.text {
        report.hint(.other, reference["source_name"]?.text ?? "external_id", number)
      }
    }
  }

  /// What stands around an incident, as hints; when an event began is when something happened.
  private func show(_ id: String, _ report: inout IncomingReport) {
    guard let item = objects[id] else { return }
    func text(_ name: String) -> String { item[name]?.text ?? "" }
    switch type(id) {
    case "event":
      if report.occurred.isEmpty { report.happened(text("start_time"), in: "event/start_time") }
      report.hint(.date, "event/end_time", text("end_time"))
      report.hint(.other, "event", text("name"))
    case "impact":
      report.hint(.category, "impact", text("impact_category"))
      report.hint(.date, "impact/start_time", text("start_time"))
      report.hint(.date, "impact/end_time", text("end_time"))
    case "indicator":
      report.hint(.technique, "indicator", text("name"))
      report.hint(.technique, "indicator/pattern", text("pattern"))
    case "attack-pattern": report.hint(.technique, "attack-pattern", text("name"))
    case "report": report.hint(.other, "report", text("name"))
    case "identity": report.hint(.party, "identity", text("name"))
    default: break
    }
  }
}
