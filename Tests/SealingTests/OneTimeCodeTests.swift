import Testing

@testable import Sealing

@Suite("Codes of a second factor")
struct OneTimeCodeTests {
  /// Source: RFC 6238, appendix B (SHA-1, eight digits).
  @Test(
    "are those of the standard",
    arguments: [
      (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"),
      (1_234_567_890, "89005924"), (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
    ])
  func vectors(_ seconds: Int, _ code: String) {
    let key = Array("12345678901234567890".utf8)
    #expect(OneTimeCode.code(key, OneTimeCode.step(at: seconds), digits: 8) == code)
  }

  @Test("count half a minute before and after, and once")
  func window() throws {
    let secret = OneTimeCode.secret()
    let now = 1_780_000_015
    let step = OneTimeCode.step(at: now)
    func taken(_ of: Int, after last: Int = 0) throws -> Int? {
      OneTimeCode.step(
        of: try #require(OneTimeCode.code(secret: secret, step: of)), secret: secret, at: now,
        after: last)
    }
    for near in -1...1 { #expect(try taken(step + near) == step + near) }
    for far in [-2, 2, 100] { #expect(try taken(step + far) == nil) }
    #expect(try taken(step, after: step) == nil, "used")
    #expect(try taken(step - 1, after: step) == nil, "older than one that was used")
    #expect(try taken(step + 1, after: step) == step + 1)
    for wrong in ["", "12345", "1234567", "abcdef"] {
      #expect(OneTimeCode.step(of: wrong, secret: secret, at: now, after: 0) == nil)
    }
    #expect(OneTimeCode.step(of: "123456", secret: "not base32!", at: now, after: 0) == nil)
  }

  /// Source: RFC 4648, section 10, without padding.
  @Test(
    "come from secrets in base 32",
    arguments: [
      ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"),
      ("fooba", "MZXW6YTB"), ("foobar", "MZXW6YTBOI"),
    ])
  func base32(_ plain: String, _ text: String) {
    #expect(Base32.text(Array(plain.utf8)) == text)
    #expect(Base32.bytes(text) == Array(plain.utf8))
  }

  @Test("need 160 random bits")
  func secrets() {
    let secrets = Set((0..<50).map { _ in OneTimeCode.secret() })
    #expect(secrets.count == 50 && secrets.allSatisfy { $0.utf8.count == 32 })
  }
}
