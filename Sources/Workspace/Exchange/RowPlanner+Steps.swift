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
      + inOrder(values.events.filter { !$0.event.begins }, of: [], nil)
  }

  func changes(
    _ values: RowValues, _ differences: [PlannedChange.Difference], _ state: RecordState
  ) -> (steps: [Change], lacksEvent: Bool) {
    var events = values.events.filter { event, effective, _ in
      !state.times(event.name).contains { $0.text == effective.text }
    }
    let newClass = values.confidentiality == state.confidentiality ? nil : values.confidentiality
    var steps: [Change] = []
    let isChanged = !differences.isEmpty || newClass != nil
    if isChanged, let changing = kind.changing {
      let stated = events.firstIndex { $0.event.name == changing.name }
      let day = stated.map { events.remove(at: $0).effective }
      steps.append(step(changing, day, differences, newClass))
    }
    steps += inOrder(events, of: values.events, state)
    return (steps, isChanged && kind.changing == nil)
  }

  /// Events one after another as they were true; of the same day in the order of their kind.
  ///
  /// A time that the record has is no new event. An earlier one instead of the last, or another for what happens once,
  /// corrects it; a later one is a new event.
  private func inOrder(
    _ events: [RowValues.Event], of values: [RowValues.Event], _ state: RecordState?
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
      let isLastStated = values.contains { $0.event.name == event.name && $0.effective == last }
      return event.isOnce || effective.day < last.day && !isLastStated
    }
    return events.sorted { left, right in
      (seconds(left.effective), place(left.event)) < (seconds(right.effective), place(right.event))
    }.map { step($0.event, $0.effective, corrects: corrects($0.event, $0.effective)) }
  }
}
