internal import Ground

/// How strongly, and how lately, an identity provider must have made sure who somebody is.
///
/// Source: OpenID Connect Core 1.0, sections 2 (`acr`, `amr`, `auth_time`) and 3.1.2.1 (`acr_values`, `max_age`); RFC 8176.
struct SignInStrength: Sendable {
  /// Classes of which one must be stated; empty takes any.
  let classes: [String]
  /// Methods of which one must have been used; empty takes any.
  let methods: [String]
  /// Seconds since then, at most; nil asks for no time.
  let mostAge: Int?

  private static let longestAge = 31_536_000

  /// Reads `acr_values`, `amr` and `max_age`, each of which may be missing.
  ///
  /// - Throws: `server.bad-provider`.
  init(_ json: JSON) throws(Problem) {
    func words(_ name: String) throws(Problem) -> [String] {
      switch json[name] {
      case nil, .null: return []
      case .string(let text) where text.contains { $0 != " " }:
        return text.split(separator: " ").map(String.init)
      default: throw IdentityProvider.refusal("\(name) is a text: values with spaces between them")
      }
    }
    classes = try words("acr_values")
    methods = try words("amr")
    switch json["max_age"] {
    case nil, .null: mostAge = nil
    case .int(let seconds)? where (0...SignInStrength.longestAge).contains(seconds):
      mostAge = seconds
    default: throw IdentityProvider.refusal("max_age is a number of seconds, a year at most")
    }
  }

  /// What is asked for when somebody is sent there.
  var asked: [(String, String)] {
    (classes.isEmpty ? [] : [("acr_values", classes.joined(separator: " "))])
      + (mostAge.map { [("max_age", String($0))] } ?? [])
  }

  /// Checks what came back: what is asked for is only a wish there.
  ///
  /// - Throws: `server.not-vouched`.
  func check(_ claims: JSON, _ now: Instant) throws(Problem) {
    if !classes.isEmpty {
      guard case .string(let stated)? = claims["acr"], classes.contains(stated) else {
        throw IDToken.refusal("it does not say that you were checked as strongly as is asked here")
      }
    }
    if !methods.isEmpty {
      guard case .array(let used)? = claims["amr"],
        used.contains(where: { $0.text.map(methods.contains) ?? false })
      else { throw IDToken.refusal("it does not name a way of checking that is asked here") }
    }
    if let mostAge {
      guard case .int(let at)? = claims["auth_time"], at <= now.seconds + IDToken.leeway,
        at >= now.seconds - mostAge - IDToken.leeway
      else { throw IDToken.refusal("it does not say that you were checked lately enough") }
    }
  }
}
