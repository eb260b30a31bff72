import Ground
import Sealing
import Testing

@Suite("access tokens")
struct AccessTokenTests {
  static let refused = Problem("sealing.bad-token", what: "")

  @Test("a new token is another each time, of 53 plain characters, and is read again")
  func new() throws {
    let token = AccessToken()
    #expect(token.text.hasPrefix("sys_"))
    #expect(token.text.utf8.count == AccessToken.characterCount)
    #expect(token.text.utf8.allSatisfy { $0 < 0x80 && $0 > 0x20 })
    let read = try AccessToken(token.text)
    #expect(read.digest == token.digest)
    #expect(token.matches(digest: read.digest))
    #expect(Set((0..<500).map { _ in AccessToken().text }).count == 500)
  }

  @Test("what is kept is the SHA-256 of the text, and only it matches")
  func digest() throws {
    let token = AccessToken()
    #expect(token.digest == Digest(of: token.text.utf8).hex)
    #expect(!token.matches(digest: AccessToken().digest))
    #expect(!token.matches(digest: token.digest.uppercased()))
    #expect(!token.matches(digest: String(token.digest.dropLast())))
    #expect(!token.matches(digest: ""))
  }

  @Test("every slip of the pen is told")
  func slips() {
    let text = AccessToken().text
    for (index, character) in text.enumerated() {
      var changed = Array(text)
      changed[index] = character == "A" ? "B" : "A"
      #expect(throws: Self.refused) { try AccessToken(String(changed)) }
      changed.remove(at: index)
      #expect(throws: Self.refused) { try AccessToken(String(changed)) }
    }
    var swapped = Array(text)
    if swapped[10] == swapped[11] { swapped[10] = swapped[10] == "A" ? "B" : "A" }
    swapped.swapAt(10, 11)
    #expect(throws: Self.refused) { try AccessToken(String(swapped)) }
  }

  @Test(
    "what is no token is refused",
    arguments: [
      "", "sys_", String(repeating: "A", count: 53), "sys_" + String(repeating: "A", count: 49),
      "sys_" + String(repeating: "é", count: 49), String(repeating: "sys_", count: 10_000),
    ])
  func none(text: String) {
    #expect(throws: Self.refused) { try AccessToken(text) }
    #expect(throws: Self.refused) { try AccessToken(" " + AccessToken().text) }
    #expect(throws: Self.refused) { try AccessToken(AccessToken().text + "\n") }
  }

  @Test("a token does not show itself by accident")
  func hidden() {
    let token = AccessToken()
    var shown = "\(token) \(String(reflecting: token)) \([token])"
    dump(token, to: &shown)
    #expect(!shown.contains("sys_"))
  }
}
