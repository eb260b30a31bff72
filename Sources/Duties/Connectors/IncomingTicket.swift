public import Ground

/// What another system says of one of its tickets.
public struct IncomingTicket: Sendable, Equatable {
  /// By what it is asked for there.
  public var handle: String
  /// Its name there.
  public var number: String
  /// By what it is known there even when it is moved and gets another handle; nil where the handle stays.
  public var lasting: String?
  /// The project it stands in; nil where the system has none.
  public var project: String?
  /// Where people find it.
  public var place: String?
  /// Under which name of ours it is kept; nil where it keeps none.
  public var correlation: Correlation?
  /// What its fields hold, by their names; `@state` for its state.
  public var values: [String: String]
  /// What it is about, in a line.
  public var title: String
  /// What it tells.
  public var text: String
  /// When it said so; nil where it does not say.
  public var at: Instant?
  /// Whether it was deleted there.
  public var isGone: Bool
  /// Whether it has just begun there.
  public var isNew: Bool

  /// A ticket.
  public init(
    handle: String, number: String, lasting: String? = nil, project: String? = nil,
    place: String? = nil, correlation: Correlation? = nil,
    values: [String: String] = [:], title: String = "", text: String = "", at: Instant? = nil,
    isGone: Bool = false, isNew: Bool = false
  ) {
    self.handle = handle
    self.number = number
    self.lasting = lasting
    self.project = project
    self.place = place
    self.correlation = correlation
    self.values = values
    self.title = title
    self.text = text
    self.at = at
    self.isGone = isGone
    self.isNew = isNew
  }
}
