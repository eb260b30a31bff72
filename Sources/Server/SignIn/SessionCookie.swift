internal import Sealing

/// The cookies of the desk, each of which carries a secret.
///
/// Their prefix makes browsers take them from a secure origin only, for this host alone; loopback counts as secure.
/// Source: RFC 6265bis, section 4.1.3.2; OWASP ASVS 5.0.0, 3.3.
enum SessionCookie {
  /// The session.
  static let name = "__Host-systemic"
  /// Somebody who gave a right secret and owes a code.
  static let step = "__Host-systemic-step"
  /// Somebody who is on their way to an identity provider and back.
  static let journey = "__Host-systemic-journey"

  /// The secret among the cookies that came.
  static func secret(in fields: [String], named name: String = name) -> String? {
    for field in fields {
      for pair in field.split(separator: ";") {
        let parts = pair.split(separator: "=", maxSplits: 1)
        guard parts.count == 2, parts[0].drop(while: { $0 == " " }) == name else { continue }
        return String(parts[1])
      }
    }
    return nil
  }

  /// The header field that sets one.
  static func set(
    _ secret: String, seconds: Int, named name: String = name
  ) -> (name: String, value: String) {
    (
      "set-cookie",
      "\(name)=\(secret); Path=/; Max-Age=\(seconds); Secure; HttpOnly; SameSite=Lax"
    )
  }

  /// The header field that removes one.
  static func ended(_ name: String = name) -> (name: String, value: String) {
    set("", seconds: 0, named: name)
  }

  /// What forms of a session carry: made from its secret, which it does not tell.
  static func formKey(_ secret: String) -> String { Digest(of: ("form " + secret).utf8).hex }
}
