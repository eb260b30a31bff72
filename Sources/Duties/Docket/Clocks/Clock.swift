public import Ground

/// A clock of the docket: what starts it, which rule says how long it runs, and what ends it.
///
/// It holds no number of days: periods and fixed days are asked of the rules.
public struct Clock: Sendable {
  /// Something that a record tells: an event, a field that states the same day, or both.
  public final class Fact: Sendable {
    /// Whose record tells it.
    public enum Bearer: String, Sendable {
      /// The record itself.
      case record
      /// The provider of the workspace.
      case provider
      /// The model that the record belongs to.
      case model
    }
    /// Whose record tells it.
    public let bearer: Bearer
    /// The event.
    public let event: String?
    /// The field: its day, or for an end without a day only that it is filled in.
    public let field: String?
    /// What a classification tells of the same.
    let crossing: Crossing?

    /// Whether compute passed the threshold, or it is known that it will.
    enum Crossing { case met, known }

    init(bearer: Bearer, event: String?, field: String?) {
      self.bearer = bearer
      self.event = event
      self.field = field
      crossing =
        switch event {
        case "threshold-met": .met
        case "threshold-known": .known
        default: nil
        }
    }

    /// The same, for another core.
    var apart: Fact { Fact(bearer: bearer, event: event, field: field) }
  }

  /// What starts a clock.
  enum Start: Sendable {
    /// The earliest of several facts.
    case earliest([Fact])
    /// The day of placing on the market, as it happened or as it is planned.
    case placement
    /// The latest of several facts; with `fromPlacement` not before the placing on the market.
    case latest([Fact], fromPlacement: Bool)
    /// Each time an event happens; with `after` only once that event has happened.
    case each(Fact, after: String?)
    /// The day in a field.
    case field(String)
    /// The placing on the market before Chapter V applied.
    case transition

    fileprivate var apart: Start {
      switch self {
      case .earliest(let facts): .earliest(facts.map(\.apart))
      case .latest(let facts, let fromPlacement):
        .latest(facts.map(\.apart), fromPlacement: fromPlacement)
      case .each(let fact, let after): .each(fact.apart, after: after)
      case .placement, .field, .transition: self
      }
    }
  }

  /// How far the day lies from the start.
  enum Length: Sendable {
    /// The period of the rule.
    case period
    /// The day of the start itself.
    case thatDay
    /// The day of the start, and for safety the day before it.
    case beforeThatDay
    /// The day that the rule names.
    case fixedDay
  }

  /// What becomes of it when the model was placed on the market before Chapter V applied.
  enum Legacy: Sendable {
    case same, transition, dropped
    /// As for any other, with a note: whether it is owed before the transition ends is not settled.
    case noted
  }

  /// Its name within a record: the id of the rule, where it has one of its own.
  public let key: String
  /// Id of the rule; nil for a date that the provider set itself.
  public let rule: String?
  /// The kind of record it belongs to.
  public let kind: String
  /// What is to be done.
  public let title: String
  /// The role that looks after it unless somebody is named.
  public let owner: Role
  /// Where start and end stand, in the sources of the rule.
  public let source: String
  /// Whether a new one begins when it ends.
  public let repeats: Bool
  private(set) var start: Start
  let length: Length
  private(set) var ends: [Fact]
  /// Facts that end it without its having been met.
  var voids: [Fact]
  /// What else ends it, in words.
  var endsAlso: String?
  /// Facts, beside the rule's own condition, that must hold.
  var needs: [DocketFacts.Name] = []
  /// Once this event has happened the clock is of no interest any more.
  var supersededBy: String?
  var legacy = Legacy.same
  /// Clocks of one group ask for the same thing; the earliest governs.
  var group: String?
  /// Whether it is listed as undetermined while its start is unknown.
  var isListedWithoutStart = false
  /// Whether an end counts only from the day on which it is due.
  var endsFromDueDay = false
  /// A rule whose period may put it off, named in the reasons.
  var delay: String?
  /// Whether it only says until when a record is kept.
  var isRetention = false
  /// Whether it belongs to an incident: its own facts decide, and a model that is not named yet leaves it open.
  var isOfIncident = false
  /// The rule of the Act that it carries out: what began before that applied is not owed.
  var duty: String?
  /// The rule whose period it takes, where its own says that it does.
  var periodOf: String?
  /// The fact without which it stays in sight, as not applicable: what was once asked is not dropped silently.
  var keptWithout: DocketFacts.Name?
  /// Whether what ends it without its having been met does so only before its day is over.
  var isVoidInTimeOnly = false
  /// Whether a house rule is practice unless it is switched off.
  var isHouseDefault = false
  /// Whether a house rule holds whatever the model is, even while none is named.
  var isForAnyModel = false
  /// The harms of which a report has to tell before it ends; empty where any report does.
  var tells: [IncidentCategory] = []

  init(
    _ rule: String?, key: String? = nil, of kind: String, _ title: String, start: Start,
    length: Length = .period, ends: [Fact], voids: [Fact] = [], repeats: Bool = false,
    owner: Role, source: String
  ) {
    self.key = key ?? rule ?? ""
    self.rule = rule
    self.kind = kind
    self.title = title
    self.start = start
    self.length = length
    self.ends = ends
    self.voids = voids
    self.repeats = repeats
    self.owner = owner
    self.source = source
  }

  /// The same clock with facts of its own: two cores that count references to the same ones wait for each other.
  var apart: Clock {
    with {
      $0.start = start.apart
      $0.ends = ends.map(\.apart)
      $0.voids = voids.map(\.apart)
    }
  }

  /// The same clock with what is special about it.
  func with(_ change: (inout Clock) -> Void) -> Clock {
    var clock = self
    change(&clock)
    return clock
  }
}

extension Clock.Fact {
  /// An event of the record itself, and the field that may state its day.
  static func event(_ name: String, field: String? = nil) -> Clock.Fact {
    Clock.Fact(bearer: .record, event: name, field: field)
  }

  /// An event of the provider, and the field that shows that it happened.
  static func provider(_ name: String, field: String? = nil) -> Clock.Fact {
    Clock.Fact(bearer: .provider, event: name, field: field)
  }

  /// An event of the model that the record belongs to.
  static func model(_ name: String) -> Clock.Fact {
    Clock.Fact(bearer: .model, event: name, field: nil)
  }

  static let placed = Clock.Fact.event("placed-on-market")
  static let planned = Clock.Fact.event("placement-planned")
  static let released = Clock.Fact(bearer: .record, event: nil, field: "released")

  /// What happened, in the words of the record's kind.
  func words(_ kind: String) -> String {
    let bearer = bearer == .record ? kind : bearer.rawValue
    let titled = RecordKind.named(bearer)
    return event.flatMap { titled?.event($0)?.title }
      ?? field.flatMap { titled?.field($0)?.title } ?? event ?? field ?? ""
  }
}
