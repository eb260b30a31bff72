internal import Duties
internal import Ground

extension RowPlanner {
  private var reason: String? {
    options.reason.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
  }

  private func step(
    _ event: RecordEvent, _ effective: Effective?,
    _ differences: [PlannedChange.Difference] = [], _ confidentiality: Confidentiality? = nil,
    corrects: Bool = false
  ) -> Change {
    Change(
      event.name, set: differences.map { ($0.field, $0.new ?? .null) },
      effective: effective ?? options.effective ?? .day(today), reason: reason,
      confidentiality: confidentiality, corrects: corrects)
  }

  func beginning(
    _ values: RowValues, _ differences: [PlannedChange.Difference]
  ) -> [Change] {
    guard let event = kind.beginning else { return [] }
    let day = values.events.first { $0.event.begins }?.effective
    return [step(event, day, differences, values.confidentiality)]
      + inOrder(values.events.filter { !$0.event.begins }, of: values, nil)
  }

  func changes(
    _ values: RowValues, _ differences: [PlannedChange.Difference], _ state: RecordState
  ) -> (steps: [Change], lacksEvent: Bool) {
    var events = values.events.filter { event, effective, _ in
      let isKnown = state.times(event.name).contains { $0.text == effective.text }
      guard event.mayBePlanned else { return !isKnown }
      // A plan counts by the day that was planned last, and a day that was given up may come back.
      let last = values.events.last { $0.event.name == event.name }?.effective
      return state.happened[event.name] != last && (!isKnown || effective == last)
    }
    let newClass = values.confidentiality == state.confidentiality ? nil : values.confidentiality
    var steps: [Change] = []
    let isChanged = !differences.isEmpty || newClass != nil
    if isChanged, let changing = kind.changing {
      let stated = events.firstIndex { $0.event.name == changing.name }
      let day = stated.map { events.remove(at: $0).effective }
      steps.append(step(changing, day, differences, newClass))
    }
    steps += inOrder(events, of: values, state)
    return (steps, isChanged && kind.changing == nil)
  }

  /// Events one after another as they were true; of the same day in the order of their kind.
  ///
  /// A time that the record has is no new event. An earlier one instead of the last, or another for what happens once,
  /// corrects it; a later one is a new event.
  /// Plans stay in the order in which they were made.
  private func inOrder(
    _ events: [RowValues.Event], of values: RowValues, _ state: RecordState?
  ) -> [Change] {
    func seconds(_ effective: Effective) -> Int {
      switch effective {
      case .day(let day): Instant(startOf: day).seconds
      case .moment(let moment): moment.seconds
      }
    }
    func place(_ event: RecordEvent) -> Int {
      kind.events.firstIndex { $0.name == event.name } ?? 0
    }
    func corrects(_ event: RecordEvent, _ effective: Effective) -> Bool {
      guard let last = state?.happened[event.name] else { return false }
      let isLastStated = values.events.contains {
        $0.event.name == event.name && $0.effective == last
      }
      return event.isOnce
        || !event.mayBePlanned && effective.day < last.day && !isLastStated
    }
    var sorted = events.sorted { left, right in
      (seconds(left.effective), place(left.event)) < (seconds(right.effective), place(right.event))
    }
    for plan in kind.events where plan.mayBePlanned {
      let places = sorted.indices.filter { sorted[$0].event.name == plan.name }
      let made = events.filter { $0.event.name == plan.name }
      for (place, event) in zip(places, made) { sorted[place] = event }
    }
    return sorted.map { event, effective, _ in
      // What an event renews is what the row says of it; otherwise the event would end it.
      let renewed = event.renews.compactMap { name in
        values.value(of: name).map { PlannedChange.Difference(field: name, old: nil, new: $0) }
      }
      return step(event, effective, renewed, corrects: corrects(event, effective))
    }
  }
}
