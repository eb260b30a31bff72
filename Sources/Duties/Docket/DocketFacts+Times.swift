internal import Ground

/// When a fact was true. The field speaks where the event was never recorded.
extension DocketFacts {
  /// Every time, oldest first.
  func times(_ fact: Clock.Fact) -> [Effective] {
    let times = fact.event.flatMap { event in
      bearer(fact.bearer) { $0.happened[event] == nil ? nil : $0.times(event) }
    }
    return times ?? [stated(fact)].compactMap { $0 }
  }

  /// The first time.
  func first(_ fact: Clock.Fact) -> Effective? {
    let first = fact.event.flatMap { event in
      bearer(fact.bearer) { bearer in
        bearer.earlier.isEmpty
          ? bearer.happened[event] : bearer.earlier[event]?.first ?? bearer.happened[event]
      }
    }
    return first ?? stated(fact)
  }

  /// The last time.
  func last(_ fact: Clock.Fact) -> Effective? {
    let last = fact.event.flatMap { event in bearer(fact.bearer) { $0.happened[event] } }
    return last ?? stated(fact)
  }

  /// The earliest time of a trigger, of which event, field and the classification all speak.
  func earliest(_ fact: Clock.Fact) -> Effective? {
    var earliest = stated(fact)
    func consider(_ day: Day?) {
      if let day, earliest.map({ day < $0.day }) ?? true { earliest = .day(day) }
    }
    if let event = fact.event, let first = bearer(fact.bearer, { $0.times(event).first }),
      earliest.map({ first.day <= $0.day }) ?? true
    {
      earliest = first
    }
    if let standing {
      switch fact.event {
      case "threshold-met": consider(standing.thresholdMet)
      case "threshold-known": consider(standing.thresholdKnown)
      default: break
      }
    }
    return earliest
  }

  /// Whether a field is filled in that shows an act without its day.
  func isFilledIn(_ field: String, _ bearer: Clock.Fact.Bearer) -> Bool {
    let text = self.bearer(bearer) { $0.text(field) }
    return text.map { !$0.isEmpty && Day(iso: $0) == nil } ?? false
  }

  /// The day in the field.
  private func stated(_ fact: Clock.Fact) -> Effective? {
    guard let field = fact.field else { return nil }
    return bearer(fact.bearer) { $0.text(field) }.flatMap { Day(iso: $0) }.map { .day($0) }
  }

  /// Asks the record that bears a fact.
  private func bearer<Found>(
    _ bearer: Clock.Fact.Bearer, _ ask: (RecordState) -> Found?
  ) -> Found? {
    switch bearer {
    case .record: ask(record.state)
    case .provider: provider.flatMap { ask($0.state) }
    case .model: model.flatMap { ask($0.state) }
    }
  }
}
