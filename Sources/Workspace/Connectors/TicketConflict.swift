internal import Ground

/// A field that both sides changed, or a state to which there is no way: a person chooses.
public struct TicketConflict: Sendable, Equatable {
  /// Their name of the field; `@state` for the state.
  public let field: String
  /// What we say.
  public let ours: String
  /// What stands there.
  public let theirs: String
  /// Whether the other system has no way from where it is to where we want it.
  public let isWithoutPath: Bool

  /// A conflict.
  public init(field: String, ours: String, theirs: String, isWithoutPath: Bool = false) {
    self.field = field
    self.ours = ours
    self.theirs = theirs
    self.isWithoutPath = isWithoutPath
  }

  init?(_ json: JSON) {
    guard let field = json["field"]?.text, let ours = json["ours"]?.text,
      let theirs = json["theirs"]?.text
    else { return nil }
    self.init(
      field: field, ours: ours, theirs: theirs, isWithoutPath: json["no_path"] == .bool(true))
  }

  var json: JSON {
    .object([
      ("field", .string(field)), ("ours", .string(ours)), ("theirs", .string(theirs)),
      ("no_path", .bool(isWithoutPath)),
    ])
  }
}
