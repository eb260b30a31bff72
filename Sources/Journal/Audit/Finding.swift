/// Something in the directory of a log that is not as it was signed.
public struct Finding: Hashable, Sendable {
  /// Stable identifier in kebab-case, such as `entry-changed`.
  public var code: String
  /// The file, below the log's directory.
  public var file: String
  /// The index of the entry, from 0; nil where no single entry is concerned.
  public var entry: Int?
  /// What should be there, in hexadecimal or words; nil where it cannot be known.
  public var expected: String?
  /// What is there.
  public var actual: String?
  /// One plain sentence or two for a reader.
  public var what: String

  /// A finding with all its parts.
  public init(
    _ code: String, file: String, entry: Int? = nil, expected: String? = nil,
    actual: String? = nil, what: String
  ) {
    self.code = code
    self.file = file
    self.entry = entry
    self.expected = expected
    self.actual = actual
    self.what = what
  }
}

/// What an audit of a log's directory came to.
public struct VerificationReport: Hashable, Sendable {
  /// Whether nothing was found: every byte is accounted for by the signed root.
  public var isOK: Bool { findings.isEmpty }
  /// The name of the log, as its checkpoint says; nil when that could not be read.
  public var origin: String?
  /// Entries that the checkpoint covers; nil when it could not be read.
  public var size: Int?
  /// The signed root in hexadecimal; nil when it could not be read.
  public var root: String?
  /// What is wrong, at most `mostFindings`.
  public var findings: [Finding] = []
  /// How many findings more there were.
  public var omitted = 0
  /// Witnesses whose signature was checked and is good.
  public var cosignatures: [VerifiedSignature] = []
  /// What this audit does not show, in plain sentences.
  public var notProven: [String] = []

  /// Most findings that are listed.
  public static let mostFindings = 1_000

  /// An empty report.
  public init() {}

  /// Adds a finding while there is room.
  mutating func add(_ finding: Finding) {
    if findings.count < VerificationReport.mostFindings {
      findings.append(finding)
    } else {
      omitted += 1
    }
  }
}
