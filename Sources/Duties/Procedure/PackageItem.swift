public import Ground

/// One thing that a notification holds or lacks, with who asks for it.
public struct PackageItem: Sendable, Equatable {
  /// Who asks for it.
  public enum Asker: String, Sendable, CaseIterable {
    /// The Regulation.
    case law
    /// The Commission's Guidelines, which say what it takes to show what the Regulation asks for and do not bind.
    case guidelines
    /// The Code of Practice, which binds those who signed it.
    case code
    /// The Commission's template for a report.
    case template
    /// Practice of this house; no legal text asks for it.
    case house
  }

  /// Whether it is there.
  public enum Standing: String, Sendable, CaseIterable {
    case given, missing, undetermined
    /// Not asked of this provider or model.
    case notAsked = "not asked"
    /// Not given, and nobody needs it.
    case optional
  }

  /// Identifier.
  public let id: String
  /// What it is.
  public let title: String
  /// Who asks for it.
  public let asker: Asker
  /// Whether it is there.
  public let standing: Standing
  /// Where it stands.
  public let citations: [Citation]
  /// What is there, or how to give it.
  public let note: String

  /// Whether it keeps a notification from being approved.
  public var isBlocking: Bool {
    (asker == .law || asker == .guidelines) && isGap
  }

  /// Whether it is a gap that an approval has to state.
  public var isGap: Bool { standing == .missing || standing == .undetermined }

  /// For records and programs.
  public var json: JSON {
    .object([
      ("id", .string(id)), ("title", .string(title)), ("asked_by", .string(asker.rawValue)),
      ("standing", .string(standing.rawValue)), ("note", .string(note)),
      ("citations", .array(citations.map(\.json))),
    ])
  }
}
