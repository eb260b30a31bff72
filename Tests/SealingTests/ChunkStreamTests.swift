import Ground
import Sealing
import TestSupport
import Testing

@Suite("sealed files")
struct ChunkStreamTests {
  static let chunk = ChunkStream.chunkByteCount
  static let context = Array("evidence:7kq3:v1".utf8)

  static func seal(_ content: [UInt8], _ key: SecretKey, _ context: [UInt8] = context) throws
    -> [UInt8]
  {
    var sealer = ChunkSealer(key: key, context: context)
    var file = sealer.header
    var rest = content[...]
    repeat {
      let piece = rest.prefix(chunk)
      rest = rest.dropFirst(chunk)
      file += try sealer.seal(Array(piece), isLast: rest.isEmpty)
    } while !rest.isEmpty
    return file
  }

  /// As a reader of files does it: whole chunks while bytes follow, then what is left.
  static func open(_ file: [UInt8], _ key: SecretKey, _ context: [UInt8] = context) throws
    -> [UInt8]
  {
    var opener = try ChunkOpener(
      key: key, context: context, header: Array(file.prefix(ChunkStream.headerByteCount)))
    var rest = file.dropFirst(ChunkStream.headerByteCount)
    var content: [UInt8] = []
    while !rest.isEmpty {
      let piece = rest.prefix(ChunkStream.sealedChunkByteCount)
      rest = rest.dropFirst(piece.count)
      content += try opener.open(Array(piece), isLast: rest.isEmpty)
    }
    try opener.finish()
    return content
  }

  static func problem(_ body: () throws -> some Any) -> Problem? {
    do { _ = try body() } catch { return error as? Problem }
    return nil
  }

  static func content(_ count: Int) -> [UInt8] {
    var random = SplitMix64(seed: UInt64(count))
    return (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
  }

  static let three = content(2 * chunk + 100)

  @Test(
    "a file of any size comes back, and is as long as foretold",
    arguments: [0, 1, chunk - 1, chunk, chunk + 1, 2 * chunk, 2 * chunk + 100])
  func roundTrip(count: Int) throws {
    let key = SecretKey()
    let content = Self.content(count)
    let file = try Self.seal(content, key)
    #expect(file.count == ChunkStream.sealedByteCount(content: count))
    #expect(try Self.open(file, key) == content)
  }

  @Test("a file whose last chunk is empty comes back")
  func emptyLast() throws {
    let key = SecretKey()
    var sealer = ChunkSealer(key: key, context: Self.context)
    let content = Self.content(Self.chunk)
    let file =
      try sealer.header + sealer.seal(content, isLast: false) + sealer.seal([], isLast: true)
    #expect(sealer.isFinished)
    #expect(try Self.open(file, key) == content)
  }

  enum Damage: String, CaseIterable, Sendable {
    case swapped, firstDropped, middleDropped, lastDropped, doubled, cutInside, cutShort, extended
    case extendedByZeros, headerOnly, lastOfAnother
  }

  /// Each damage with the byte that the problem names.
  static func damaged(_ file: [UInt8], _ other: [UInt8], _ damage: Damage) -> ([UInt8], Int) {
    let sealed = ChunkStream.sealedChunkByteCount
    let header = Array(file.prefix(15))
    let first = Array(file[15..<(15 + sealed)])
    let second = Array(file[(15 + sealed)..<(15 + 2 * sealed)])
    let last = Array(file[(15 + 2 * sealed)...])
    return switch damage {
    case .swapped: (header + second + first + last, 15)
    case .firstDropped: (header + second + last, 15)
    case .middleDropped: (header + first + last, 15 + sealed)
    case .lastDropped: (header + first + second, 15 + 2 * sealed)
    case .doubled: (header + first + first + second + last, 15 + sealed)
    case .cutInside: (header + first + second.prefix(1000), 15 + sealed)
    case .cutShort: (header + first + second + last.prefix(10), 15 + 2 * sealed)
    case .extended: (file + last, 15 + 2 * sealed)
    case .extendedByZeros:
      (file + [UInt8](repeating: 0, count: 2 * sealed), 15 + 2 * sealed)
    case .headerOnly: (header, 15)
    case .lastOfAnother: (header + first + second + other.suffix(last.count), 15 + 2 * sealed)
    }
  }

  @Test("a damaged file is refused, and the problem says at which byte", arguments: Damage.allCases)
  func damage(_ damage: Damage) throws {
    let key = SecretKey()
    let file = try Self.seal(Self.three, key)
    let (bad, byte) = Self.damaged(file, try Self.seal(Self.three, key), damage)
    let problem = try #require(Self.problem { try Self.open(bad, key) })
    #expect(problem.code == "sealing.broken-stream")
    #expect(problem.what.hasSuffix("at byte \(byte)"), "\(problem.what)")
  }

  @Test("a chunk of another file, another context and another key are refused")
  func foreign() throws {
    let key = SecretKey()
    let file = try Self.seal(Self.content(10), key)
    let other = try Self.seal(Self.content(10), key)
    for bad in [file.prefix(15) + other.dropFirst(15), other.prefix(15) + file.dropFirst(15)] {
      #expect(Self.problem { try Self.open(Array(bad), key) }?.code == "sealing.broken-stream")
    }
    #expect(throws: Problem("sealing.broken-stream", what: "")) {
      try Self.open(file, key, Array("evidence:7kq3:v2".utf8))
    }
    #expect(throws: Problem("sealing.broken-stream", what: "")) { try Self.open(file, SecretKey()) }
  }

