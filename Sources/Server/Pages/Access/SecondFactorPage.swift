internal import Documents
internal import Ground
internal import Workspace

/// Setting up and ending a second factor.
struct SecondFactorPage {
  let visit: Visit
  var problem: Problem?
  /// Recovery codes that were just made.
  var codes: [String] = []

  private static let path = "/account/second-factor"

  static func endpoints(_ signIn: SignIn) -> [Endpoint] {
    let door = signIn.door
    return [
      .get(path) { visit in .page(try await SecondFactorPage(visit: visit).body()) },
      .post(path + "/begin") { visit in
        try await answer(visit, door) { () async throws(Problem) in
          try await door.inTurn { () async throws(Problem) in
            _ = try await visit.workspace.beginSecondFactor(
              by: visit.session?.by ?? "", secret: visit.form.text("current"))
          }
          return .see(path)
        }
      },
      .post(path + "/confirm") { visit in
        try await answer(visit, door) { () async throws(Problem) in
          let codes = try await visit.workspace.setSecondFactor(
            code: visit.form.text("code") ?? "")
          try await AccountPage.endOthers(visit)
          signIn.mail?.ask(
            .notice(person: visit.workspace.who.id, what: "A second factor of yours was set"))
          return .page(try await SecondFactorPage(visit: visit, codes: codes).body())
        }
      },
      .post(path + "/end") { visit in
        try await answer(visit, door) { () async throws(Problem) in
          try await visit.workspace.endOwnSecondFactor(code: visit.form.text("code") ?? "")
          try await AccountPage.endOthers(visit)
          signIn.mail?.ask(
            .notice(person: visit.workspace.who.id, what: "Your second factor was ended"))
          return .see(path)
        }
      },
    ]
  }

  /// Does it, or shows the page with why not; wrong secrets and codes hold up here as they do at the door.
  private static func answer(
    _ visit: Visit, _ door: Door, _ body: () async throws(Problem) -> Reply
  ) async throws(Problem) -> Reply {
    let keys = ["name " + visit.workspace.who.id]
    let now = visit.workspace.surroundings.now()
    do {
      try door.check(keys, now: now)
      return try await body()
    } catch {
      if ["workspace.wrong-code", "workspace.not-proved"].contains(error.code) {
        door.noteMistake(keys, now: now)
      }
      let page = SecondFactorPage(visit: visit, problem: error)
      return RefusalPage.within(
        try await page.body(), error, retrySeconds: door.held(keys, now: now))
    }
  }

  func body() async throws(Problem) -> HTML {
    let isSet = try await visit.workspace.secondFactor().isSet
    let offer = try await visit.workspace.begunSecondFactor()
    let due: HTML =
      visit.session?.lacksSecondFactor == true && !isSet
      ? """
      <p class="caution">Your role signs in with a second factor. Set it up first; then everything else is open.</p>

      """ : ""
    return Frame(
      title: "Second factor", visit: visit, eyebrow: "<a href=\"/account\">Account</a>"
    ).around(
      "\(problem.map(RefusalPage.box) ?? "")\(due)\(shown)\(offer.map(setUp) ?? begin(isSet))\(end(isSet))"
    )
  }

  private var shown: HTML {
    guard !codes.isEmpty else { return "" }
    return """
      <p class="done" role="status">The second factor is set.</p>
      <h2>Recovery codes</h2>
      <p>Each lets you in once when the device is lost. They are shown this once: keep them apart from the device.</p>
      \(Component.list(codes.map(Component.code)))
      """
  }

  private func setUp(_ offer: SecondFactorOffer) -> HTML {
    let picture = QRCode(offer.address)?.svg("The secret as a code for a camera") ?? ""
    return """
      <h2>Teach your device</h2>
      <p>Read the picture with an authenticator program, or type the secret: six digits, every 30 seconds, SHA-1.</p>
      <p>\(picture)</p>
      <p>Secret: \(Component.code(offer.secret))</p>
      <form method="post" action="\(SecondFactorPage.path)/confirm" class="narrow">\(Frame.key(visit))
      <p><label for="code">The six digits that it shows now</label>
      <input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" required></p>
      <p><button>Confirm</button></p></form>

      """
  }

  private func begin(_ isSet: Bool) -> HTML {
    let title = isSet ? "Another device" : "Set it up"
    return """
      <h2>\(title)</h2>
      <p>Besides the passphrase, signing in then asks for six digits that a device shows, new ones every 30 seconds.</p>
      <form method="post" action="\(SecondFactorPage.path)/begin" class="narrow">\(Frame.key(visit))
      <p><label for="current">Your passphrase, if you have one</label>
      <input id="current" name="current" type="password" autocomplete="current-password"></p>
      <p><button>\(title)</button></p></form>

      """
  }

  private func end(_ isSet: Bool) -> HTML {
    guard isSet else { return "" }
    return """
      <h2>End it</h2>
      <form method="post" action="\(SecondFactorPage.path)/end" class="narrow">\(Frame.key(visit))
      <p><label for="last">A code</label>
      <input id="last" name="code" autocomplete="one-time-code" required></p>
      <p><button>End the second factor</button></p></form>

      """
  }
}
