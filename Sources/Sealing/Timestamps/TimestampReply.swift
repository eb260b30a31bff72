internal import Ground
internal import SwiftASN1

/// What an authority answers: a token, or why there is none.
///
/// Source: RFC 3161, section 2.4.2 (TimeStampResp); RFC 4210, section 5.2.3 (PKIStatusInfo).
enum TimestampReply {
  /// The token in a reply.
  ///
  /// - Throws: `sealing.bad-timestamp`, `sealing.timestamp-refused`.
  static func token(_ reply: [UInt8]) throws(Problem) -> ASN1Node {
    guard reply.count <= TimestampToken.mostBytes else {
      throw TimestampProblem.malformed("the reply has more than \(TimestampToken.mostBytes) bytes")
    }
    let status: (number: Int, reasons: [String])
    let token: ASN1Node?
    do {
      var parts = try DERReader(DER.parse(reply), .sequence, "the reply")
      status = try read(parts.take("the status"))
      token = parts.take(if: .sequence)
      try parts.end("the reply")
    } catch { throw TimestampProblem.malformed(error) }
    // Granted is 0, granted with changes 1.
    guard status.number <= 1 else {
      throw TimestampProblem.refused(
        (["status \(status.number)" + (words[status.number].map { " (\($0))" } ?? "")]
          + status.reasons).joined(separator: "; "))
    }
    guard let token else { throw TimestampProblem.malformed("it was granted without a token") }
    return token
  }

  private static func read(_ node: ASN1Node) throws -> (Int, [String]) {
    var parts = try DERReader(node, .sequence, "the status")
    let number = try parts.take("the status").number("the status")
    var reasons: [String] = []
    if let texts = parts.take(if: .sequence) {
      var list = try DERReader(texts, .sequence, "the status text")
      reasons = try list.takeAll().prefix(4).map {
        "\"" + Printable.text(try $0.octets(.utf8String)) + "\""
      }
    }
    if let failure = parts.take(if: .bitString) {
      let bits = try ASN1BitString(derEncoded: failure).bytes
      for (index, byte) in bits.prefix(4).enumerated() {
        for bit in 0..<8 where byte & (0x80 >> bit) != 0 {
          reasons.append(failures[index * 8 + bit] ?? "failure \(index * 8 + bit)")
        }
      }
    }
    try parts.end("the status")
    return (number, reasons)
  }

  private static let words: [Int: String] = [
    2: "rejection", 3: "waiting", 4: "revocation warning", 5: "revocation notification",
  ]

  private static let failures: [Int: String] = [
    0: "the authority does not take SHA-256", 2: "the request is not allowed",
    5: "the request has the wrong form", 14: "the source of time is not available",
    15: "the policy is not supported", 16: "an extension is not supported",
    17: "what was asked for is not available", 25: "the authority failed",
  ]
}
