public import Duties
public import Ground

/// Incidents as a bundle for others.
public struct SharedIncidents: Sendable {
  /// The bundle of STIX 2.1.
  public let bundle: JSON
  /// How many incidents it tells of.
  public let count: Int
  /// How many were left out because of their class: they are shared only when named.
  public let leftOut: Int
}

extension OpenWorkspace {
  /// The highest class of which incidents are shared without being named one by one.
  private static let sharedUpTo = Confidentiality.confidential

  /// Channels by which people report who are no part of the provider: the title is in their words, too.
  private static let outsideChannels: Set = ["public", "whistleblower", "deployer", "mail"]
  /// The channel whose titles somebody here wrote.
  private static let ownChannel = "desk"

  /// All incidents that the actor may read as a bundle, without those of a class above *confidential*.
  ///
  /// - Throws: as `stix`.
  public func stixOfAll(withNarrative: Bool) async throws(Problem) -> SharedIncidents {
    let all = try await states(.incident)
    let shared = all.filter { $0.confidentiality <= OpenWorkspace.sharedUpTo }
    return SharedIncidents(
      bundle: try await stix(shared, withNarrative: withNarrative), count: shared.count,
      leftOut: all.count - shared.count)
  }

  /// Incidents as a bundle of STIX 2.1, for others.
  ///
  /// Titles that somebody here gave, outcomes and categories that were answered with yes; what people outside wrote, and
  /// narratives, which may name people, only when asked for. Who reported an incident is never told.
  /// - Throws: `workspace.not-allowed`, `store.*`.
  public func stix(
    _ incidents: [RecordState], withNarrative: Bool
  ) async throws(Problem) -> JSON {
    let provider = try await provider()
    let began = provider?.begun ?? surroundings.now()
    let bundle = STIXBundle(
      origin: description.origin, provider: provider?.title ?? description.origin, began: began)
    var objects: [STIXIncident] = []
    for state in incidents {
      var object = OpenWorkspace.shared(state, withNarrative: withNarrative)
      if !withNarrative, try await isTitledOutside(state) {
        let day = (state.happened["incident-received"]?.day ?? state.begun.day).iso
        object.title = "Report received on \(day)"
      }
      objects.append(object)
    }
    let json = bundle.json(objects)
    try await noteOperation(
      "incidents-shared", "\(incidents.count) incidents written as STIX 2.1",
      detail: JSON(incidents.map(\.id.text)))
    return json
  }

  /// Whether the title is in words of the report: it is the beginning of the narrative, or nobody here gave another one.
  private func isTitledOutside(_ state: RecordState) async throws(Problem) -> Bool {
    let channel = state.text("channel") ?? OpenWorkspace.ownChannel
    guard channel != OpenWorkspace.ownChannel else { return false }
    let title = state.title.hasSuffix("…") ? String(state.title.dropLast()) : state.title
    let narrative = (state.text("narrative") ?? "").drop(while: \.isWhitespace)
    if !title.isEmpty, narrative.hasPrefix(title) { return true }
    guard OpenWorkspace.outsideChannels.contains(channel) else { return false }
    let first = try await history(state.id).first?.content?["set"]?["title"]?.text
    return first == state.title
  }

  private static func shared(_ state: RecordState, withNarrative: Bool) -> STIXIncident {
    let facts = IncidentRecord.facts(state)
    var labels = IncidentRecord.outcome(state).map { [$0.words] } ?? []
    labels += IncidentCategory.allCases.filter { facts.harm($0) == .yes }.map(\.title)
    let source = state.text("source") ?? ""
    let link = IntakeText.links(source).first ?? ""
    let number = state.text("reference") ?? ""
    let first = source.split(separator: ",").first.map(String.init) ?? ""
    let name = IntakeText.line(first, longest: 200)
    let isTold = !(number.isEmpty && link.isEmpty) && state.text("channel") == "import"
    return STIXIncident(
      id: state.id.text, title: state.title,
      narrative: withNarrative ? state.text("narrative") ?? "" : "", created: state.begun,
      modified: state.changed, labels: labels,
      references: isTold ? [(name.isEmpty ? "source" : name, number, link)] : [])
  }
}
