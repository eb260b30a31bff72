internal import SwiftASN1

/// The names that requests, tokens and their signatures use.
///
/// Source: RFC 3161, sections 2.4.1 and 2.4.2; RFC 5652, sections 4, 5 and 11; RFC 5035, sections 3
/// and 5; RFC 5754; RFC 5758; RFC 8017, appendix A.2.
extension ASN1ObjectIdentifier {
  static let signedData: Self = [1, 2, 840, 113549, 1, 7, 2]
  static let timestampContent: Self = [1, 2, 840, 113549, 1, 9, 16, 1, 4]

  static let contentType: Self = [1, 2, 840, 113549, 1, 9, 3]
  static let messageDigest: Self = [1, 2, 840, 113549, 1, 9, 4]
  static let signingCertificate: Self = [1, 2, 840, 113549, 1, 9, 16, 2, 12]
  static let signingCertificateV2: Self = [1, 2, 840, 113549, 1, 9, 16, 2, 47]

  static let sha256: Self = [2, 16, 840, 1, 101, 3, 4, 2, 1]
  static let sha384: Self = [2, 16, 840, 1, 101, 3, 4, 2, 2]
  static let sha512: Self = [2, 16, 840, 1, 101, 3, 4, 2, 3]

  static let rsa: Self = [1, 2, 840, 113549, 1, 1, 1]
  static let rsaWithSHA256: Self = [1, 2, 840, 113549, 1, 1, 11]
  static let rsaWithSHA384: Self = [1, 2, 840, 113549, 1, 1, 12]
  static let rsaWithSHA512: Self = [1, 2, 840, 113549, 1, 1, 13]
  static let ecdsaWithSHA256: Self = [1, 2, 840, 10045, 4, 3, 2]
  static let ecdsaWithSHA384: Self = [1, 2, 840, 10045, 4, 3, 3]
  static let ecdsaWithSHA512: Self = [1, 2, 840, 10045, 4, 3, 4]

  /// Numbers and points, such as `1.2.840.113549`.
  var dotted: String {
    // The library divides the first two numbers wrongly where the second is above 39.
    let parts = oidComponents
    let joined = parts[0] * 40 + parts[1]
    let first = min(2, joined / 40)
    return ([first, joined - first * 40] + parts.dropFirst(2)).map { String($0) }
      .joined(separator: ".")
  }
}
