internal import Sealing

/// The cookie that carries the secret of a session.
///
/// Its prefix makes browsers take it from a secure origin only, for this host alone; loopback counts as secure.
/// Source: RFC 6265bis, section 4.1.3.2; OWASP ASVS 5.0.0, 3.3.
enum SessionCookie {
  static let name = "__Host-systemic"

  /// The secret among the cookies that came.
  static func secret(in fields: [String]) -> String? {
    for field in fields {
      for pair in field.split(separator: ";") {
        let parts = pair.split(separator: "=", maxSplits: 1)
        guard parts.count == 2, parts[0].drop(while: { $0 == " " }) == name else { continue }
        return String(parts[1])
      }
    }
    return nil
  }

  /// The header field that sets it.
  static func set(_ secret: String, seconds: Int) -> (name: String, value: String) {
    (
      "set-cookie",
      "\(name)=\(secret); Path=/; Max-Age=\(seconds); Secure; HttpOnly; SameSite=Lax"
    )
  }

  /// The header field that removes it.
  static let ended = ("set-cookie", "\(name)=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax")

  /// What forms of a session carry: made from its secret, which it does not tell.
  static func formKey(_ secret: String) -> String { Digest(of: ("form " + secret).utf8).hex }
}
