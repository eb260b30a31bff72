/// Work that somebody shows before a stranger's report is taken: a text whose SHA-256, with the challenge before it,
/// begins with some zero bits.
///
/// Source: the idea of Back (2002), Hashcash, section 2, with SHA-256.
public enum WorkProof {
  /// Whether a proof answers a challenge.
  ///
  /// - Parameter bits: how many leading bits of the digest are zero.
  public static func isRight(_ proof: String, for challenge: String, bits: Int) -> Bool {
    let digest = Digest(of: "\(challenge):\(proof)".utf8).bytes
    var zeros = 0
    for byte in digest {
      zeros += byte.leadingZeroBitCount
      if byte != 0 { break }
    }
    return zeros >= bits
  }

  /// A proof, tried out one number after the other: twice the work for each bit more.
  public static func found(for challenge: String, bits: Int) -> String {
    var number = 0
    while !isRight(String(number), for: challenge, bits: bits) { number += 1 }
    return String(number)
  }
}
