internal import Duties
internal import Ground
internal import Rulebook

/// The deadlines of all records as whoever reads certain classes sees them, in their order.
struct KeptDocket: Sendable {
  /// Prepared rules; whoever brings the docket up to date takes it out meanwhile.
  var clock: DocketClock?
  private(set) var shares: [RecordID: PortfolioShare] = [:]
  private(set) var sum = PortfolioShares()
  private var found: [RecordID: [Deadline]] = [:]
  private var places: [Place] = []
  private var parts: [PartKey: DocketPart] = [:]
  /// Most answers that are kept until something changes.
  private static let mostParts = 64

  /// Most deadlines of an answer that is kept.
  private static let mostInPart = 500

  /// One deadline in the order of all.
  private struct Place: Sendable {
    let day: Int32
    /// Its place among the deadlines of its record.
    let number: Int32
    let deadline: Deadline

    init(_ deadline: Deadline, _ number: Int) {
      day = deadline.alarmDay.map { Int32(clamping: $0.sinceEpoch) } ?? .max
      self.number = Int32(clamping: number)
      self.deadline = deadline
    }

    static func < (left: Place, right: Place) -> Bool {
      if left.day != right.day { return left.day < right.day }
      if left.deadline.record != right.deadline.record {
        return left.deadline.record < right.deadline.record
      }
      return left.number < right.number
    }
  }

  private struct PartKey: Hashable {
    let question: DocketQuestion
    let start: Int
    let limit: Int
  }

  /// All deadlines, computed together.
  init(_ deadlines: [Deadline], clock: DocketClock, shares: [RecordID: PortfolioShare]) {
    self.clock = clock
    self.shares = shares
    for share in shares.values { sum.add(share) }
    places.reserveCapacity(deadlines.count)
    for deadline in deadlines {
      let number = found[deadline.record]?.count ?? 0
      found[deadline.record, default: []].append(deadline)
      places.append(Place(deadline, number))
    }
  }

  /// Counts what a model has in common with the others anew; gives whether a deadline of another may differ by it.
  mutating func count(_ share: PortfolioShare?, of model: RecordID) -> Bool {
    let before = sum
    if let known = shares[model] { sum.subtract(known) }
    if let share { sum.add(share) }
    shares[model] = share
    return !sum.isSame(as: before)
  }

  /// Replaces the deadlines of some records; none takes a record off the docket.
  mutating func replace(_ changes: [RecordID: [Deadline]]) {
    guard !changes.isEmpty else { return }
    var gone: [Int] = []
    var new: [Place] = []
    for (id, deadlines) in changes {
      for (number, deadline) in (found[id] ?? []).enumerated() {
        gone.append(lowerBound(Place(deadline, number)))
      }
      new += deadlines.enumerated().map { Place($0.element, $0.offset) }
      found[id] = deadlines.isEmpty ? nil : deadlines
    }
    gone.sort()
    new.sort(by: <)
    merge(without: gone, with: new)
    parts = [:]
  }

  private mutating func merge(without gone: [Int], with new: [Place]) {
    var merged: [Place] = []
    merged.reserveCapacity(places.count - gone.count + new.count)
    var (out, into) = (0, 0)
    for (index, place) in places.enumerated() {
      if out < gone.count, gone[out] == index {
        out += 1
        continue
      }
      while into < new.count, new[into] < place {
        merged.append(new[into])
        into += 1
      }
      merged.append(place)
    }
    merged += new[into...]
    places = merged
  }

  private func lowerBound(_ place: Place) -> Int {
    var (low, high) = (0, places.count)
    while low < high {
      let middle = (low + high) / 2
      if places[middle] < place { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The records that have deadlines.
  var records: Set<RecordID> { Set(found.keys) }

  /// All deadlines that a question asks for.
  func deadlines(_ question: DocketQuestion) -> [Deadline] {
    if let record = question.record { return (found[record] ?? []).filter(question.takes) }
    return places.lazy.map(\.deadline).filter(question.takes)
  }

  /// A part of them, with figures over all of them.
  mutating func part(
    _ question: DocketQuestion, from start: Int, atMost limit: Int
  ) -> DocketPart {
    let key = PartKey(question: question, start: start, limit: limit)
    if let known = parts[key] { return known }
    let part = DocketPart(deadlines(question), from: start, atMost: limit)
    guard limit <= KeptDocket.mostInPart else { return part }
    if parts.count >= KeptDocket.mostParts { parts = [:] }
    parts[key] = part
    return part
  }
}
