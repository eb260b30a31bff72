public import Duties
public import Ground

/// What lists show of a record, and what they sort and filter by; never its content.
public struct RecordSummary: Sendable, Equatable {
  /// Its name.
  public let id: RecordID
  /// The name that a person knows it by.
  public let title: String
  /// Where it stands, in the words of its kind.
  public internal(set) var status: String?
  /// Its newest version.
  public let version: Int
  /// Who may read it.
  public let confidentiality: Confidentiality
  /// When it was begun, as written.
  public let begun: Instant
  /// When it was last changed, as written.
  public let changed: Instant
  /// The model it belongs to, where it names one.
  public internal(set) var model: RecordID?
  /// The incident it belongs to, or was merged into or is reported with; of a comment, the record it is about.
  public let incident: RecordID?
  /// Whether it is a message from outside that nobody has settled.
  let isUnread: Bool

  /// The summary of a record.
  public init(_ state: RecordState) {
    id = state.id
    title = state.title
    status = state.status
    version = state.version
    confidentiality = state.confidentiality
    begun = state.begun
    changed = state.changed
    model =
      state.id.kind == RecordKind.model.name
      ? nil : state.text("model").flatMap { RecordID($0) }
    let incident =
      state.id.kind == RecordKind.comment.name
      ? state.text("about")
      : state.text("incident") ?? state.text("merged_into") ?? state.text("bundled_with")
    self.incident = incident.flatMap { RecordID($0) }
    isUnread = state.isUnreadMessage
  }
}

/// By what a list is sorted; what is equal stands in the order of names.
public enum SummaryOrder: String, Sendable, CaseIterable {
  case id, title, status, version, begun, changed

  /// Whether one comes before another.
  func precedes(_ left: RecordSummary, _ right: RecordSummary) -> Bool {
    switch self {
    case .id: break
    case .title: if left.title != right.title { return left.title < right.title }
    case .status:
      if left.status != right.status { return left.status ?? "" < right.status ?? "" }
    case .version: if left.version != right.version { return left.version < right.version }
    case .begun: if left.begun != right.begun { return left.begun < right.begun }
    case .changed: if left.changed != right.changed { return left.changed < right.changed }
    }
    return left.id < right.id
  }
}
