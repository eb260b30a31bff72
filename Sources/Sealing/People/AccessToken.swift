public import Ground

/// A secret that a program shows instead of a passphrase.
///
/// The text is `sys_`, 43 characters from 256 random bits and 6 of a checksum, so that scanners
/// find a token that leaked and a slip of the pen is told without asking the store. Only the digest
/// is kept: with that many random bits a plain hash cannot be turned round.
/// Source: RFC 4648, section 5; OWASP ASVS 5.0.0, 6.5.2.
public struct AccessToken: Sendable, CustomStringConvertible, CustomReflectable {
  /// What every token begins with.
  public static let prefix = "sys_"
  /// Characters of a token.
  public static let characterCount = 53

  /// The token as it is shown once and then sent with each request.
  public let text: String

  /// A new token from the system's random numbers.
  public init() {
    let body = AccessToken.prefix + Base64.addressText(RandomBytes.make(32))
    text = body + AccessToken.checksum(body)
  }

  /// Reads a token.
  ///
  /// - Throws: `sealing.bad-token`.
  public init(_ text: String) throws(Problem) {
    guard text.utf8.count == AccessToken.characterCount, text.hasPrefix(AccessToken.prefix),
      text.utf8.allSatisfy(AccessToken.isPlain),
      let body = String(text.utf8.dropLast(6)),
      Commitment.isEqual(
        Array(text.utf8.suffix(6)), Array(AccessToken.checksum(body).utf8))
    else {
      throw Problem(
        "sealing.bad-token", what: "this is no access token",
        why: "a token is `sys_` and 49 letters, digits, hyphens or underscores, of which the last "
          + "six must fit the others",
        mend: "copy the whole token again, or have a new one made")
    }
    self.text = text
  }

  /// What is kept of the token: the SHA-256 of its text in lower-case hexadecimal.
  public var digest: String { Digest(of: text.utf8).hex }

  /// Whether this is the token behind a kept digest, in a time that does not depend on the digest.
  public func matches(digest kept: String) -> Bool {
    Commitment.isEqual(Array(digest.utf8), Array(kept.utf8))
  }

  /// Says that it is a token, and nothing of the token.
  public var description: String { "AccessToken" }

  /// No children, so that no dump shows the text.
  public var customMirror: Mirror { Mirror(self, children: []) }

  private static func checksum(_ body: String) -> String {
    String(Base64.addressText(Digest(of: body.utf8).bytes).prefix(6))
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
    default: false
    }
  }
}
