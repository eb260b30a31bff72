internal import Crypto
internal import FoundationEssentials
public import Ground

/// A key kept under another key.
///
/// Source: RFC 3394, sections 2.2.1 and 2.2.2, with the initial value of section 2.2.3.1.
public enum KeyWrap {
  /// Length of a wrapped key in bytes.
  public static let byteCount = 40

  /// The key in 40 bytes, the same each time.
  ///
  /// - Throws: `sealing.not-wrapped`.
  public static func wrap(_ key: SecretKey, under: SecretKey) throws(Problem) -> [UInt8] {
    do { return Array(try AES.KeyWrap.wrap(key.symmetric, using: under.symmetric)) } catch {
      throw Problem(
        "sealing.not-wrapped", what: "the key could not be wrapped",
        why: "the cryptographic library refused one of the two keys",
        mend: "restore the keys from the recovery file")
    }
  }

  /// The key in its 40 bytes.
  ///
  /// - Throws: `sealing.not-unwrapped` for another key above, another length or any changed byte.
  public static func unwrap(_ wrapped: [UInt8], under: SecretKey) throws(Problem) -> SecretKey {
    if wrapped.count == byteCount,
      let key = try? AES.KeyWrap.unwrap(wrapped, using: under.symmetric),
      let secret = SecretKey(key)
    {
      return secret
    }
    throw Problem(
      "sealing.not-unwrapped", what: "the wrapped key cannot be unwrapped",
      why: "the key above it is another one, or bytes were changed",
      mend: "restore the record from a backup, or the keys from the recovery file")
  }
}
