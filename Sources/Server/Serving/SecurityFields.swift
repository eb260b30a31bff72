internal import HTTPTypes

/// Header fields of every answer: nothing is loaded from elsewhere, framed, guessed or kept by a cache in between.
///
/// Source: OWASP ASVS 5.0.0, 3.4; Content Security Policy Level 3.
enum SecurityFields {
  /// Style and script come from our own files only; nothing stands inline.
  static let policy =
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    + "frame-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"

  static let all: HTTPFields = {
    var fields = HTTPFields()
    for (name, value) in [
      ("content-security-policy", policy), ("x-content-type-options", "nosniff"),
      ("referrer-policy", "no-referrer"), ("cross-origin-opener-policy", "same-origin"),
      ("cross-origin-resource-policy", "same-origin"), ("x-frame-options", "DENY"),
      ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=()"),
      ("strict-transport-security", "max-age=31536000; includeSubDomains"),
      ("cache-control", "no-store"),
    ] {
      if let name = HTTPField.Name(name) { fields[name] = value }
    }
    return fields
  }()
}
