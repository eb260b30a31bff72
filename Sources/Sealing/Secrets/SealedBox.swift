internal import Crypto
internal import FoundationEssentials
public import Ground

/// Content that only a key opens, and only in the context in which it was sealed.
///
/// The bytes are a random nonce of 12, the ciphertext, and a tag of 16. At most 2^32 boxes may be
/// sealed with one key, because nonces are random: seal records with keys of their own.
/// Source: NIST SP 800-38D, sections 5.2.1.1 and 8.3 (AES-256-GCM).
public enum SealedBox {
  /// How many bytes a box is longer than its content.
  public static let overhead = 28
  /// Length of a nonce in bytes.
  public static let nonceBytes = 12

  /// Seals content; the context is not stored and has to be the same on opening.
  ///
  /// - Throws: `sealing.not-sealed`.
  public static func seal(_ plain: [UInt8], key: SecretKey, context: [UInt8]) throws(Problem)
    -> [UInt8]
  {
    var random = RandomSupply(nonceBytes)
    return try seal(plain, key: key, context: context, from: &random)
  }

  /// Seals content with a nonce from a supply of random bytes.
  ///
  /// - Throws: `sealing.not-sealed`.
  public static func seal(
    _ plain: [UInt8], key: SecretKey, context: [UInt8], from random: inout RandomSupply
  ) throws(Problem) -> [UInt8] {
    do {
      let box = try AES.GCM.seal(
        plain, using: key.symmetric, nonce: AES.GCM.Nonce(data: random.take(nonceBytes)),
        authenticating: context)
      if let combined = box.combined { return Array(combined) }
    } catch {}
    throw Problem(
      "sealing.not-sealed", what: "the content could not be sealed",
      why: "the cryptographic library refused the key or the length of the content",
      mend: "seal content above 64 KiB as a stream")
  }

  /// The content of a box.
  ///
  /// - Throws: `sealing.not-opened` for another key, another context or any changed byte.
  public static func open(_ sealed: [UInt8], key: SecretKey, context: [UInt8]) throws(Problem)
    -> [UInt8]
  {
    do {
      let box = try AES.GCM.SealedBox(combined: sealed)
      return Array(try AES.GCM.open(box, using: key.symmetric, authenticating: context))
    } catch {
      throw Problem(
        "sealing.not-opened", what: "the sealed content cannot be opened",
        why: "the key or the record is another one, or bytes were changed",
        mend: "restore the content from a backup, or the keys from the recovery file")
    }
  }
}
