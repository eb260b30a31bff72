import Sealing
import Testing

@Suite("commitments and random text")
struct CommitmentTests {
  @Test("a published content and salt give the published commitment")
  func content() {
    #expect(
      Hex.text(
        Commitment.value(content: Array(#"{"name":"Jane Doe"}"#.utf8), salt: Array(0...31)))
        == "082204f9229c9375992a2e690757b9397c3ba33d6b4159a07f88e9e4d727ca96")
  }

  /// Source: RFC 4231, sections 4.2 to 4.5 and 4.7.
  @Test(
    "the published HMAC-SHA256 values, also for keys longer than a block",
    arguments: [
      (
        [UInt8](repeating: 0x0B, count: 20), Array("Hi There".utf8),
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
      ),
      (
        Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
      ),
      (
        [UInt8](repeating: 0xAA, count: 20), [UInt8](repeating: 0xDD, count: 50),
        "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
      ),
      (
        Array(1...25), [UInt8](repeating: 0xCD, count: 50),
        "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"
      ),
      (
        [UInt8](repeating: 0xAA, count: 131),
        Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
      ),
    ])
  func published(salt: [UInt8], content: [UInt8], hex: String) {
    #expect(Hex.text(Commitment.value(content: content, salt: salt)) == hex)
  }

  @Test("another content or another salt gives another commitment")
  func another() {
    let salt = Commitment.salt()
    let value = Commitment.value(content: [1, 2], salt: salt)
    #expect(value.count == 32)
    #expect(salt.count == 32)
    #expect(Commitment.value(content: [1, 2], salt: salt) == value)
    #expect(Commitment.value(content: [1, 3], salt: salt) != value)
    #expect(Commitment.value(content: [1, 2], salt: Commitment.salt()) != value)
  }

  @Test("equality sees every bit and the length")
  func equality() {
    let value = Commitment.salt()
    #expect(Commitment.isEqual(value, value))
    #expect(Commitment.isEqual([], []))
    for bit in 0..<256 {
      var changed = value
      changed[bit / 8] ^= 1 << (bit % 8)
      #expect(!Commitment.isEqual(value, changed))
    }
    #expect(!Commitment.isEqual(value, Array(value.dropLast())))
    #expect(!Commitment.isEqual(value, []))
  }

  @Test("random text has the asked length, none of the look-alikes, and every other character")
  func text() {
    #expect(RandomText.key(length: 0).isEmpty)
    for length in [1, 2, 11, 12, 13, 26, 64] {
      #expect(RandomText.key(length: length).utf8.count == length)
    }
    let text = RandomText.key(length: 31_000)
    #expect(Set(text) == Set("23456789abcdefghjkmnpqrstuvwxyz"))
  }

  @Test("no character of random text is favoured")
  func unbiased() {
    var counts: [Character: Int] = [:]
    for character in RandomText.key(length: 62_000) { counts[character, default: 0] += 1 }
    // 2,000 are expected and 44 is one deviation: eight of them do not happen by chance.
    for (character, count) in counts {
      #expect(1650...2350 ~= count, "\(character) came \(count) times")
    }
  }

  @Test("a thousand random texts are all different")
  func different() {
    #expect(Set((0..<1000).map { _ in RandomText.key(length: 16) }).count == 1000)
  }
}
