internal import Sealing

/// Files that pages load: constant, named by their content, kept by browsers for a year.
enum Assets {
  private static let sheet = DeskStyle.sheet + DeskStyle.registers

  /// The path of the style sheet; another one whenever its content changes.
  static let stylePath = "/assets/" + Digest(of: sheet.utf8).hex.prefix(16) + ".css"

  /// The path of the script.
  static let scriptPath = "/assets/" + Digest(of: DeskScript.file.utf8).hex.prefix(16) + ".js"

  static let endpoints: [Endpoint] = [
    .get(stylePath, for: .everybody) { _ in
      kept(.text(sheet, type: "text/css; charset=utf-8"))
    },
    .get(scriptPath, for: .everybody) { _ in
      kept(.text(DeskScript.file, type: "text/javascript; charset=utf-8"))
    },
    .get("/assets/icon.svg", for: .everybody) { _ in kept(.text(icon, type: "image/svg+xml")) },
  ]

  private static func kept(_ body: Reply.Body) -> Reply {
    var reply = Reply(body)
    reply.fields.append(("cache-control", "public, max-age=31536000, immutable"))
    return reply
  }

  /// A section sign.
  private static let icon = """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="4" fill="#0b4a80"/>\
    <text x="16" y="23" font-family="Georgia,serif" font-size="22" text-anchor="middle" fill="#fff">§</text></svg>
    """
}
