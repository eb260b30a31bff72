internal import Ground
internal import Logging
internal import Outbound
internal import Sealing
internal import Synchronization
internal import Workspace

/// Mail about who gets in.
///
/// It is asked for while a request is answered, and looked up, written and sent afterwards: neither the answer nor its
/// time tells who is registered. Source: OWASP ASVS 5.0.0, 6.3.7 and 6.3.8.
final class SignInMail: Sendable {
  /// What is to be sent.
  enum Letter: Sendable {
    /// A one-time link for whoever bears a name, where somebody does.
    case link(name: String)
    /// What changed in the way somebody signs in: to the person with this key.
    case notice(person: String, what: String)
  }

  /// Most letters that wait; further ones are dropped, which whoever asked cannot tell either.
  static let most = 200

  private let workspace: OpenWorkspace
  private let mailing: Mailing
  private let waiting = Mutex<[Letter]>([])
  private let woken: (asked: AsyncStream<Void>, wake: AsyncStream<Void>.Continuation)

  init(_ workspace: OpenWorkspace, _ mailing: Mailing) {
    self.workspace = workspace.acting(as: .system)
    self.mailing = mailing
    let made = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    woken = (made.stream, made.continuation)
  }

  /// Whether links can be sent: they begin with the configured address, never with what a request calls the host.
  var sendsLinks: Bool { !mailing.base.isEmpty }

  /// Puts a letter into the row.
  func ask(_ letter: Letter) {
    waiting.withLock { if $0.count < SignInMail.most { $0.append(letter) } }
    woken.wake.yield()
  }

  /// Sends what is asked for until its task is cancelled.
  func run(_ logger: Logger) async {
    for await _ in woken.asked {
      for problem in await sendWaiting() {
        logger.warning(
          "mail about signing in was not sent",
          metadata: ["code": "\(problem.code)", "what": "\(problem.what)"])
      }
    }
  }

  /// Sends what waits; gives what went wrong.
  func sendWaiting() async -> [Problem] {
    var problems: [Problem] = []
    while let letter = waiting.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) {
      do throws(Problem) { try await send(letter) } catch { problems.append(error) }
    }
    return problems
  }

  private func send(_ letter: Letter) async throws(Problem) {
    switch letter {
    case .link(let name):
      guard let made = try await workspace.linkForForgotten(name) else { return }
      try await send(
        to: made.address, "A link to sign in",
        """
        Somebody asked for a link for you, because they forgot their passphrase. This one lets you in once, within \
        \(OpenWorkspace.linkMinutes) minutes; then set a new passphrase:

        \(mailing.base)/sign-in/link/\(made.link)

        If it was not you, do nothing: your passphrase stays as it is. If it happens again, tell an administrator.

        """)
    case .notice(let person, let what):
      guard let address = try await workspace.noticeAddress(of: person) else { return }
      try await send(
        to: address, what,
        """
        \(what), at \(workspace.surroundings.now().rfc3339).

        If it was not you, tell an administrator at once: they can sign you out everywhere.

        """)
    }
  }

  private func send(to address: String, _ subject: String, _ text: String) async throws(Problem) {
    try await mailing.send(
      try MailMessage(
        from: mailing.from, to: address, subject: "Systemic: " + subject, text: text,
        moment: workspace.surroundings.now(), key: RandomText.key(length: 20)))
  }
}
