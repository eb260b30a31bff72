import Testing

@testable import Sealing

@Suite("Codes of reports, and proofs of work")
struct TrackingCodeTests {
  private static let key = "k3v9qz7d2m5x"

  @Test("a code reads back as it is shown, with any capitals, hyphens and spaces")
  func reads() throws {
    let code = TrackingCode(key: Self.key)
    for typed in [
      code.text, code.text.uppercased(), code.text.replacing("-", with: " "),
      " " + code.text.replacing("-", with: "") + "\n",
    ] {
      let read = try #require(TrackingCode(typed))
      #expect(read.key == Self.key && read.matches(digest: code.digest))
    }
    #expect(code.text.split(separator: "-").map(\.count) == Array(repeating: 5, count: 8))
  }

  @Test("any other letter makes another code, and nearly always none at all")
  func slips() throws {
    let code = TrackingCode(key: Self.key)
    let letters = Array(code.text)
    var taken = 0
    for place in letters.indices where letters[place] != "-" {
      for letter in "23456789abcdefghjkmnpqrstuvwxyz" where letter != letters[place] {
        var changed = letters
        changed[place] = letter
        guard let read = TrackingCode(String(changed)) else { continue }
        taken += 1
        #expect(!read.matches(digest: code.digest), "\(String(changed))")
      }
    }
    #expect(taken < 20, "two characters find all but one slip in 961")
  }

  @Test(
    "what is no code is none",
    arguments: [
      "", "k3v9qz7d2m5x", String(repeating: "a", count: 40), String(repeating: "0", count: 40),
      String(repeating: "2", count: 41), String(repeating: "é", count: 40),
      String(repeating: "-", count: 5000),
    ])
  func none(_ text: String) { #expect(TrackingCode(text) == nil) }

  @Test("secrets differ, and one that follows from a request is the same for the same request only")
  func secrets() {
    #expect(TrackingCode(key: Self.key).digest != TrackingCode(key: Self.key).digest)
    let salt = [UInt8](repeating: 7, count: 32)
    func made(_ text: String, _ salt: [UInt8]) -> String {
      TrackingCode(key: Self.key, from: Array(text.utf8), under: salt).text
    }
    #expect(made("a", salt) == made("a", salt))
    #expect(made("a", salt) != made("b", salt))
    #expect(made("a", salt) != made("a", [UInt8](repeating: 8, count: 32)))
    #expect(TrackingCode(made("a", salt)) != nil)
  }

  @Test("no dump shows the secret")
  func dumps() {
    let code = TrackingCode(key: Self.key)
    var text = ""
    dump(code, to: &text)
    #expect(!text.contains(Self.key) && "\(code)" == "TrackingCode")
  }

  @Test("a proof of work has as many zero bits as are asked for", arguments: [0, 1, 7, 8, 9, 12])
  func proofs(_ bits: Int) {
    let proof = WorkProof.found(for: "challenge", bits: bits)
    #expect(WorkProof.isRight(proof, for: "challenge", bits: bits))
    let digest = Digest(of: "challenge:\(proof)".utf8).bytes
    let number = digest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
    #expect(number >> (32 - bits) == 0)
    #expect(!WorkProof.isRight(proof, for: "challenge", bits: 64))
  }
}
