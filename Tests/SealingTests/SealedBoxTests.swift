import Ground
import Sealing
import TestSupport
import Testing

@Suite("sealed boxes and wrapped keys")
struct SealedBoxTests {
  static let refused = Problem("sealing.not-opened", what: "")
  static let notUnwrapped = Problem("sealing.not-unwrapped", what: "")

  @Test("what was sealed opens with the same key and context, at every length to 100")
  func roundTrip() throws {
    let key = SecretKey()
    for count in 0...100 {
      let plain = (0..<count).map { UInt8($0) }
      let context = Array("record \(count)".utf8)
      let sealed = try SealedBox.seal(plain, key: key, context: context)
      #expect(sealed.count == count + SealedBox.overhead)
      #expect(try SealedBox.open(sealed, key: key, context: context) == plain)
    }
  }

  /// Source: McGrew, Viega, "The Galois/Counter Mode of Operation (GCM)", test case 16.
  @Test("a published AES-256-GCM message opens")
  func published() throws {
    let key = try #require(
      SecretKey(
        bytes: bytes(hex: "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308")))
    let sealed = try bytes(
      hex: "cafebabefacedbaddecaf888"
        + "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
        + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
        + "76fc6ece0f4e1768cddf8853bb2d551b")
    let context = try bytes(hex: "feedfacedeadbeeffeedfacedeadbeefabaddad2")
    #expect(
      Hex.text(try SealedBox.open(sealed, key: key, context: context))
        == "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
        + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39")
  }

  @Test("every changed bit, cut and added byte is refused")
  func changed() throws {
    let key = SecretKey()
    let sealed = try SealedBox.seal([1, 2, 3, 4, 5], key: key, context: [9])
    for index in sealed.indices {
      for bit in 0..<8 {
        var changed = sealed
        changed[index] ^= 1 << bit
        #expect(throws: Self.refused) { try SealedBox.open(changed, key: key, context: [9]) }
      }
      #expect(throws: Self.refused) {
        try SealedBox.open(Array(sealed.prefix(index)), key: key, context: [9])
      }
    }
    #expect(throws: Self.refused) { try SealedBox.open(sealed + [0], key: key, context: [9]) }
  }

  @Test("another key and another context are refused")
  func another() throws {
    let key = SecretKey()
    let sealed = try SealedBox.seal([1], key: key, context: Array("a:1".utf8))
    #expect(throws: Self.refused) {
      try SealedBox.open(sealed, key: SecretKey(), context: Array("a:1".utf8))
    }
    for context in ["a:2", "a:", "a:11", ""] {
      #expect(throws: Self.refused) {
        try SealedBox.open(sealed, key: key, context: Array(context.utf8))
      }
    }
  }

  @Test("the same content sealed twice has another nonce")
  func nonces() throws {
    let key = SecretKey()
    let nonces = try (0..<500).map { _ in
      Array(try SealedBox.seal([1], key: key, context: []).prefix(12))
    }
    #expect(Set(nonces).count == 500)
  }

  /// Source: RFC 3394, section 4.6.
  @Test("the published key wraps to the published bytes")
  func wrapped() throws {
    let above = try #require(SecretKey(bytes: Array(0...31)))
    let key = try #require(
      SecretKey(
        bytes: bytes(hex: "00112233445566778899aabbccddeeff000102030405060708090a0b0c0d0e0f")))
    let wrapped = try KeyWrap.wrap(key, under: above)
    #expect(wrapped.count == KeyWrap.byteCount)
    #expect(
      Hex.text(wrapped)
        == "28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326cbc7f0e71a99f43bfb988b9b7a02dd21")
    #expect(try KeyWrap.unwrap(wrapped, under: above) == key)
  }

  @Test("every changed bit of a wrapped key, another length and another key above are refused")
  func wrappedChanged() throws {
    let above = SecretKey()
    let wrapped = try KeyWrap.wrap(SecretKey(), under: above)
    for bit in 0..<(wrapped.count * 8) {
      var changed = wrapped
      changed[bit / 8] ^= 1 << (bit % 8)
      #expect(throws: Self.notUnwrapped) { try KeyWrap.unwrap(changed, under: above) }
    }
    for count in [0, 8, 16, 24, 32, 39] {
      #expect(throws: Self.notUnwrapped) {
        try KeyWrap.unwrap(Array(wrapped.prefix(count)), under: above)
      }
    }
    #expect(throws: Self.notUnwrapped) { try KeyWrap.unwrap(wrapped + [0], under: above) }
    #expect(throws: Self.notUnwrapped) { try KeyWrap.unwrap(wrapped, under: SecretKey()) }
  }

  @Test("a key has 32 bytes, is another each time and shows none of them")
  func keys() throws {
    let key = SecretKey()
    #expect(key.bytes.count == 32)
    #expect(SecretKey() != key)
    #expect(SecretKey(bytes: key.bytes) == key)
    #expect(SecretKey(bytes: Array(key.bytes.dropLast())) == nil)
    #expect(SecretKey(bytes: key.bytes + [0]) == nil)
    var shown = "\(key) \(String(reflecting: key)) \([key])"
    dump(key, to: &shown)
    #expect(!shown.contains("\(key.bytes[0]), \(key.bytes[1])"))
    #expect(Mirror(reflecting: key).children.isEmpty)
  }
}
