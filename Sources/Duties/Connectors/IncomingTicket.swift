public import Ground

/// What another system says of one of its tickets.
public struct IncomingTicket: Sendable, Equatable {
  /// By what it is asked for there.
  public var handle: String
  /// Its name there.
  public var number: String
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

  /// A ticket.
  public init(
    handle: String, number: String, place: String? = nil, correlation: Correlation? = nil,
    values: [String: String] = [:], title: String = "", text: String = "", at: Instant? = nil,
    isGone: Bool = false
  ) {
    self.handle = handle
    self.number = number
    self.place = place
    self.correlation = correlation
    self.values = values
    self.title = title
    self.text = text
    self.at = at
    self.isGone = isGone
  }
}
