public import Ground

/// An incident as others may be told of it in STIX.
public struct STIXIncident: Sendable {
  /// What it is called here; its STIX id follows from it and from the workspace.
  public var id: String
  /// Its title.
  public var title: String
  /// Its narrative; empty where none is to be told.
  public var narrative: String
  /// When the record began.
  public var created: Instant
  /// When it last changed.
  public var modified: Instant
  /// Categories and status, as words.
  public var labels: [String]
  /// Where else it is known: name of the source, number there, address; each may be empty but the name.
  public var references: [(source: String, number: String, url: String)]

  /// An incident with all its parts.
  public init(
    id: String, title: String, narrative: String, created: Instant, modified: Instant,
    labels: [String] = [], references: [(source: String, number: String, url: String)] = []
  ) {
    self.id = id
    self.title = title
    self.narrative = narrative
    self.created = created
    self.modified = modified
    self.labels = labels
    self.references = references
  }
}
