internal import Documents
internal import Ground

/// A problem as a page: what is wrong, why, and how to mend it.
enum RefusalPage {
  /// The status that fits a problem.
  static func status(_ problem: Problem) -> Int {
    switch problem.code {
    case "workspace.not-signed-in", "workspace.link-ended", "server.signed-out": 401
    case "workspace.not-allowed", "server.from-elsewhere", "duties.same-person": 403
    case "workspace.unknown-record", "workspace.unknown-rule", "server.no-such-page",
      "journal.no-such-entry", "workspace.unknown-person", "workspace.not-yet":
      404
    case "store.version-conflict", "workspace.name-taken", "workspace.not-covered",
      "workspace.erasure-under-way":
      409
    case "server.too-large": 413
    case "server.address-too-long": 414
    case "server.held-up": 429
    case "server.busy", "store.busy", "store.closed", "store.broken", "store.disk-full": 503
    default: problem.code.hasPrefix("store.") ? 500 : 422
    }
  }

  static func reply(_ problem: Problem, status: Int, visit: Visit?) -> Reply {
    let page = Frame(title: Typography.sentence(problem.what), visit: visit).around(
      """
      \(parts(problem))<p class="note">\(Component.code(problem.code))</p>
      <p><a href="/">To the beginning</a></p>

      """)
    var reply = Reply.page(page, status: status)
    if status == 429 { reply.fields.append(("retry-after", String(Door.holdSeconds))) }
    if status == 503 { reply.fields.append(("retry-after", "5")) }
    return reply
  }

  /// The same within a page, above the form that it is about.
  static func box(_ problem: Problem) -> HTML {
    """
    <div class="refusal" role="alert"><p><strong>\(Typography.sentence(problem.what)).</strong></p>
    \(parts(problem))</div>

    """
  }

  private static func parts(_ problem: Problem) -> HTML {
    var html: HTML = ""
    if !problem.why.isEmpty { html = html + "<p>\(Typography.sentence(problem.why)).</p>\n" }
    if !problem.mend.isEmpty {
      html = html + "<p><strong>What to do:</strong> \(problem.mend).</p>\n"
    }
    return html
  }
}
