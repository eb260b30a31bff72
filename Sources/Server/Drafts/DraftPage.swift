internal import Documents
internal import Ground
internal import Workspace

/// What somebody had typed when their session ended: back in its form, or to be sent as it was.
struct DraftPage {
  let visit: Visit
  let draft: Drafts.Draft

  static func endpoints(_ drafts: Drafts) -> [Endpoint] {
    [
      .get("/drafts/{id}") { visit in
        let found = drafts.draft(
          visit.part("id"), of: visit.workspace.who.id, now: visit.workspace.surroundings.now())
        guard let found else { throw gone }
        return .page(DraftPage(visit: visit, draft: found).body)
      }
    ]
  }

  private static let gone = Problem(
    "server.no-such-page", what: "this draft is not here",
    why:
      "drafts are kept for \(Drafts.hours) hours, for the person who typed them, and until they are sent",
    mend: "fill the form again")

  /// The path without its query.
  static func plain(_ path: String) -> String { String(path.prefix { $0 != "?" }) }

  /// What is told when a form comes after its session has ended, and was kept.
  static func kept(_ id: String, visit: Visit) -> Reply {
    let page = Frame(title: "You are not signed in any more", visit: visit).around(
      """
      <p>A session ends after \(OpenWorkspace.sessionHours) hours, or when it is ended elsewhere. Nothing was changed, \
      and nothing that you typed is lost: it waits for you for \(Drafts.hours) hours.</p>
      <p class="actions"><a class="button" href="/sign-in?to=/drafts/\(id)">Sign in and go on</a></p>

      """)
    return .page(page, status: 401)
  }

  var body: HTML {
    let hidden = draft.form.pairs.map { pair -> HTML in
      "<input type=\"hidden\" name=\"\(pair.name)\" value=\"\(pair.value)\">"
    }
    let separator = draft.path.contains("?") ? "&" : "?"
    let rows = draft.form.pairs.filter { !$0.value.isEmpty }.map { pair -> [HTML] in
      [
        "\(pair.name.replacing("f.", with: "").replacing("_", with: " "))",
        "<pre>\(pair.value)</pre>",
      ]
    }
    return Frame(title: "What you had typed", visit: visit).around(
      """
      <p>Your session had ended when you sent this form for <a href="\(DraftPage.plain(draft.path))">\
      \(DraftPage.plain(draft.path))</a>. Nothing was changed. Look at it again, then send it.</p>
      <form method="post" action="\(draft.path)\(separator)draft=\(draft.id)">\(Frame.key(visit))\(hidden)
      <p class="actions"><button>Send it now</button>\(again)</p></form>
      \(Component.table("What you had typed", [.init("Field"), .init("Value")], rows))
      """)
  }

  /// Forms whose page answers at the same address are shown filled.
  private var again: HTML {
    let plain = DraftPage.plain(draft.path)
    guard plain.hasSuffix("/new") || plain.contains("/changes/") else {
      return ""
    }
    let separator = draft.path.contains("?") ? "&" : "?"
    return " <a href=\"\(draft.path)\(separator)draft=\(draft.id)\">Open it in its form</a>"
  }
}
