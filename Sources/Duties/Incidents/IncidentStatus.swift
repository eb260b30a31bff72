/// What a report turns out to be.
///
/// Source: Code of Practice, Safety and Security, Glossary, for the near miss; the hazard is house practice.
public enum IncidentStatus: String, Sendable, CaseIterable {
  /// An event that involves the model, serious or not.
  case incident
  /// A serious incident could have come about and did not.
  case nearMiss = "near_miss"
  /// Nothing has happened yet, but it could.
  case hazard
  /// The model has no part in it, nor a harm with an own high-risk system; or there was no event and can be none.
  case notAnIncident = "not_an_incident"
}
