internal import Ground

/// Incidents by their words, references and addresses, so that a new one is compared with the few that may be like it.
///
/// Adding costs time by the length of the text; asking looks only at incidents that share a rare word, a reference or
/// an address, so that it stays fast among 100,000.
public struct LikenessIndex: Sendable {
  private var ids: [String] = []
  private var traces: [Held] = []
  /// The number of each word, and by that number which incidents use it.
  private var numbers: [UInt64: Int32] = [:]
  private var postings: [[Int32]] = []
  private var references: [String: [Int32]] = [:]
  private var addresses: [String: [Int32]] = [:]

  /// What is kept of each incident.
  private struct Held: Sendable {
    /// Numbers of its words.
    let words: [Int32]
    let days: ClosedRange<Day>?
  }

  /// A word is rare when at most so many incidents use it, or one in so many of all.
  private static let rareAtMost = 12
  private static let rareOneIn = 50
  /// How many of its rarest words an incident is looked up by.
  private static let mostWords = 60
  /// How many incidents with shared words are compared in full.
  private static let mostCompared = 100
  /// What more incidents share, such as the address of a portal, says nothing about two of them.
  static let mostSharing = 50
  /// Fewer rare words in common are chance.
  private static let fewestWords = 3

  /// An index of nothing.
  public init() {}

  /// How many incidents it holds.
  public var count: Int { ids.count }

  /// Adds an incident.
  public mutating func add(_ id: String, _ trace: IncidentTrace) {
    let number = Int32(truncatingIfNeeded: ids.count)
    var words: [Int32] = []
    LikenessWords.each(of: trace) { key, _ in
      let word = self.number(key)
      // A word that stands there again was noted a moment ago.
      if postings[Int(word)].last != number {
        postings[Int(word)].append(number)
        words.append(word)
      }
      return words.count < LikenessWords.mostWords
    }
    ids.append(id)
    traces.append(Held(words: words, days: trace.days))
    for (_, key) in LikenessWords.references(of: trace) {
      LikenessIndex.note(number, under: key, in: &references)
    }
    for address in trace.addresses {
      LikenessIndex.note(number, under: LikenessWords.address(address), in: &addresses)
    }
  }

  /// One more than counts is kept, so that it can be told that there are too many.
  private static func note(
    _ number: Int32, under key: String, in table: inout [String: [Int32]]
  ) {
    if table[key]?.count ?? 0 <= mostSharing { table[key, default: []].append(number) }
  }

  /// The incidents under a key; none where it is that of too many.
  private static func sharing(_ key: String, _ table: [String: [Int32]]) -> [Int32] {
    table[key].flatMap { $0.count <= mostSharing ? $0 : nil } ?? []
  }

  private mutating func number(_ key: UInt64) -> Int32 {
    if let known = numbers[key] { return known }
    let number = Int32(truncatingIfNeeded: postings.count)
    numbers[key] = number
    postings.append([])
    return number
  }

  /// Incidents that may be the same as this one, the likeliest first.
  ///
  /// - Parameter id: the incident itself, where the index holds it.
  public func like(_ trace: IncidentTrace, except id: String? = nil, most: Int = 10)
    -> [IncidentLikeness]
  {
    let (words, names) = asked(trace)
    var reasons: [Int32: [IncidentLikeness.Reason]] = [:]
    for (reference, key) in LikenessWords.references(of: trace) {
      for number in LikenessIndex.sharing(key, references) {
        reasons[number, default: []].append(.reference(reference))
      }
    }
    for address in trace.addresses {
      for number in LikenessIndex.sharing(LikenessWords.address(address), addresses) {
        reasons[number, default: []].append(.address(address))
      }
    }
    for number in sharing(words) {
      if let reason = wordReason(words, names, number) {
        reasons[number, default: []].append(reason)
      }
    }
    var found: [IncidentLikeness] = []
    for (number, reasons) in reasons where ids[Int(number)] != id {
      let days = dayReason(trace.days, number)
      let likeness = IncidentLikeness(
        id: ids[Int(number)],
        reasons: (reasons + days).sorted {
          IncidentLikeness.points($0) > IncidentLikeness.points($1)
        })
      if likeness.points >= IncidentLikeness.proposedFrom { found.append(likeness) }
    }
    return Array(found.sorted { ($1.points, $0.id) < ($0.points, $1.id) }.prefix(most))
  }

