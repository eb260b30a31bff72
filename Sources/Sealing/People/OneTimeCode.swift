internal import Crypto
internal import FoundationEssentials

/// Codes of six digits that a device shows, a new one every half minute.
///
/// Source: RFC 6238 (TOTP) over RFC 4226 (HOTP), with HMAC-SHA-1, which is what authenticator programs speak.
public enum OneTimeCode {
  /// Bytes of a secret: as many as HMAC-SHA-1 gives.
  ///
  /// Source: RFC 4226, section 4, R6.
  public static let secretByteCount = 20
  /// Seconds for which a code stands.
  public static let stepSeconds = 30
  /// Digits of a code.
  public static let digitCount = 6

  /// A new secret, in the letters of RFC 4648, section 6, as people type it.
  public static func secret() -> String { Base32.text(RandomBytes.make(secretByteCount)) }

  /// The step to which a moment belongs.
  public static func step(at seconds: Int) -> Int { seconds / stepSeconds }

  /// The step whose code was given: the one of now, before or after, so that a clock may be half a minute off.
  ///
  /// - Parameters:
  ///   - seconds: now, in seconds since 1970.
  ///   - last: the step whose code was used last; neither it nor one before is taken again.
  /// - Returns: nil for a wrong code, and for one that was used.
  public static func step(of code: String, secret: String, at seconds: Int, after last: Int) -> Int?
  {
    guard let key = Base32.bytes(secret), seconds >= 0 else { return nil }
    let given = Array(code.utf8)
    var found: Int?
    // All three are looked at, whichever fits: the time tells nothing.
    for step in (step(at: seconds) - 1)...(step(at: seconds) + 1) where step >= 0 {
      let isEqual = Commitment.isEqual(given, Array(self.code(key, step, digits: digitCount).utf8))
      if isEqual, step > last, found == nil { found = step }
    }
    return found
  }

  /// The code of a step; nil for a text that is no secret.
  public static func code(secret: String, step: Int) -> String? {
    Base32.bytes(secret).map { code($0, step, digits: digitCount) }
  }

  /// Source: RFC 4226, section 5.3 (dynamic truncation).
  static func code(_ key: [UInt8], _ step: Int, digits: Int) -> String {
    let counter = (0..<8).map { UInt8(truncatingIfNeeded: step >> (56 - 8 * $0)) }
    let mac = Array(
      HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: SymmetricKey(data: key)))
    let offset = Int(mac[mac.count - 1] & 15)
    let word = mac[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) } & 0x7FFF_FFFF
    let modulus = (0..<digits).reduce(1) { product, _ in product * 10 }
    let text = String(word % modulus)
    return String(repeating: "0", count: digits - text.count) + text
  }
}
