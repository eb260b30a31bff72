internal import Ground
public import Workspace

/// What somebody asks of the desk: read, bounded, and with whoever is signed in.
public struct Visit: Sendable {
  /// The workspace, acting as whoever asks; for a stranger as nobody who may do anything.
  public let workspace: OpenWorkspace
  /// The session; nil for a stranger.
  public let session: Session?
  /// The path as asked, without query.
  public let path: String
  /// What stands at the names of the path.
  public let parts: [String: String]
  /// The query.
  public let query: Form
  /// The form that was sent.
  public internal(set) var form: Form
  /// Proves that a form comes from one of our pages.
  public let formKey: String
  /// What the browser says of itself.
  public let agent: String?
  /// From where it was asked.
  public let address: String
  /// The secret of the session as the browser sent it.
  let secret: String?
  /// What the browser shows of a sign-in that owes a code.
  var step: String?
  /// What the browser shows of a journey to an identity provider.
  var journey: String?
  /// The file that was sent with the form.
  public internal(set) var file: SentFile?
  /// What another system sent as it is.
  var body: [UInt8] = []
  /// The header fields of such a message, their names in lower case.
  var fields: [String: String] = [:]
  /// What a program sends as bearer.
  let bearer: String?
  /// What was drawn of late, for whomever.
  let drawings: Drawings
  /// What stands before a path in an address that is used elsewhere: as configured, else as it was asked.
  let base: String

  /// Today in Brussels.
  var today: Day { workspace.surroundings.today }

  /// A part of the path; empty when the path has none of the name.
  func part(_ name: String) -> String { parts[name] ?? "" }
}
