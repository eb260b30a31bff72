import Ground
import TestSupport
import Testing

@testable import Sealing

@Suite(
  "changed timestamps", .enabled(if: OpenSSL.path != nil, Comment(rawValue: OpenSSL.missing)))
struct TimestampMutationTests {
  static let digest = Digest(of: "stamped".utf8)

  /// One to three changes: a bit, a byte, a piece taken out, doubled, moved or cut off.
  static func mutated(_ bytes: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<random.int(1...3) where bytes.count > 8 {
      let place = random.int(0...(bytes.count - 1))
      let piece = place..<min(bytes.count, place + random.int(1...8))
      switch random.int(0...19) {
      case 0...11: bytes[place] ^= 1 << UInt8(random.int(0...7))
      case 12...15: bytes[place] = UInt8(random.int(0...255))
      case 16: bytes.removeSubrange(piece)
      case 17: bytes.insert(contentsOf: bytes[piece], at: random.int(0...(bytes.count - 1)))
      case 18: bytes.insert(UInt8(random.int(0...255)), at: place)
      default: bytes.removeLast(random.int(1...8))
      }
    }
    return bytes
  }

  @Test(
    "of 20,000 changed replies none crashes, and none verifies with a signed part changed",
    arguments: [3161, 5652, 5816, 5035])
  func mutations(seed: UInt64) async throws {
    let authority = try Authority.shared.get()
    let roots = [try authority.certificate("root")]
    let request = TimestampRequest(digest: Self.digest, nonce: [7, 7, 7])
    let reply = try authority.reply(to: request.der, signer: "p256")
    let good = try TimestampToken(reply: reply)
    let stamp = try await good.verify(digest: Self.digest, nonce: request.nonce, roots: roots)
    var random = SplitMix64(seed: seed)
    var read = 0
    for number in 0..<5000 {
      let bytes = Self.mutated(reply, &random)
      guard bytes != reply, let token = try? TimestampToken(reply: bytes) else { continue }
      read += 1
      guard
        let again = try? await token.verify(
          digest: Self.digest, nonce: request.nonce, roots: roots)
      else { continue }
      let isSame =
        again == stamp && token.signed.statement == good.signed.statement
        && token.signed.attributes.signedBytes == good.signed.attributes.signedBytes
        && token.signed.signature == good.signed.signature
        && token.signed.signer.der == good.signed.signer.der
      #expect(isSame, "change \(number) verified")
    }
    // Otherwise the changes would not have reached the checks.
    #expect(read > 500)
  }

  @Test("what nobody signed may change: a reply granted with changes is taken")
  func unsigned() async throws {
    let authority = try Authority.shared.get()
    let request = TimestampRequest(digest: Self.digest)
    var reply = try authority.reply(to: request.der, signer: "p256")
    let status = try #require(reply.firstRange(of: [0x30, 3, 2, 1, 0])).upperBound - 1
    reply[status] = 1
    _ = try await TimestampToken(reply: reply).verify(
      digest: Self.digest, nonce: request.nonce, roots: [authority.certificate("root")])
    for other: UInt8 in 2...6 {
      reply[status] = other
      #expect(throws: Problem("sealing.timestamp-refused", what: "")) {
        try TimestampToken(reply: reply)
      }
    }
  }

  @Test("each changed bit of statement, attributes and signature is told")
  func everyBit() async throws {
    let authority = try Authority.shared.get()
    let roots = [try authority.certificate("root")]
    let token = try authority.token(over: Statement().der, signer: "p256")
    let good = try TimestampToken(token: token)
    for part in [
      good.signed.statement, Array(good.signed.attributes.signedBytes.dropFirst()),
      good.signed.signature,
    ] {
      let start = try #require(token.firstRange(of: part)).lowerBound
      for index in part.indices {
        var changed = token
        changed[start + index] ^= 1 << UInt8(index % 8)
        let problem: Problem?
        do throws(Problem) {
          _ = try await TimestampToken(token: changed).verify(
            digest: Self.digest, nonce: nil, roots: roots)
          problem = nil
        } catch { problem = error }
        #expect(problem != nil, "byte \(index) of \(part.count)")
      }
    }
  }
}
