internal import Ground
internal import HTTPTypes
internal import Hummingbird
internal import Sealing
internal import Workspace

/// What is refused before anybody looks who asks.
///
/// A change is taken from our own pages only: the browser says from where a request comes (`Sec-Fetch-Site`), and the form
/// carries a key that another site cannot know. Source: Fetch Metadata Request Headers; OWASP ASVS 5.0.0, 3.5.1.
enum Gatekeeper {
  /// Refuses addresses that are too long, and changes that come from another site.
  static func check(_ request: Request, _ endpoint: Endpoint) throws(Problem) {
    guard request.uri.string.utf8.count <= Desk.mostAddress else {
      throw Problem(
        "server.address-too-long", what: "the address is too long",
        why: "at most \(Desk.mostAddress) bytes are read", mend: "search for fewer words")
    }
    guard endpoint.method == .post else { return }
    let site = HTTPField.Name("sec-fetch-site").flatMap { request.headers[$0] }
    guard site == nil || site == "same-origin" else { throw elsewhere }
    // Browsers that do not say it say the origin: it has to be this host. Programs say neither.
    guard site == nil, let origin = request.headers[.origin] else { return }
    let authority = origin.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
    guard request.head.authority?.lowercased() == authority.lowercased() else { throw elsewhere }
  }

  /// Lets somebody who has to set up a second factor do that, and nothing else.
  static func checkSecondFactor(_ visit: Visit, _ endpoint: Endpoint) throws(Problem) {
    guard let session = visit.session, endpoint.audience == .signedIn,
      !endpoint.path.hasPrefix("/account"), endpoint.path != "/sign-out"
    else { return }
    try checkSecondFactor(session)
  }

  /// The same of a session that is used by a program.
  static func checkSecondFactor(_ session: Session) throws(Problem) {
    guard session.lacksSecondFactor else { return }
    throw Problem(
      "server.second-factor-due", what: "a second factor is due first",
      why: "the administrators decided that your role signs in with one",
      mend: "set it up on the page of your account")
  }

  /// Refuses a form that does not carry its key; strangers have none, and their forms change nothing in anybody's name.
  static func checkKey(_ visit: Visit) throws(Problem) {
    guard let secret = visit.secret, visit.session != nil else { return }
    guard hasKey(visit, of: secret) else { throw elsewhere }
  }

  /// Whether a form carries the key of a secret.
  static func hasKey(_ visit: Visit, of secret: String) -> Bool {
    let wanted = Array(SessionCookie.formKey(secret).utf8)
    return Commitment.isEqual(Array((visit.form.text("key") ?? "").utf8), wanted)
  }

  /// What somebody reads whose session ended while they filled a form.
  static func signedOut() throws(Problem) -> Response {
    throw Problem(
      "server.signed-out", what: "you are not signed in any more",
      why:
        "a session ends after \(OpenWorkspace.sessionHours) hours, after \(OpenWorkspace.idleMinutes) minutes without "
        + "use, or when it is ended elsewhere; nothing was changed",
      mend: "go back, copy what you typed, and sign in again")
  }

  static let elsewhere = Problem(
    "server.from-elsewhere", what: "this form does not come from a page of the desk",
    why: "what another site sends in your name is not taken; nothing was changed",
    mend: "open the page here, and send it again")

  static let tooLarge = Problem(
    "server.too-large", what: "what was sent is too large",
    why: "a form has at most \(Desk.mostForm) bytes", mend: "add long texts as evidence files")
}

extension Problem {
  /// A mistake of ours: told without what it was, which stands in the log of the server.
  static let ofOurs = Problem(
    "server.internal", what: "something went wrong here",
    why: "it is a mistake of the program, and stands in its log",
    mend: "try it again; if it stays, tell whoever keeps the server when it happened")
}
