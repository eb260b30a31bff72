internal import Documents
internal import Duties
internal import Ground
internal import Outbound
internal import Workspace

/// Who is told by message what happens to records.
struct WebhooksPage {
  let visit: Visit
  var problem: Problem?

  static func endpoints(_ desk: Desk) -> [Endpoint] {
    let own: [Endpoint] = [
      .get("/webhooks") { visit in .page(try await WebhooksPage(visit: visit).body()) },
      .post("/webhooks") { visit in
        do throws(Problem) {
          let wanted = try WebhooksPage.hook(visit.form)
          let made = try await visit.workspace.addWebhook(wanted)
          var page = WebhookPage(visit: visit, id: made.state.id)
          page.secret = made.secret
          return .page(try await page.body())
        } catch {
          var page = WebhooksPage(visit: visit)
          page.problem = error
          return .page(try await page.body(), status: RefusalPage.status(error))
        }
      },
    ]
    return own + WebhookPage.endpoints(desk)
  }

  /// What a form says of a receiver, its address checked.
  static func hook(_ form: Form) throws(Problem) -> NewWebhook {
    let url = try WebAddress(form.text("url") ?? "").text
    let events = (form.text("events") ?? "").split { ";, \n\r".contains($0) }.map(String.init)
    guard let title = form.text("title") else {
      throw Problem(
        "server.field-missing", what: "the webhook has no name",
        why: "people tell them apart by it",
        mend: "write what it is for", places: [Place("title")])
    }
    return NewWebhook(
      title: title, url: url, events: events, isFull: form.text("payload") == "full")
  }

  func body() async throws(Problem) -> HTML {
    let hooks = try await visit.workspace.webhooks()
    let rows = hooks.map { hook -> [HTML] in
      [
        Parts.link("/webhooks/" + hook.id.key, hook.title), "\(WebhooksPage.place(hook))",
        "\(hook.texts("events").joined(separator: "; "))", "\(hook.text("payload") ?? "")",
        "\(hook.status ?? "")",
      ]
    }
    let table =
      rows.isEmpty
      ? Parts.empty("No other program is told.")
      : Component.table(
        "Webhooks",
        [.init("Name"), .init("To"), .init("Events"), .init("Messages"), .init("State")], rows)
    return Frame(title: "Webhooks", visit: visit, eyebrow: Parts.link("/account", "Your account"))
      .around(
        """
        \(problem.map(RefusalPage.box) ?? "")<p>Another program can be told what happens to records, as it happens. Messages \
        are signed by the rules of Standard Webhooks, come in the order of the journal, and wait while the receiver is down.</p>
        \(table)<h2>New webhook</h2>
        \(WebhooksPage.form(visit, "/webhooks", "Make it", WebhooksPage.typed(visit.form)))
        """)
  }

  /// Scheme and host: what follows is often a secret.
  static func place(_ hook: RecordState) -> String {
    (try? WebAddress(hook.text("url") ?? ""))?.origin ?? "no address"
  }

  typealias Typed = (title: String, url: String, events: String, isFull: Bool)

  private static func typed(_ form: Form) -> Typed {
    (
      form.text("title") ?? "", form.text("url") ?? "", form.text("events") ?? "",
      form.text("payload") == "full"
    )
  }

  static func form(_ visit: Visit, _ action: String, _ button: String, _ typed: Typed) -> HTML {
    let full: HTML = typed.isFull ? " selected" : ""
    return """
      <form method="post" action="\(action)" class="narrow">\(Frame.key(visit))
      <p><label for="title">What it is for</label>
      <input id="title" name="title" value="\(typed.title)" required></p>
      <p><label for="url">Address, beginning with https://</label>
      <input id="url" name="url" type="url" value="\(typed.url)" required></p>
      <p><label for="events">Events</label>
      <input id="events" name="events" value="\(typed.events)" required aria-describedby="events-help"></p>
      <p id="events-help" class="note">kind.event, such as opinion.opinion-filed; kind.* for all of a kind; * for everything; \
      several with semicolons.</p>
      <p><label for="payload">Messages</label>
      <select id="payload" name="payload"><option value="thin">thin: name the record only</option>\
      <option value="full"\(full)>full: say what was set, as far as you may read it</option></select></p>
      <p><button>\(button)</button></p></form>

      """
  }
}
