internal import Documents
internal import Ground
internal import Workspace

/// Coming in again with a forgotten passphrase: a one-time link by mail, or from an administrator.
struct ForgottenPage {
  static let path = "/sign-in/forgotten"

  let visit: Visit
  let signIn: SignIn

  static func endpoints(_ signIn: SignIn) -> [Endpoint] {
    [
      .get(path, for: .everybody) { visit in
        .page(ForgottenPage(visit: visit, signIn: signIn).body)
      },
      .post(path, for: .everybody) { visit in
        guard signIn.mailsLinks, let mail = signIn.mail else { throw noMail }
        // The same answer at the same time, whoever is registered: the name is looked up afterwards.
        if let name = visit.form.text("name") { mail.ask(.link(name: name)) }
        return .page(ForgottenPage(visit: visit, signIn: signIn).asked)
      },
    ]
  }

  private static let noMail = Problem(
    "server.no-link-by-mail", what: "no links are sent by mail here",
    why: "no mail server and address of the desk are configured, or passphrases are not taken here",
    mend: "ask an administrator for a one-time link: systemic person link NAME")

  private var asked: HTML {
    Frame(title: "Look into your mail", visit: visit).around(
      """
      <p role="status">If somebody of this name is registered here with a mail address, a link is on its way there. It is \
      good once, for \(OpenWorkspace.linkMinutes) minutes. While one is younger than \
      \(OpenWorkspace.linkQuietMinutes) minutes no other is sent.</p>
      <p>Nothing came? An administrator can give you a link, and sees whether your address is right.</p>

      """)
  }

  private var body: HTML {
    let form: HTML =
      signIn.mailsLinks
      ? """
      <p>A link that lets you in once is sent to the mail address that is registered for you. A second factor is asked
      for as always.</p>
      <form method="post" action="\(ForgottenPage.path)" class="narrow">\(Frame.key(visit))
      <p><label for="name">Name</label>
      <input id="name" name="name" autocomplete="username" autocapitalize="none" required></p>
      <p><button>Send me a link</button></p></form>

      """
      : """
      <p>Ask an administrator for a one-time link. They find your name under People, or use the command \
      <code>systemic person link NAME</code>.</p>

      """
    return Frame(
      title: "Forgotten passphrase", visit: visit, eyebrow: "<a href=\"/sign-in\">Sign in</a>"
    ).around(form)
  }
}
