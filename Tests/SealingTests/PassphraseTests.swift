import Ground
import Sealing
import Testing

@testable import struct Sealing.ScryptCost

@Suite("passphrases")
struct PassphraseTests {
  /// A cost for tests: a thousandth of the usual one.
  static let low = 8

  /// Source: RFC 7914, section 12.
  @Test(
    "the published scrypt keys",
    arguments: [
      (
        "password", "NaCl", 10, 16,
        "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
          + "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640"
      ),
      (
        "pleaseletmein", "SodiumChloride", 14, 1,
        "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
          + "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887"
      ),
    ])
  func published(text: String, salt: String, logCost: Int, parallelism: Int, hex: String) throws {
    var cost = ScryptCost(logCost: logCost)
    cost.parallelism = parallelism
    let key = try cost.key(from: Array(text.utf8), salt: Array(salt.utf8), byteCount: 64)
    #expect(Hex.text(key) == hex)
  }

  @Test("hashes that Python's hashlib made are verified")
  func foreign() throws {
    let first =
      "$scrypt$ln=10,r=8,p=1$AAECAwQFBgcICQoLDA0ODw$IFoxkukG378fmbs4oYnhQp6oNKdJK2mVjNvpMDvyDO4"
    #expect(try Passphrase.verify("Grüße aus Brüssel", against: first))
    #expect(try Passphrase.verify("Gru\u{308}ße aus Bru\u{308}ssel", against: first))
    #expect(try !Passphrase.verify("Grusse aus Brussel", against: first))
    let second =
      "$scrypt$ln=12,r=4,p=2$AAECAwQFBgcICQoLDA0ODw$VfeoeaIGsd8ChCnwtYdC2tMcrxlaEuYPs6foknpGbJo"
    #expect(try Passphrase.verify("correct horse battery", against: second))
  }

  @Test("a hash verifies its own passphrase and no other, and is another each time")
  func roundTrip() throws {
    let kept = try Passphrase.hash("four unrelated words", logCost: Self.low)
    #expect(kept.hasPrefix("$scrypt$ln=8,r=8,p=1$"))
    #expect(try Passphrase.verify("four unrelated words", against: kept))
    for other in ["four unrelated word", "Four unrelated words", " four unrelated words", ""] {
      #expect(try !Passphrase.verify(other, against: kept))
    }
    #expect(try Passphrase.hash("four unrelated words", logCost: Self.low) != kept)
  }

  @Test("a passphrase is not cut: its last character counts at the greatest length")
  func long() throws {
    let text = String(repeating: "abcdefg,", count: 31) + "abcdefg1"
    #expect(text.count == Passphrase.mostCharacters)
    let kept = try Passphrase.hash(text, logCost: Self.low)
    #expect(try Passphrase.verify(text, against: kept))
    #expect(try !Passphrase.verify(String(text.dropLast()) + "2", against: kept))
    #expect(try !Passphrase.verify(text + "1", against: kept))
    #expect(try !Passphrase.verify(String(repeating: "x", count: 1_000_000), against: kept))
  }

  @Test("an unknown person is refused after the same work")
  func nobody() throws {
    #expect(try !Passphrase.verifyNobody("four unrelated words", logCost: Self.low))
    #expect(try !Passphrase.verifyNobody("", logCost: Self.low))
  }

  @Test("a hash of another cost than asked for is outdated")
  func outdated() throws {
    let kept = try Passphrase.hash("four unrelated words", logCost: Self.low)
    #expect(try !Passphrase.isOutdated(kept, logCost: Self.low))
    #expect(try Passphrase.isOutdated(kept))
  }

  @Test(
    "too short, too long",
    arguments: [
      ("", "sealing.passphrase-too-short"), ("fourteen chars", "sealing.passphrase-too-short"),
      // Sixteen scalars that compose to eight.
      (
        String(repeating: "e\u{301}e\u{300}a\u{308}u\u{308}", count: 2),
        "sealing.passphrase-too-short"
      ),
      (String(repeating: "abcdefg,", count: 32) + "1", "sealing.passphrase-too-long"),
    ])
  func lengths(text: String, code: String) {
    #expect(throws: Problem(code, what: "")) { try Passphrase.check(text) }
    #expect(throws: Problem(code, what: "")) { try Passphrase.hash(text, logCost: Self.low) }
  }

