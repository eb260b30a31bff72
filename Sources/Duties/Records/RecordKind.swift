public import Ground

/// A kind of record: its fields, the events that change it, who may write it and how long it is kept.
///
/// Kinds with their fields and events are constants that every change asks many times: classes, so that handing one on
/// copies nothing.
public final class RecordKind: Sendable {
  /// How long records of a kind are kept, by the rule that asks for it.
  public struct Retention: Sendable {
    /// Id of the rule in the rulebook, whose period says how long.
    public let rule: String
    /// The event from which the period runs; of the model that the record belongs to, where it names one.
    public let from: String
  }

  /// The first part of the names of its records.
  public let name: String
  /// What a person reads, in the singular.
  public let title: String
  /// The log that holds its events.
  public let log: LogName
  /// The fields, in the order of forms and tables.
  public let fields: [RecordField]
  /// The events; the first begins a record.
  public let events: [RecordEvent]
  /// Who may write it.
  public let writers: Set<Role>
  /// Who may read its content unless the author says otherwise.
  public let confidentiality: Confidentiality
  /// How long it is kept; the longest applies.
  public let retention: [Retention]
  /// Whether records of the kind hold any hidden fields.
  public let hasHiddenFields: Bool
  /// Whether its events are written by use cases of their own only, because other records decide on them.
  public let isComposed: Bool

  /// A kind.
  public init(
    _ name: String, _ title: String, log: LogName = .regulatory, fields: [RecordField],
    events: [RecordEvent], writers: Set<Role>, confidentiality: Confidentiality = .confidential,
    retention: [Retention] = [], isComposed: Bool = false
  ) {
    self.name = name
    self.title = title
    self.log = log
    self.fields = fields
    self.events = events
    self.writers = writers
    self.confidentiality = confidentiality
    self.retention = retention
    hasHiddenFields = fields.contains { RecordKind.hiddenFields.contains($0.name) }
    self.isComposed = isComposed
  }

  /// What a person reads, with its article.
  public var titled: String { ("aeio".contains(title.first ?? " ") ? "an " : "a ") + title }

  /// The field of a name.
  public func field(_ name: String) -> RecordField? { fields.first { $0.name == name } }

  /// The event of a name.
  public func event(_ name: String) -> RecordEvent? { events.first { $0.name == name } }

  /// The state after an event.
  public func applying(
    _ envelope: Envelope, content: JSON?, to state: RecordState?
  ) -> RecordState {
    let event = event(envelope.event)
    return RecordState.applying(
      envelope, content: content, status: event?.status, isPlan: event?.mayBePlanned ?? false,
      to: state)
  }
}

extension RecordKind {
  /// Fields that are kept and never shown, searched or exported: what proves who somebody is, and what is theirs alone.
  public static let hiddenFields: Set<String> = [
    "passphrase", "token", "link", "totp", "totp_new", "totp_step", "recovery_codes", "emergency",
    "view_title", "view_path", "signing", "signing_before", "url", "tracking",
  ]

  /// What people do to their own record: it is about how they prove who they are.
  public static let ownEvents: Set<String> = [
    "passphrase-set", "second-factor-begun", "second-factor-set", "second-factor-ended",
  ]
}
