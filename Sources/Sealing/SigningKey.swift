internal import Crypto
internal import FoundationEssentials
public import Ground

/// An Ed25519 key that signs.
///
/// Source: RFC 8032. The room keeps no keys: who makes one stores it.
public struct SigningKey: Sendable {
  private let key: Curve25519.Signing.PrivateKey

  /// A new key from the system's random numbers.
  public init() { key = Curve25519.Signing.PrivateKey() }

  /// The key of a seed of 32 bytes.
  ///
  /// - Throws: `sealing.bad-key`.
  public init(seed: [UInt8]) throws(Problem) {
    do { key = try Curve25519.Signing.PrivateKey(rawRepresentation: seed) } catch {
      throw Problem(
        "sealing.bad-key", what: "the signing key cannot be used",
        why: "an Ed25519 seed has 32 bytes",
        mend: "restore the key from the recovery file")
    }
  }

  /// The seed, 32 bytes: keep it where only the owner can read.
  public var seed: [UInt8] { Array(key.rawRepresentation) }

  /// The key that verifies.
  public var verifying: VerifyingKey { VerifyingKey(key.publicKey) }

  /// The signature of a message, 64 bytes, the same each time: Ed25519 of RFC 8032 is deterministic.
  ///
  /// - Throws: `sealing.not-signed`.
  public func sign(_ message: some Collection<UInt8>) throws(Problem) -> [UInt8] {
    do { return Array(try key.signature(for: Array(message))) } catch {
      throw Problem(
        "sealing.not-signed", what: "the message could not be signed",
        why: "the cryptographic library refused the key",
        mend: "restore the key from the recovery file")
    }
  }
}

/// An Ed25519 key that verifies.
public struct VerifyingKey: Sendable, Hashable {
  /// The 32 bytes of the key.
  public let bytes: [UInt8]

  /// The key from its 32 bytes; nil for any other length.
  public init?(bytes: [UInt8]) {
    guard (try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)) != nil else { return nil }
    self.bytes = bytes
  }

  fileprivate init(_ key: Curve25519.Signing.PublicKey) { bytes = Array(key.rawRepresentation) }

  /// Whether a signature of 64 bytes is good for a message.
  public func accepts(_ signature: some Collection<UInt8>, of message: some Collection<UInt8>)
    -> Bool
  {
    guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes) else {
      return false
    }
    return key.isValidSignature(Array(signature), for: Array(message))
  }
}
