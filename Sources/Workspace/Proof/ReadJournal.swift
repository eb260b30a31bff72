internal import Duties
public import Ground
public import Journal

/// What the logs of a workspace say: heads and entries.
public struct ReadJournal: Sendable {
  private let workspace: OpenWorkspace

  /// The journal of a workspace.
  public init(_ workspace: OpenWorkspace) { self.workspace = workspace }

  /// The newest checkpoint of a log.
  ///
  /// - Throws: `workspace.no-checkpoint`, `workspace.not-allowed`, `store.*`.
  public func head(_ log: LogName) async throws(Problem) -> SignedCheckpoint {
    try await workspace.authorise(.verify)
    if let newest = try await Checkpoints(workspace).newest(log) { return newest }
    throw Problem(
      "workspace.no-checkpoint", what: "the \(log.rawValue) log has no checkpoint yet",
      why: "a head is shown only when it was signed",
      mend: "sign one with: systemic journal checkpoint")
  }

  /// Which entries are asked for.
  public struct Question: Sendable {
    /// The log.
    public var log = LogName.regulatory
    /// The first entry.
    public var from = 0
    /// Most entries.
    public var limit = 100
    /// Only entries of a record; its log counts then.
    public var record: RecordID?
    /// Whether contents are shown to those who may read them.
    public var contents = false

    /// The first entries of the regulatory log.
    public init() {}
  }

  /// An entry of a log.
  public struct Line: Sendable {
    /// The log.
    public let log: LogName
    /// The index, from 0.
    public let index: Int
    /// Who, when, which record, which event.
    public let envelope: Envelope
    /// What it says, where that was asked for and may be read.
    public let content: Content
  }

  /// What is shown of a content.
  public enum Content: Sendable, Equatable {
    case notAsked, notAllowed, erased
    case shown(JSON)
  }

  /// Entries of a log in their order; people with a scope see those of their scope.
  ///
  /// - Throws: `workspace.not-allowed`, `workspace.unknown-record`, `ground.not-an-entry`, `workspace.content-differs`,
  ///   `store.*`.
  public func lines(_ question: Question) async throws(Problem) -> [Line] {
    try await workspace.authorise(.verify)
    let who = try await workspace.current()
    var reader = ContentReader(workspace: workspace, who: who, isAsked: question.contents)
    var pages = EntryPages(workspace: workspace, question: question)
    var lines: [Line] = []
    while lines.count < question.limit, let (log, page) = try await pages.next() {
      for entry in page where lines.count < question.limit {
        let envelope = try Envelope(entry: entry.entry)
        if let scope = who.scope, !scope.contains(envelope.record) { continue }
        let content = try await reader.content(of: entry, envelope)
        lines.append(Line(log: log, index: entry.index, envelope: envelope, content: content))
      }
    }
    return lines
  }
}

/// The entries that a question is about, page by page.
private struct EntryPages {
  let workspace: OpenWorkspace
  let question: ReadJournal.Question
  private var next: Int?

  /// Entries read at once.
  private static let page = 1024

  init(workspace: OpenWorkspace, question: ReadJournal.Question) {
    self.workspace = workspace
    self.question = question
    next = question.from
  }

  /// The next entries with their log; nil after the last.
  ///
  /// All entries of a record are one page.
  mutating func next() async throws(Problem) -> (LogName, [StoredEntry])? {
    guard let from = next else { return nil }
    next = nil
    if let id = question.record {
      guard let record = try await workspace.store.record(id) else {
        throw Problem(
          "workspace.unknown-record", what: "there is no \(id.text)",
          why: "the name was never given in this workspace",
          mend: "look for it with: systemic search WORDS")
      }
      return (record.log, try await workspace.store.history(id).filter { $0.index >= from })
    }
    let entries = try await workspace.store.entries(
      question.log, from: from, limit: EntryPages.page)
    next = entries.last.map { $0.index + 1 }
    return entries.isEmpty ? nil : (question.log, entries)
  }
}

extension ReadJournal.Line {
  /// For machines: `log`, `index`, what the envelope states, and `content` where it is shown.
  public var json: JSON {
    var members: [(String, JSON)] = [
      ("log", .string(log.rawValue)), ("index", .int(index)),
      ("recorded", .string(envelope.recorded.utc)),
      ("effective", .string(envelope.effective.text)), ("actor", .string(envelope.actor.id)),
      ("role", .string(envelope.actor.role.rawValue)), ("event", .string(envelope.event)),
      ("record", .string(envelope.record.text)), ("version", .int(envelope.version)),
      ("class", .string(envelope.confidentiality.rawValue)), ("law", JSON(envelope.law)),
    ]
    switch content {
    case .notAsked: break
    case .notAllowed: members.append(("content_state", .string("not allowed")))
    case .erased: members.append(("content_state", .string("erased")))
    case .shown(let json): members.append(("content", json))
    }
    return .object(members)
  }
}

/// Opens the contents of entries for whoever may read them, each record asked about once.
private struct ContentReader {
  let workspace: OpenWorkspace
  let who: SignedIn
  let isAsked: Bool
  /// The classes that records have now.
  private var classes: [RecordID: Confidentiality] = [:]
  private var noted: Set<RecordID> = []

  init(workspace: OpenWorkspace, who: SignedIn, isAsked: Bool) {
    self.workspace = workspace
    self.who = who
    self.isAsked = isAsked
  }

  mutating func content(
    of entry: StoredEntry, _ envelope: Envelope
  ) async throws(Problem) -> ReadJournal.Content {
    guard isAsked else { return .notAsked }
    let today = workspace.surroundings.today
    // What was written before the record was narrowed is as narrow as the record.
    let narrowest = max(try await present(envelope), envelope.confidentiality)
    guard who.mayRead(envelope.record, narrowest, today: today) else { return .notAllowed }
    if noted.insert(envelope.record).inserted {
      // Notes what an inspector reads.
      try await workspace.authorise(.read, envelope.record, narrowest)
    }
    guard let sealed = entry.content,
      let wrapped = try await workspace.store.record(envelope.record)?.key
    else { return .erased }
    return .shown(
      try Sealed.opened(sealed, of: envelope, key: try workspace.keys.unwrap(wrapped)).shown)
  }

  /// The class that the record of an entry has now; that of the entry where the record was erased.
  private mutating func present(_ envelope: Envelope) async throws(Problem) -> Confidentiality {
    if let known = classes[envelope.record] { return known }
    let found =
      try await workspace.opened(envelope.record)?.confidentiality ?? envelope.confidentiality
    classes[envelope.record] = found
    return found
  }
}
