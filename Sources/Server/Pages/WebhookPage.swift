internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// One receiver: what it is told, what was delivered, and its secret on the one page that shows it.
struct WebhookPage {
  let visit: Visit
  let id: RecordID
  var secret: String?
  var note: HTML = ""
  var problem: Problem?

  static func endpoints(_ desk: Desk) -> [Endpoint] {
    let configuration = desk.configuration
    return [
      .get("/webhooks/{key}") { visit in .page(try await found(visit).body()) },
      .post("/webhooks/{key}") { visit in
        var page = try found(visit)
        do throws(Problem) {
          try await visit.workspace.changeWebhook(page.id, try WebhooksPage.hook(visit.form))
          page.note = "The webhook is changed."
          return .page(try await page.body())
        } catch {
          page.problem = error
          return .page(try await page.body(), status: RefusalPage.status(error))
        }
      },
      .post("/webhooks/{key}/secret") { visit in
        var page = try found(visit)
        page.secret = try await visit.workspace.renewWebhookSecret(page.id)
        return .page(try await page.body())
      },
      .post("/webhooks/{key}/state") { visit in
        let page = try found(visit)
        try await visit.workspace.setWebhook(page.id, isOn: visit.form.text("to") == "on")
        return .see("/webhooks/" + page.id.key)
      },
      .post("/webhooks/{key}/removal") { visit in
        try await visit.workspace.removeWebhook(try found(visit).id)
        return .see("/webhooks")
      },
      .post("/webhooks/{key}/deliveries") { visit in
        var page = try found(visit)
        let sender = WebhookSender(visit.workspace, configuration)
        let delivery: Delivery
        if let text = visit.form.text("entry") {
          delivery = try await sender.redeliver(page.id, Int(text) ?? -1)
        } else {
          delivery = try await sender.test(page.id)
        }
        page.note =
          delivery.isDone
          ? "The receiver took it." : "The receiver did not take it: \(delivery.result)."
        return .page(try await page.body())
      },
    ]
  }

  private static func found(_ visit: Visit) throws(Problem) -> WebhookPage {
    WebhookPage(visit: visit, id: try RecordPage.id("webhook", visit.part("key")))
  }

  func body() async throws(Problem) -> HTML {
    guard let hook = try await visit.workspace.webhooks().first(where: { $0.id == id }) else {
      _ = try await visit.workspace.needed(id)
      throw Problem(
        "server.no-such-page", what: "this webhook was removed",
        why: "nothing is sent to it any more", mend: "make a new one")
    }
    let outbox = try await visit.workspace.outbox(of: id)
    let waiting = try await visit.workspace.store.head(.regulatory).size - outbox.cursor
    let path = "/webhooks/" + id.key
    let facts: [(String, HTML)] = [
      ("state", "\(hook.status ?? "")"), ("address", "\(WebhooksPage.place(hook))"),
      ("entries to look through", "\(max(0, waiting))"),
      ("attempts for the next message", "\(outbox.attempts)"),
      ("next attempt", outbox.due.map(Parts.moment) ?? "at once"),
    ]
    let isOn = hook.status == "on"
    return Frame(title: hook.title, visit: visit, eyebrow: Parts.link("/webhooks", "Webhooks"))
      .around(
        """
        \(problem.map(RefusalPage.box) ?? "")\(message)\(shown)\(notice(hook))\(Parts.facts(facts))
        <div class="actions">\(button(path + "/deliveries", "Send a test message"))\
        \(button(path + "/state", isOn ? "Switch it off" : "Switch it on", ("to", isOn ? "off" : "on")))\
        \(button(path + "/secret", "Renew the secret"))\(button(path + "/removal", "Remove it"))</div>
        <h2>Deliveries</h2>
        \(deliveries(outbox, path))<h2>What it is told</h2>
        <p class="note">Whoever changes it is its owner from then on: full messages say what the owner may read.</p>
        \(WebhooksPage.form(
          visit, path, "Change it",
          (
            hook.title, hook.text("url") ?? "", hook.texts("events").joined(separator: "; "),
            hook.text("payload") == "full"
          )))
        """)
  }

  private var message: HTML {
    note.isEmpty ? "" : "<p class=\"done\" role=\"status\">\(note)</p>\n"
  }

  private var shown: HTML {
    guard let secret else { return "" }
    return """
      <div class="done" role="status"><p>The receiver checks messages with this secret, shown this once. A secret before it \
      signs too for \(OpenWorkspace.secretOverlapHours) hours.</p>
      <p><label for="secret">Secret</label><input id="secret" type="text" readonly value="\(secret)"></p></div>

      """
  }

  private func notice(_ hook: RecordState) -> HTML {
    hook.text("notice").map { "<p class=\"caution\">\($0)</p>\n" } ?? ""
  }

  private func button(_ path: String, _ title: String, _ value: (String, String)? = nil) -> HTML {
    let field: HTML =
      value.map { "<input type=\"hidden\" name=\"\($0.0)\" value=\"\($0.1)\">" } ?? ""
    return """
      <form method="post" action="\(path)">\(Frame.key(visit))\(field)<button>\(title)</button></form>
      """
  }

  private func deliveries(_ outbox: Outbox, _ path: String) -> HTML {
    let rows = outbox.deliveries.reversed().map { delivery -> [HTML] in
      [
        Parts.moment(delivery.at), "\(delivery.type)", Component.code(delivery.message),
        "\(delivery.isDone ? "taken" : "not taken") (\(delivery.result))",
        delivery.index.map {
          button(path + "/deliveries", "Send entry \($0) again", ("entry", String($0)))
        } ?? "",
      ]
    }
    guard !rows.isEmpty else { return Parts.empty("Nothing was sent yet.") }
    return Component.table(
      "Latest attempts, the newest first",
      [.init("When"), .init("Type"), .init("Message"), .init("Result"), .init("Again")], rows)
  }
}