  @Test(
    "what is guessed first is refused",
    arguments: [
      "123456789123456789", "12345678987654321", "123456789101112", "1111111111111111",
      "abcdefghijklmnop", "QWERTZUIOPASDFGHJKL", "1qaz2wsx3edc4rfv", "qazwsxedcrfvtgb",
      "q1w2e3r4t5y6u7i8", "abcabcabcabcabcabc", "familiyafamiliya", "letmein20261121!",
      "Administrator2026", "administrator!!", "systemic12345678", "compliance!!!!!!",
      "neworleans12345", "stefangreil1983", "john!20130605at1753", "qwertyuiop123456789",
      "demon1q2w3e4r5t", "somanypickles27", "manchesterunited", "Correct Horse Battery Staple",
      "zyxwvutsrqponmlk", "password20261231", "........????????",
    ])
  func common(text: String) {
    #expect(throws: Problem("sealing.passphrase-too-common", what: "")) {
      try Passphrase.check(text)
    }
  }

  @Test(
    "other passphrases are taken, of any script and with spaces",
    arguments: [
      "four unrelated words", "tr0ub4dor and so on", "password of my third cat",
      "Ελληνικά λόγια εδώ", "秘密の合言葉です、長くて覚えやすい", "12 Monkeys, 1 dragon",
      "qwerty is no good idea", " fifteen chars 8", "kX9#mQ2vLr7!pZwd", "xkqjvbzpwmtrlds",
      "8402751936604827153948", "👩‍👩‍👧‍👦🦊🌍⛵️🌋🎻🥖🦔🐝🌵",
    ])
  func taken(text: String) throws { try Passphrase.check(text) }

  @Test(
    "a kept form that is hostile or not ours is refused before any work",
    arguments: [
      "", "$", "plain", "$scrypt$", "$argon2id$v=19$m=19456,t=2,p=1$AAECAwQFBgc$AAECAwQFBgc",
      "$scrypt$ln=30,r=8,p=1$AAECAwQFBgcICQoLDA0ODw$IFoxkukG378fmbs4oYnhQp6oNKdJK2mVjNvpMDvyDO4",
      "$scrypt$ln=17,r=1024,p=1$AAECAwQFBgcICQoLDA0ODw$IFoxkukG378fmbs4oYnhQp6oNKdJK2mVjNvpMDvyDO4",
      "$scrypt$ln=17,r=8,p=999$AAECAwQFBgcICQoLDA0ODw$IFoxkukG378fmbs4oYnhQp6oNKdJK2mVjNvpMDvyDO4",
      "$scrypt$ln=18,r=8,p=2$AAECAwQFBgcICQoLDA0ODw$IFoxkukG378fmbs4oYnhQp6oNKdJK2mVjNvpMDvyDO4",
      "$scrypt$ln=-5,r=8,p=1$AAECAwQFBgcICQoLDA0ODw$IFoxkukG378fmbs4oYnhQp6oNKdJK2mVjNvpMDvyDO4",
      "$scrypt$ln=9223372036854775808,r=8,p=1$AAECAwQFBgcICQoLDA0ODw$IFoxkukG378fmbs4oYnhQp6oNKdJ",
      "$scrypt$ln=08,r=8,p=1$AAECAwQFBgcICQoLDA0ODw$IFoxkukG378fmbs4oYnhQp6oNKdJK2mVjNvpMDvyDO4",
      "$scrypt$ln=+8,r=8,p=1$AAECAwQFBgcICQoLDA0ODw$IFoxkukG378fmbs4oYnhQp6oNKdJK2mVjNvpMDvyDO4",
      "$scrypt$r=8,ln=8,p=1$AAECAwQFBgcICQoLDA0ODw$IFoxkukG378fmbs4oYnhQp6oNKdJK2mVjNvpMDvyDO4",
      "$scrypt$ln=8,r=8,p=1$$IFoxkukG378fmbs4oYnhQp6oNKdJK2mVjNvpMDvyDO4",
      "$scrypt$ln=8,r=8,p=1$AAECAwQFBgcICQoLDA0ODw$", "$scrypt$ln=8,r=8,p=1$AAECAwQFBgcICQoLDA0ODw",
      "$scrypt$ln=8,r=8,p=1$AAECAwQFBgcICQoLDA0ODw==$IFoxkukG378fmbs4oYnhQp6oNKdJK2mVjNvpMDvyDO4=",
      "$scrypt$ln=8,r=8,p=1$AAECAwQFBgcICQoLDA0OD!$IFoxkukG378fmbs4oYnhQp6oNKdJK2mVjNvpMDvyDO4",
      "$scrypt$ln=8,r=8,p=1$AAECAwQFBgcICQoLDA0ODx$IFoxkukG378fmbs4oYnhQp6oNKdJK2mVjNvpMDvyDO4",
      "$scrypt$ln=8,r=8,p=1$AAECAwQFBgcICQoLDA0ODw$IFoxkukG378fmbs4oYnhQp6oNKdJK2mVjNvpMDvyDO4$",
    ])
  func hostile(kept: String) {
    #expect(throws: Problem("sealing.bad-passphrase-hash", what: "")) {
      try Passphrase.verify("four unrelated words", against: kept)
    }
  }

  @Test("a key depends on passphrase, salt and cost, and costs outside the bounds are refused")
  func keys() throws {
    let salt = [UInt8](0..<16)
    let key = try Passphrase.key(from: "four unrelated words", salt: salt, logCost: 8)
    #expect(try Passphrase.key(from: "four unrelated words", salt: salt, logCost: 8) == key)
    #expect(try Passphrase.key(from: "four unrelated words", salt: salt, logCost: 9) != key)
    #expect(try Passphrase.key(from: "four unrelated words", salt: salt + [0], logCost: 8) != key)
    #expect(try Passphrase.key(from: "five unrelated words", salt: salt, logCost: 8) != key)
    for (text, salt, logCost) in [
      ("", salt, 8), ("four words", [], 8), ("four words", salt, 3), ("four words", salt, 19),
      ("four words", salt, -1), ("four words", salt, Int.max),
      (String(repeating: "x", count: 5000), salt, 8),
    ] {
      #expect(throws: Problem("sealing.not-derived", what: "")) {
        try Passphrase.key(from: text, salt: salt, logCost: logCost)
      }
    }
  }
}