  /// The rare words of a new report, with their spelling there.
  private func asked(_ trace: IncidentTrace) -> (words: RareWords, names: [Int32: String]) {
    var names: [Int32: String] = [:]
    var known: [Int32] = []
    var seen: Set<UInt64> = []
    LikenessWords.each(of: trace) { key, word in
      guard seen.insert(key).inserted else { return true }
      if let number = numbers[key] {
        known.append(number)
        names[number] = String(decoding: word, as: UTF8.self)
      }
      return seen.count < LikenessWords.mostWords
    }
    return (rare(known, unknown: seen.count - known.count), names)
  }

  private var rareUpTo: Int { max(LikenessIndex.rareAtMost, count / LikenessIndex.rareOneIn) }

  /// Rare words of an incident, with how much each weighs: one more for each time that half as many incidents use it.
  private struct RareWords {
    var words: [(number: Int32, weight: Int)] = []
    /// The weight of all of them, those that no incident here uses among them.
    var weight = 0
  }

  private func rare(_ words: [Int32], unknown: Int = 0) -> RareWords {
    var found: [(number: Int32, uses: Int)] = []
    for word in words where postings[Int(word)].count <= rareUpTo {
      found.append((word, postings[Int(word)].count))
    }
    found.sort { ($0.uses, $0.number) < ($1.uses, $1.number) }
    var rare = RareWords()
    rare.words = found.prefix(LikenessIndex.mostWords).map { ($0.number, weight($0.uses)) }
    let more = min(unknown, LikenessIndex.mostWords - rare.words.count)
    rare.weight = rare.words.reduce(more * weight(1)) { $0 + $1.weight }
    return rare
  }

  private func weight(_ uses: Int) -> Int {
    let ratio = (count + 1) / max(1, uses)
    return 1 + max(0, Int.bitWidth - 1 - ratio.leadingZeroBitCount)
  }

  /// The incidents that share the most of these words.
  private func sharing(_ rare: RareWords) -> [Int32] {
    var shared: [Int32: (weight: Int, words: Int)] = [:]
    for (word, weight) in rare.words {
      for number in postings[Int(word)] {
        let before = shared[number] ?? (0, 0)
        shared[number] = (before.weight + weight, before.words + 1)
      }
    }
    let enough = shared.filter { $0.value.words >= LikenessIndex.fewestWords }
    return enough.sorted { ($1.value.weight, $0.key) < ($0.value.weight, $1.key) }
      .prefix(LikenessIndex.mostCompared).map(\.key)
  }

  /// The weight of the words in common, of the mean of the weights of both.
  private func wordReason(
    _ mine: RareWords, _ names: [Int32: String], _ number: Int32
  ) -> IncidentLikeness.Reason? {
    let others = rare(traces[Int(number)].words)
    let theirs = Set(others.words.map(\.number))
    let common = mine.words.filter { theirs.contains($0.number) }
    guard common.count >= LikenessIndex.fewestWords else { return nil }
    let share =
      200 * common.reduce(0) { $0 + $1.weight } / max(1, mine.weight + others.weight)
    return .words(common.prefix(8).compactMap { names[$0.number] }, share: min(100, share))
  }

  private func dayReason(_ days: ClosedRange<Day>?, _ number: Int32)
    -> [IncidentLikeness.Reason]
  {
    guard let days, let other = traces[Int(number)].days, days.overlaps(other) else { return [] }
    let common = days.clamped(to: other)
    return [.days(first: common.lowerBound, last: common.upperBound)]
  }
}
