internal import Ground

/// The ways of signing in that are open.
struct SignIn: Sendable {
  /// Who waits, and who is held up.
  let door = Door()
  /// Speaks with the identity provider; nil without one.
  var client: ProviderClient?
  /// Sends links and notices; nil where no mail is configured.
  var mail: SignInMail?
  /// Whether whoever forgot their passphrase can have a link by mail.
  var mailsLinks: Bool { takesLocal && mail?.sendsLinks == true }
  /// The name of the identity provider on the button.
  var providerName: String? { client?.provider.name }
  /// Whether passphrases and tokens are taken on the page.
  var takesLocal: Bool { client?.provider.takesLocal ?? true }

  /// - Throws: `server.not-local`.
  func checkLocal() throws(Problem) {
    guard !takesLocal else { return }
    throw Problem(
      "server.not-local", what: "passphrases are not taken here",
      why: "everybody signs in with \(providerName ?? "the identity provider")",
      mend: "go there; an administrator can make a one-time link")
  }
}
