internal import Crypto
internal import FoundationEssentials
internal import SwiftASN1

/// The digests that a token may use.
///
/// Source: RFC 5754, section 2.
enum DigestAlgorithm: Sendable {
  case sha256, sha384, sha512

  /// The algorithm of an identifier; SHA-1 and unknown ones are refused.
  init(_ identifier: ASN1ObjectIdentifier) throws {
    switch identifier {
    case .sha256: self = .sha256
    case .sha384: self = .sha384
    case .sha512: self = .sha512
    default: throw Malformed("its digest \(identifier.dotted) is not SHA-256, SHA-384 or SHA-512")
    }
  }

  /// The digest of bytes.
  func digest(of bytes: [UInt8]) -> [UInt8] {
    switch self {
    case .sha256: Array(SHA256.hash(data: bytes))
    case .sha384: Array(SHA384.hash(data: bytes))
    case .sha512: Array(SHA512.hash(data: bytes))
    }
  }
}
