import Sealing
import Testing

@Suite("keys that stand together, and random bytes asked for at once")
struct KeyRunTests {
  @Test(
    "a run's keys share their beginning, stand in the order in which they were given, and differ")
  func run() {
    var keys = KeyRun()
    let given = (0..<961).map { _ in keys.next() }
    #expect(Set(given.map { $0.prefix(8) }).count == 1)
    #expect(zip(given, given.dropFirst()).allSatisfy { $0.prefix(10) < $1.prefix(10) })
    #expect(Set(given).count == given.count)
    #expect(keys.next().prefix(8) != given[0].prefix(8))
  }

  @Test(
    "a key has twelve characters that people can read aloud, and its end is not that of the next")
  func form() {
    var keys = KeyRun()
    let given = (0..<2000).map { _ in keys.next() }
    #expect(given.allSatisfy { $0.utf8.count == KeyRun.length })
    #expect(Set(given.joined()).isSubset(of: Set("23456789abcdefghjkmnpqrstuvwxyz")))
    // 961 ends are possible, and 2,000 keys have nearly all of them.
    #expect(Set(given.map { $0.suffix(2) }).count > 700)
  }

  @Test("two runs have nothing in common")
  func runs() {
    let beginnings = (0..<200).map { _ in
      var keys = KeyRun()
      return String(keys.next().prefix(8))
    }
    #expect(Set(beginnings).count == beginnings.count)
  }

  @Test("no salt is given twice, also when the supply has to be filled again")
  func supply() {
    for room in [32, 40, 56, 100] {
      var random = RandomSupply(room)
      let salts = (0..<50).map { _ in Commitment.salt(from: &random) }
      #expect(salts.allSatisfy { $0.count == Commitment.byteCount })
      #expect(Set(salts).count == salts.count)
      #expect(salts.allSatisfy { Set($0).count > 8 })
    }
  }

  @Test("boxes sealed from one supply have nonces of their own, and open")
  func boxes() throws {
    let key = SecretKey()
    var random = RandomSupply(SealedBox.nonceBytes * 3)
    let boxes = try (0..<20).map { _ in
      try SealedBox.seal([1, 2, 3], key: key, context: [9], from: &random)
    }
    #expect(Set(boxes.map { $0.prefix(SealedBox.nonceBytes) }).count == boxes.count)
    for box in boxes {
      #expect(try SealedBox.open(box, key: key, context: [9]) == [1, 2, 3])
    }
  }
}
