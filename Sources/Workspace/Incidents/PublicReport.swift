public import Ground

/// What somebody without an account tells.
public struct PublicReport: Sendable {
  /// Most bytes of what happened, and of the harm.
  public static let mostTold = 32 << 10
  /// Most bytes of each other answer.
  public static let mostAnswer = 500
  /// Most characters of the title that is made from it.
  private static let mostTitle = 100

  /// What happened.
  public var what: String
  /// When, in their words.
  public var when: String?
  /// The harm, in their words.
  public var harm: String?
  /// How they can be reached; never kept of a confidential report.
  public var contact: String?
  /// The model, as they name it.
  public var model: String?
  /// A file that shows it.
  public var file: File?

  /// A report.
  public init(what: String) { self.what = what }

  /// A file with its name.
  public struct File: Sendable {
    let source: ByteSource
    let name: String

    /// A file.
    public init(_ source: ByteSource, name: String) {
      self.source = source
      self.name = name
    }
  }

  /// The first line of what happened, cut where it is long.
  var title: String {
    let line = what.split(whereSeparator: \.isNewline).first {
      $0.contains { !$0.isWhitespace }
    }
    let words = (line ?? "").drop(while: \.isWhitespace)
    guard words.count > PublicReport.mostTitle else { return String(words) }
    return String(words.prefix(PublicReport.mostTitle - 1)) + "…"
  }

  /// The fields of the incident.
  var fields: [(String, JSON)] {
    let told = [
      ("narrative", what), ("told_when", when), ("harm", harm), ("contact", contact),
      ("told_model", model),
    ]
    return told.compactMap { name, value in value.map { (name, .string($0)) } }
  }

  /// Refuses what says nothing or too much.
  ///
  /// - Throws: `workspace.empty-report`, `workspace.long-report`.
  public func check() throws(Problem) {
    guard what.contains(where: { !$0.isWhitespace }) else {
      throw Problem(
        "workspace.empty-report", what: "the report does not say what happened",
        why: "nobody could look into it", mend: "write what happened, in your own words",
        places: [Place("what")])
    }
    let told = [("what", what), ("harm", harm ?? "")]
    let answers = [("when", when ?? ""), ("contact", contact ?? ""), ("model", model ?? "")]
    for (name, text) in told where text.utf8.count > PublicReport.mostTold {
      throw PublicReport.long(name, PublicReport.mostTold)
    }
    for (name, text) in answers where text.utf8.count > PublicReport.mostAnswer {
      throw PublicReport.long(name, PublicReport.mostAnswer)
    }
  }

  private static func long(_ name: String, _ most: Int) -> Problem {
    Problem(
      "workspace.long-report", what: "the answer to “\(name)” is too long",
      why: "it may have \(most) bytes", mend: "shorten it, or send the long text as a file",
      places: [Place(name)])
  }
}

/// By which way somebody without an account reports; each is an actor of the record.
public enum IntakeChannel: String, Sendable, CaseIterable {
  case `public`
  case whistleblower
  case deployer

  /// Who writes what came by it: the program, in the name of the channel and of nobody else.
  var who: SignedIn { SignedIn(id: id, name: words, roles: [.system]) }

  /// The id that entries carry.
  var id: String {
    switch self {
    case .public: "public-page"
    case .whistleblower: "confidential-page"
    case .deployer: "deployer-channel"
    }
  }

  /// What people read.
  var words: String {
    switch self {
    case .public: "somebody, by the public page"
    case .whistleblower: "somebody, by the confidential page"
    case .deployer: "a deployer, by its token"
    }
  }
}
