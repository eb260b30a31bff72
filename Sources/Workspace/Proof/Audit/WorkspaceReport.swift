public import Ground
public import Journal

/// What an audit of a workspace came to.
public struct WorkspaceReport: Sendable {
  /// What one log came to.
  public struct Log: Sendable {
    /// Which log.
    public let log: LogName
    /// Its name in checkpoints.
    public let origin: String
    /// Entries found.
    public var size = 0
    /// The root computed from the entries, in hexadecimal; nil where some are missing.
    public var root: String?
    /// Checkpoints kept.
    public var checkpoints = 0
    /// Entries that the newest good checkpoint covers.
    public var signedSize = 0
    /// Entries that the newest checkpoint with a good signature of a trusted witness covers.
    public var witnessedSize = 0
  }

  /// How much was looked at.
  public struct Counts: Sendable, Equatable {
    /// Entries hashed.
    public var entries = 0
    /// Stored hashes of subtrees compared.
    public var nodes = 0
    /// Checkpoints whose signature and root were checked.
    public var checkpoints = 0
    /// Heads given by the user that were compared.
    public var retained = 0
    /// Records whose events were folded and compared with their cached state.
    public var records = 0
    /// Contents opened and compared with their commitment.
    public var contents = 0
    /// Contents that were erased.
    public var erasedContents = 0
    /// Records that were erased.
    public var erasedRecords = 0
    /// Contents that were not opened, because the keys of the workspace are not here.
    public var closedContents = 0
    /// Evidence files opened to their end and compared with their digest.
    public var files = 0
    /// Bytes in them.
    public var bytes = 0
  }

  /// Whether nothing was found.
  public var isOK: Bool { findings.isEmpty && omitted == 0 }
  /// What each log came to.
  public internal(set) var logs: [Log] = []
  /// What is wrong, at most `VerificationReport.mostFindings`.
  public var findings: [Finding] { list.items }
  /// How many findings more there were.
  public var omitted: Int { list.omitted }
  /// What is worth knowing and no fault.
  public internal(set) var notes: [String] = []
  /// How much was looked at.
  public internal(set) var counts = Counts()
  /// What this audit does not show, in plain sentences.
  public internal(set) var notProven: [String] = []
  private var list = FindingList()

  /// A report of nothing looked at yet.
  init() {}

  /// The report on a workspace whose store cannot be read at all.
  public init(unreadable problem: Problem) {
    add(
      Finding(
        "store-unreadable", file: "journal.sqlite",
        what: "The store cannot be read: \(problem.what); \(problem.why)."))
    notProven = ["Anything: no entry could be read."]
  }

  /// What a log came to.
  public subscript(log: LogName) -> Log? { logs.first { $0.log == log } }

  mutating func add(_ finding: Finding) { list.add(finding) }

  mutating func add(_ findings: [Finding]) { list.add(findings) }

  mutating func add(_ findings: FindingList) { list.add(findings) }
}

extension Finding {
  /// A finding in the tables of a log.
  init(
    _ code: String, in log: LogName, entry: Int? = nil, expected: String? = nil,
    actual: String? = nil, what: String
  ) {
    self.init(
      code, file: Finding.file(log), entry: entry, expected: expected, actual: actual, what: what)
  }

  /// How findings name the tables of a log.
  static func file(_ log: LogName) -> String { "journal.sqlite/" + log.rawValue }
}
