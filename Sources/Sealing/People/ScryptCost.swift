internal import Crypto
internal import CryptoExtras
internal import FoundationEssentials
internal import Ground

/// What it costs to try one passphrase.
///
/// Source: RFC 7914, section 2; OWASP Password Storage Cheat Sheet (N = 2^17, r = 8, p = 1).
struct ScryptCost: Equatable, Sendable {
  /// Binary logarithm of N.
  var logCost: Int
  /// Block size r: one try takes 128 · N · r bytes of memory.
  var blockSize = 8
  /// Parallelism p.
  var parallelism = 1

  /// The usual cost: 128 MiB and about a quarter of a second.
  static let usualLogCost = 17

  /// A product N · r · p of 2^21 at most, which is 256 MiB: a hostile text cannot ask for more.
  var isBearable: Bool {
    guard 4...18 ~= logCost, 1...16 ~= blockSize, 1...16 ~= parallelism else { return false }
    return (1 << logCost) * blockSize * parallelism <= 1 << 21
  }

  /// `ln=17,r=8,p=1`.
  var text: String { "ln=\(logCost),r=\(blockSize),p=\(parallelism)" }

  init(logCost: Int) { self.logCost = logCost }

  /// Reads `ln=17,r=8,p=1`; nil for anything else and for more than is bearable.
  init?(_ text: String) {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    guard text.utf8.count <= 20, parts.count == 3, parts[0].hasPrefix("ln="),
      parts[1].hasPrefix("r="), parts[2].hasPrefix("p="),
      let logCost = Int(parts[0].dropFirst(3)), let blockSize = Int(parts[1].dropFirst(2)),
      let parallelism = Int(parts[2].dropFirst(2))
    else { return nil }
    self.logCost = logCost
    self.blockSize = blockSize
    self.parallelism = parallelism
    // Written again it must be the same text: no signs, no zeros in front.
    guard isBearable, self.text == text else { return nil }
  }

  /// A key of so many bytes from a secret.
  ///
  /// - Throws: `sealing.not-derived`.
  func key(from secret: [UInt8], salt: [UInt8], byteCount: Int) throws(Problem) -> [UInt8] {
    if isBearable, !secret.isEmpty, !salt.isEmpty, byteCount > 0,
      let key = try? KDF.Scrypt.deriveKey(
        from: secret, salt: salt, outputByteCount: byteCount, rounds: 1 << logCost,
        blockSize: blockSize, parallelism: parallelism)
    {
      return key.withUnsafeBytes { Array($0) }
    }
    throw notDerived
  }

  var notDerived: Problem {
    Problem(
      "sealing.not-derived", what: "no key can be made from the passphrase",
      why: "the passphrase or its salt is empty, the cost \(text) is outside ln=4 to 18 and 256 "
        + "MiB, or the machine has too little memory",
      mend: "give a passphrase, and 256 MiB of free memory")
  }
}