  @Test("every changed bit of a short file is refused")
  func everyBit() throws {
    let key = SecretKey()
    let file = try Self.seal([1, 2, 3], key)
    for bit in 0..<(file.count * 8) {
      var bad = file
      bad[bit / 8] ^= 1 << (bit % 8)
      #expect(throws: Problem("sealing.broken-stream", what: "")) { try Self.open(bad, key) }
    }
    for count in file.indices {
      #expect(throws: Problem("sealing.broken-stream", what: "")) {
        try Self.open(Array(file.prefix(count)), key)
      }
    }
  }

  @Test("a cut file and a longer file are told from a changed one")
  func reasons() throws {
    let key = SecretKey()
    let file = try Self.seal(Self.three, key)
    let sealed = ChunkStream.sealedChunkByteCount
    let cut = Self.problem { try Self.open(Array(file.prefix(15 + sealed)), key) }
    #expect(cut?.what.hasSuffix("byte \(15 + sealed)") == true)
    #expect(cut?.why.contains("cut off") == true)
    let whole = try Self.seal(Self.content(Self.chunk), key)
    let longer = Self.problem { try Self.open(whole + [1, 2, 3], key) }
    #expect(longer?.what.hasSuffix("byte \(whole.count)") == true)
    #expect(longer?.why.contains("added") == true)
  }

  @Test("after a refusal nothing more is opened, and after the last chunk neither")
  func stops() throws {
    let key = SecretKey()
    var sealer = ChunkSealer(key: key, context: [])
    let sealed = try sealer.seal([1], isLast: true)
    var opener = try ChunkOpener(key: key, context: [], header: sealer.header)
    #expect(throws: Problem("sealing.broken-stream", what: "")) {
      try opener.open([UInt8](repeating: 0, count: 40), isLast: true)
    }
    #expect(throws: Problem("sealing.broken-stream", what: "")) {
      try opener.open(sealed, isLast: true)
    }
    #expect(throws: Problem("sealing.broken-stream", what: "")) { try opener.finish() }
    var second = try ChunkOpener(key: key, context: [], header: sealer.header)
    #expect(throws: Problem("sealing.broken-stream", what: "")) { try second.finish() }
    #expect(try second.open(sealed, isLast: true) == [1])
    #expect(throws: Problem("sealing.broken-stream", what: "")) {
      try second.open(sealed, isLast: true)
    }
  }

  @Test("a chunk of another length is not sealed, nor one after the last")
  func lengths() throws {
    var sealer = ChunkSealer(key: SecretKey(), context: [])
    for (count, isLast) in [(0, false), (Self.chunk - 1, false), (Self.chunk + 1, true)] {
      #expect(throws: Problem("sealing.not-sealed", what: "")) {
        try sealer.seal([UInt8](repeating: 0, count: count), isLast: isLast)
      }
    }
    _ = try sealer.seal([], isLast: true)
    #expect(throws: Problem("sealing.not-sealed", what: "")) { try sealer.seal([], isLast: true) }
  }
}
