public import Duties
public import Ground

extension OpenWorkspace {
  /// Incidents as a bundle of STIX 2.1, for others.
  ///
  /// Titles, outcomes and categories that were answered with yes; narratives, which may name people, only when asked for.
  /// Who reported an incident is never told.
  /// - Throws: `workspace.not-allowed`, `store.*`.
  public func stix(
    _ incidents: [RecordState], withNarrative: Bool
  ) async throws(Problem) -> JSON {
    let provider = try await provider()
    let began = provider?.begun ?? surroundings.now()
    let bundle = STIXBundle(
      origin: description.origin, provider: provider?.title ?? description.origin, began: began)
    let objects = incidents.map { OpenWorkspace.shared($0, withNarrative: withNarrative) }
    let json = bundle.json(objects)
    try await noteOperation(
      "incidents-shared", "\(incidents.count) incidents written as STIX 2.1",
      detail: JSON(incidents.map(\.id.text)))
    return json
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
