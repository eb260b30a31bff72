internal import Duties
internal import Ground

/// The summaries of all records of one kind, with the orders in which lists were asked for.
struct SummaryTable: Sendable {
  private var rows: [RecordSummary?] = []
  private var free: [Int32] = []
  private var slots: [RecordID: Int32] = [:]
  private var orders: [SummaryOrder: [Int32]] = [:]
  private var members: [RecordID: [RecordID]] = [:]
  private var statuses: [String: Int] = [:]
  private var unreadRows: Set<Int32> = []
  private var classes = [Int](repeating: 0, count: Confidentiality.allCases.count)

  /// How many records there are.
  var count: Int { slots.count }

  /// The statuses that occur, in the order of their letters.
  var statusWords: [String] { statuses.keys.sorted() }

  /// The classes that occur.
  var classesHeld: ClassSet {
    ClassSet(Confidentiality.allCases.enumerated().filter { classes[$0.offset] > 0 }.map(\.element))
  }

  /// The summary of a record; nil when there is none.
  subscript(_ id: RecordID) -> RecordSummary? { slots[id].flatMap { rows[Int($0)] } }

  /// Messages from outside that nobody has settled.
  var unread: [RecordSummary] { unreadRows.compactMap { rows[Int($0)] } }

  /// The records that belong to a model, or to an incident, or are about a record.
  func members(of owner: RecordID) -> [RecordID] { members[owner] ?? [] }

  /// Takes a record as it stands now; an older version than the one here changes nothing.
  mutating func put(_ new: RecordSummary) {
    if let known = self[new.id] {
      guard known.version < new.version else { return }
      remove(new.id)
    }
    var summary = new
    share(&summary)
    let slot = free.popLast() ?? Int32(rows.count)
    if Int(slot) == rows.count { rows.append(summary) } else { rows[Int(slot)] = summary }
    slots[summary.id] = slot
    classes[summary.confidentiality.place] += 1
    if summary.isUnread { unreadRows.insert(slot) }
    for order in ordersKept {
      let place = self.place(of: summary, in: order)
      orders[order]?.insert(slot, at: place)
    }
  }

  /// Takes a record out, because it was erased.
  mutating func remove(_ id: RecordID) {
    guard let slot = slots[id], let summary = rows[Int(slot)] else { return }
    for order in ordersKept {
      let place = self.place(of: summary, in: order)
      orders[order]?.remove(at: place)
    }
    rows[Int(slot)] = nil
    unreadRows.remove(slot)
    slots[id] = nil
    free.append(slot)
    classes[summary.confidentiality.place] -= 1
    if let status = summary.status {
      let left = (statuses[status] ?? 1) - 1
      statuses[status] = left > 0 ? left : nil
    }
    for owner in [summary.model, summary.incident].compactMap({ $0 }) {
      members[owner]?.removeAll { $0 == id }
    }
  }

  /// Words and names that many records have are kept once.
  private mutating func share(_ summary: inout RecordSummary) {
    if let status = summary.status {
      if let known = statuses.index(forKey: status) { summary.status = statuses.keys[known] }
      statuses[status, default: 0] += 1
    }
    if let model = summary.model {
      if let known = members.index(forKey: model) { summary.model = members.keys[known] }
      members[model, default: []].append(summary.id)
    }
    if let incident = summary.incident { members[incident, default: []].append(summary.id) }
  }

  /// Sorts by something for the first time; from then on the order is kept current.
  mutating func prepare(_ order: SummaryOrder) {
    guard orders[order] == nil else { return }
    let all = rows.indices.compactMap { index in rows[index].map { (Int32(index), $0) } }
    orders[order] = all.sorted { order.precedes($0.1, $1.1) }.map(\.0)
  }

  /// The summaries in an order, those that the body takes, and how many these are.
  ///
  /// - Parameter takes: nil takes all, which costs no more than what is shown.
  func part(
    _ order: SummaryOrder, isDescending: Bool, from start: Int, atMost limit: Int,
    where takes: ((RecordSummary) -> Bool)?
  ) -> (rows: [RecordSummary], total: Int) {
    let places = orders[order] ?? []
    func row(_ number: Int) -> RecordSummary? {
      rows[Int(places[isDescending ? places.count - 1 - number : number])]
    }
    guard let takes else {
      let first = min(max(0, start), places.count)
      let last = first + min(limit, places.count - first)
      return ((first..<last).compactMap(row), places.count)
    }
    var found: [RecordSummary] = []
    var total = 0
    for number in places.indices {
      guard let row = row(number), takes(row) else { continue }
      if total >= start, found.count < limit { found.append(row) }
      total += 1
    }
    return (found, total)
  }

  /// All summaries in an order.
  func all(_ order: SummaryOrder) -> [RecordSummary] {
    (orders[order] ?? []).compactMap { rows[Int($0)] }
  }

  /// Names of orders that hold on to none of them: whoever holds one makes every insertion copy it.
  private var ordersKept: [SummaryOrder] { Array(orders.keys) }

  /// Where a summary stands, or would stand, in an order.
  private func place(of summary: RecordSummary, in order: SummaryOrder) -> Int {
    let places = orders[order] ?? []
    // What changed just now comes last.
    guard let last = places.last, !precedes(last, summary, order) else { return places.count }
    var (low, high) = (0, places.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if precedes(places[middle], summary, order) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Whether a row comes before a summary; by itself for the orders of every table, whose rows are not copied for it.
  private func precedes(_ slot: Int32, _ summary: RecordSummary, _ order: SummaryOrder) -> Bool {
    switch order {
    case .id: return (rows[Int(slot)]?.id).map { $0 < summary.id } ?? false
    case .changed:
      guard let changed = rows[Int(slot)]?.changed else { return false }
      if changed != summary.changed { return changed < summary.changed }
      return (rows[Int(slot)]?.id).map { $0 < summary.id } ?? false
    case .title, .status, .version, .begun:
      return rows[Int(slot)].map { order.precedes($0, summary) } ?? false
    }
  }
}

/// Classes of confidentiality, as a set that is cheap to compare.
struct ClassSet: OptionSet, Hashable, Sendable {
  let rawValue: UInt8

  init(rawValue: UInt8) { self.rawValue = rawValue }

  init(_ classes: [Confidentiality]) {
    rawValue = classes.reduce(0) { $0 | 1 << UInt8($1.place) }
  }

  func contains(_ class: Confidentiality) -> Bool { rawValue & 1 << UInt8(`class`.place) != 0 }
}

extension Confidentiality {
  /// Its place among all classes, the widest first.
  var place: Int {
    switch self {
    case .everyone: 0
    case .internal: 1
    case .confidential: 2
    case .secret: 3
    case .restricted: 4
    }
  }
}
