internal import Documents
internal import Ground

/// A problem as a page: what is wrong, why, and how to mend it.
enum RefusalPage {
  /// The status that fits a problem.
  static func status(_ problem: Problem) -> Int {
    switch problem.code {
    case "server.bad-body", "duties.unreadable-ticket", "server.bad-parameter",
      "server.broken-body", "ground.not-json":
      400
    case "workspace.not-signed-in", "workspace.link-ended", "server.signed-out", "server.token-due",
      "server.token-ended", "workspace.wrong-code", "workspace.code-needed", "server.not-vouched",
      "server.unknown-key":
      401
    case "workspace.not-allowed", "server.from-elsewhere", "duties.same-person",
      "workspace.beyond-token", "workspace.token-makes-none", "workspace.not-proved",
      "server.not-local", "server.second-factor-due", "workspace.unknown-identity",
      "workspace.no-role", "server.not-for-you":
      403
    case "workspace.unknown-record", "workspace.unknown-rule", "server.no-such-page",
      "journal.no-such-entry", "workspace.unknown-person", "workspace.not-yet",
      "server.no-such-path", "workspace.unknown-deadline", "server.no-intake",
      "workspace.unknown-code":
      404
    case "server.no-such-method": 405
    case "server.too-slow": 408
    case "server.not-acceptable": 406
    case "store.version-conflict", "workspace.name-taken", "workspace.not-covered",
      "workspace.erasure-under-way", "workspace.samples-there":
      409
    case "server.too-large": 413
    case "server.address-too-long": 414
    case "server.wrong-type": 415
    case "server.version-due": 428
    case "server.held-up", "server.too-many-streams", "server.too-many", "server.too-many-reports",
      "workspace.messages-waiting":
      429
    case "server.provider-silent": 502
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
    reply.fields += retry(status, nil)
    return reply
  }

  /// A page that holds the problem and what was typed.
  ///
  /// - Parameter retrySeconds: After which another attempt makes sense, where that is known.
  static func within(_ page: HTML, _ problem: Problem, retrySeconds: Int? = nil) -> Reply {
    let status = status(problem)
    var reply = Reply.page(page, status: status)
    reply.fields += retry(status, retrySeconds)
    return reply
  }

  /// Somebody who asked too often.
  static func tooMany(_ seconds: Int, visit: Visit?) -> Reply {
    var reply = RefusalPage.reply(.tooOften(seconds), status: 429, visit: visit)
    reply.fields.removeAll { $0.name == "retry-after" }
    reply.fields += retry(429, seconds)
    return reply
  }

  /// When to try again, where it is a matter of time.
  ///
  /// Source: RFC 9110, section 10.2.3.
  static func retry(_ status: Int, _ seconds: Int?) -> [(name: String, value: String)] {
    switch status {
    case 429: [("retry-after", String(seconds ?? Door.holdSeconds))]
    case 503: [("retry-after", String(seconds ?? 5))]
    default: []
    }
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

extension Problem {
  /// Said to somebody who asked too often.
  static func tooOften(_ seconds: Int) -> Problem {
    Problem(
      "server.too-many", what: "that was too often",
      why: "changes and attempts to sign in are limited for each person and each address",
      mend: "try again in \(seconds) s; nothing was changed")
  }
}
