internal import Ground

/// When a fact was true. The field speaks where the event was never recorded.
extension DocketFacts {
  /// Every time, oldest first.
  func times(_ fact: Clock.Fact) -> [Effective] {
    guard let event = fact.event, let bearer = bearer(fact.bearer),
      bearer.state.happened[event] != nil
    else { return [stated(fact)].compactMap { $0 } }
    return bearer.state.times(event)
  }

  /// The first time.
  func first(_ fact: Clock.Fact) -> Effective? { happened(fact) ?? stated(fact) }

  /// The last time.
  func last(_ fact: Clock.Fact) -> Effective? {
    let last = fact.event.flatMap { bearer(fact.bearer)?.state.happened[$0] }
    return last ?? stated(fact)
  }

  /// The earliest time of a trigger, of which event, field and the classification all speak.
  func earliest(_ fact: Clock.Fact) -> Effective? {
    var earliest = stated(fact)
    func consider(_ day: Day?) {
      if let day, earliest.map({ day < $0.day }) ?? true { earliest = .day(day) }
    }
    if let first = happened(fact), earliest.map({ first.day <= $0.day }) ?? true {
      earliest = first
    }
    switch fact.crossing {
    case .met?: consider(standing?.thresholdMet)
    case .known?: consider(standing?.thresholdKnown)
    case nil: break
    }
    return earliest
  }

  /// The first time that the event was recorded.
  private func happened(_ fact: Clock.Fact) -> Effective? {
    guard let event = fact.event, let bearer = bearer(fact.bearer) else { return nil }
    if bearer.state.earlier.isEmpty { return bearer.state.happened[event] }
    return bearer.state.earlier[event]?.first ?? bearer.state.happened[event]
  }

  /// Whether a field is filled in that shows an act without its day.
  func isFilledIn(_ field: String, _ bearer: Clock.Fact.Bearer) -> Bool {
    let text = self.bearer(bearer)?.state.text(field)
    return text.map { !$0.isEmpty && Day(iso: $0) == nil } ?? false
  }

  /// The day in the field.
  private func stated(_ fact: Clock.Fact) -> Effective? {
    guard let field = fact.field else { return nil }
    return bearer(fact.bearer)?.state.text(field).flatMap { Day(iso: $0) }.map { .day($0) }
  }

  /// The record that bears a fact; shared, since a record is slow to copy.
  private func bearer(_ bearer: Clock.Fact.Bearer) -> SharedRecord? {
    switch bearer {
    case .record: record
    case .provider: provider
    case .model: model
    }
  }
}
