public import Duties
public import Ground

/// What of a kind of record is to be listed.
public struct ListQuestion: Sendable {
  /// The kind.
  public var kind: RecordKind
  /// Words that the title holds, without regard to case and accents.
  public var words: String?
  /// The status that it has.
  public var status: String?
  /// By what it is sorted.
  public var order = SummaryOrder.changed
  /// Whether the last comes first.
  public var isDescending = true
  /// The first row, from 0.
  public var start = 0
  /// Most rows.
  public var limit = 100

  /// All records of a kind, what changed last first.
  public init(_ kind: RecordKind) { self.kind = kind }

  /// Whether nothing is left out.
  var takesAll: Bool { words == nil && status == nil }
}

/// A part of a list.
public struct RecordList: Sendable {
  /// The rows asked for.
  public let rows: [RecordSummary]
  /// How many records there are in all that fit.
  public let total: Int
  /// The statuses that occur in the kind, where the actor may read all of it; else those of the rows.
  public let statuses: [String]
}

/// A part of a list with the records themselves.
public struct StateList: Sendable {
  /// The records asked for.
  public let states: [RecordState]
  /// How many records there are in all that fit.
  public let total: Int
  /// The statuses that occur.
  public let statuses: [String]
}

extension OpenWorkspace {
  /// A part of the records of a kind that the actor may read, with their fields; only these are opened.
  ///
  /// - Throws: `store.*`, `sealing.*`.
  public func stateList(_ question: ListQuestion) async throws(Problem) -> StateList {
    let who = try await current()
    let today = surroundings.today
    let list = try await list(question, for: who)
    // Asked again of the record itself: it may have changed since its row was found.
    let states = try await opened(list.rows.map(\.id)).filter {
      who.mayRead($0.id, $0.confidentiality, today: today)
    }
    try await noteSeen(states.map(\.id), by: who)
    return StateList(
      states: states.map(\.shown), total: list.total, statuses: list.statuses)
  }

  /// A part of the records of a kind that the actor may read; what an inspector is shown is noted.
  ///
  /// - Throws: `store.*`, `sealing.*`.
  public func list(_ question: ListQuestion) async throws(Problem) -> RecordList {
    let who = try await current()
    let list = try await list(question, for: who)
    try await noteSeen(list.rows.map(\.id), by: who)
    return list
  }

  /// The records of some kinds that changed last, as far as the actor may read them.
  ///
  /// - Throws: `store.*`, `sealing.*`.
  public func recent(
    _ kinds: [RecordKind], atMost limit: Int
  ) async throws(Problem) -> [RecordSummary] {
    let who = try await current()
    var rows: [RecordSummary] = []
    for kind in kinds {
      var question = ListQuestion(kind)
      question.limit = limit
      rows += try await list(question, for: who).rows
    }
    rows.sort { $0.changed == $1.changed ? $0.id < $1.id : $0.changed > $1.changed }
    let shown = Array(rows.prefix(limit))
    try await noteSeen(shown.map(\.id), by: who)
    return shown
  }

  /// The same list without noting that it was read.
  func list(_ question: ListQuestion, for who: SignedIn) async throws(Problem) -> RecordList {
    let kind = question.kind
    try await summarise([kind])
    let summaries = shared.summaries
    summaries.prepare(kind.name, question.order)
    let sight = Sight(who, kind, today: surroundings.today, summaries)
    if question.takesAll,
      let whole = summaries.read(kind.name, { $0.whole(question, sight) }) ?? nil
    {
      return whole
    }
    // What has to look at every record does so on a copy, so that nobody waits for it.
    guard let table = summaries.read(kind.name, { $0 }) else {
      return RecordList(rows: [], total: 0, statuses: [])
    }
    return table.filtered(question, sight)
  }
}

extension SummaryTable {
  /// The list where everything may be read and nothing is left out; nil elsewhere.
  fileprivate func whole(_ question: ListQuestion, _ sight: Sight) -> RecordList? {
    guard sight.readsAll(of: self) else { return nil }
    let (rows, total) = part(
      question.order, isDescending: question.isDescending, from: question.start,
      atMost: question.limit, where: nil)
    return RecordList(rows: rows, total: total, statuses: statusWords)
  }

  fileprivate func filtered(_ question: ListQuestion, _ sight: Sight) -> RecordList {
    let readsAll = sight.readsAll(of: self)
    let word = question.words.map { FoldedText($0).bytes }
    var title = FoldedText()
    var statuses: Set<String> = []
    let (rows, total) = part(
      question.order, isDescending: question.isDescending, from: question.start,
      atMost: question.limit
    ) { row in
      guard readsAll || sight.reads(row) else { return false }
      if !readsAll, let status = row.status { statuses.insert(status) }
      if let status = question.status, row.status != status { return false }
      guard let word else { return true }
      title.fold(row.title)
      return title.place(of: word) != nil
    }
    return RecordList(
      rows: rows, total: total, statuses: readsAll ? statusWords : statuses.sorted())
  }
}
