import Sealing
import TestSupport
import Testing

@Suite("digests")
struct DigestTests {
  /// Source: FIPS 180-4 examples, NIST CAVP SHA256ShortMsg.
  @Test(
    "SHA-256 of published messages",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
    ])
  func published(message: String, hex: String) {
    #expect(Digest(of: message.utf8).hex == hex)
    #expect(Digest(of: Array(message.utf8)).hex == hex)
  }

  @Test("a million times the letter a, piece by piece")
  func million() {
    var stream = DigestStream()
    let piece = [UInt8](repeating: 0x61, count: 1000)
    for _ in 0..<1000 { piece.withUnsafeBytes { stream.update($0) } }
    #expect(
      stream.finish().hex == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test("however a message is cut, its digest is the same")
  func cut() {
    property { random in
      let bytes = (0..<random.int(0...300)).map { _ in UInt8(random.int(0...255)) }
      var stream = DigestStream()
      var rest = bytes[...]
      while !rest.isEmpty {
        let piece = rest.prefix(random.int(1...80))
        if random.int(0...1) == 0 {
          stream.update(piece)
        } else {
          stream.update(AnyCollection(piece))
        }
        rest = rest.dropFirst(piece.count)
      }
      return stream.finish() == Digest(of: bytes) ? nil : "\(bytes.count) bytes differ"
    }
  }

  @Test("a stream goes on after its digest was asked for")
  func goesOn() {
    var stream = DigestStream()
    stream.update(Array("ab".utf8))
    let early = stream.finish()
    stream.update(Array("c".utf8))
    #expect(early == Digest(of: "ab".utf8))
    #expect(stream.finish() == Digest(of: "abc".utf8))
  }

  @Test("leaves and nodes are the digests of their bytes in a row")
  func prefixed() {
    let left = Digest(of: "left".utf8)
    let right = Digest(of: "right".utf8)
    #expect(Digest(prefix: 1, left, right) == Digest(of: [1] + left.bytes + right.bytes))
    let leaf = [UInt8](0...200).withUnsafeBytes { Digest(prefix: 0, $0) }
    #expect(leaf == Digest(of: [0] + [UInt8](0...200)))
  }

  @Test("32 bytes are a digest, 31 and 33 are none")
  func lengths() {
    let digest = Digest(of: "x".utf8)
    #expect(Digest(bytes: digest.bytes) == digest)
    #expect(Digest(bytes: digest.bytes.dropLast()) == nil)
    #expect(Digest(bytes: digest.bytes + [0]) == nil)
  }

  @Test("hexadecimal text gives its bytes back, and nothing else is read")
  func hex() {
    #expect(Hex.text([0, 15, 16, 255]) == "000f10ff")
    #expect(Hex.bytes("000f10ff") == [0, 15, 16, 255])
    for text in ["0", "0G", "FF", " 0", "0x00", "é0"] { #expect(Hex.bytes(text) == nil) }
  }
}
