import Ground
import TestSupport
import Testing

@testable import Server

@Suite("Forms with files")
struct MultipartTests {
  static let body =
    "--b\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nA\r\n--not\r\n"
    + "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../x\\y.txt\"\r\n"
    + "Content-Type: text/plain\r\n\r\nline\r\n--bx\r\n\r\n--b--\r\nafter"

  private func read(_ pieces: [[UInt8]]) throws(Problem) -> (MultipartReader, [UInt8]) {
    var reader = MultipartReader(contentType: "multipart/form-data; boundary=b")
    guard reader != nil else { throw MultipartReader.broken }
    var file: [UInt8] = []
    for piece in pieces {
      try reader?.read(piece) { bytes throws(Problem) in file += bytes }
    }
    guard let reader else { throw MultipartReader.broken }
    return (reader, file)
  }

  @Test("are read alike however the network cuts them", arguments: 1...40)
  func cuts(_ length: Int) throws {
    // A line that begins like the boundary and goes on ends the part, as RFC 2046 says.
    let bytes = Array(MultipartTests.body.replacing("--bx\r\n", with: "--c\r\n").utf8)
    let pieces = stride(from: 0, to: bytes.count, by: length).map {
      Array(bytes[$0..<min(bytes.count, $0 + length)])
    }
    let (reader, file) = try read(pieces)
    #expect(reader.isComplete)
    #expect(reader.pairs.count == 1 && reader.pairs.first?.1 == "A\r\n--not")
    #expect(reader.files.first?.name == "y.txt", "a name is never a place")
    #expect(String(decoding: file, as: UTF8.self) == "line\r\n--c\r\n")
  }

  @Test("that are cut short are never complete")
  func short() throws {
    let bytes = Array(MultipartTests.body.replacing("--bx\r\n", with: "").utf8)
    let end = bytes.count - "--\r\nafter".utf8.count
    for count in 0..<end {
      guard let (reader, _) = try? read([Array(bytes[..<count])]) else { continue }
      #expect(!reader.isComplete, "after \(count) bytes")
    }
  }

  @Test("of any bytes are read or refused, and end", arguments: 0..<200)
  func anything(_ seed: Int) {
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
    func random(_ below: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(below))
    }
    let parts = [
      "--b", "\r\n", "--", "Content-Disposition: form-data", "; name=\"", "\"", "a", ":", "\u{0}",
    ]
    let text = (0..<random(60)).map { _ in parts[random(parts.count)] }.joined()
    let bytes = Array(text.utf8)
    let cut = bytes.isEmpty ? 0 : random(bytes.count)
    if let (reader, file) = try? read([Array(bytes[..<cut]), Array(bytes[cut...])]) {
      #expect(file.count <= bytes.count && reader.pairs.count <= bytes.count)
    }
  }

  @Test("that were damaged are read alike however the network cuts them, or refused alike")
  func damaged() {
    let whole = Array(MultipartTests.body.replacing("--bx\r\n", with: "").utf8)
    property(cases: 600) { generator in
      var bytes = whole
      for _ in 0..<generator.int(1...4) {
        let at = generator.int(0...(bytes.count - 1))
        switch generator.int(0...3) {
        case 0: bytes[at] = UInt8(generator.int(0...255))
        case 1: bytes.remove(at: at)
        case 2: bytes.insert(contentsOf: Array("\r\n--b".utf8), at: at)
        default: bytes.insert(contentsOf: bytes[at..<min(bytes.count, at + 40)], at: at)
        }
      }
      func said(_ pieces: [[UInt8]]) -> String {
        guard let (reader, file) = try? read(pieces) else { return "refused" }
        return "\(reader.isComplete) \(reader.pairs) \(reader.files) \(file)"
      }
      var pieces: [[UInt8]] = []
      var rest = bytes[...]
      while !rest.isEmpty {
        let piece = rest.prefix(generator.int(1...30))
        pieces.append(Array(piece))
        rest = rest.dropFirst(piece.count)
      }
      return said([bytes]) == said(pieces) ? nil : "\(said([bytes])) became \(said(pieces))"
    }
  }

  @Test(
    "without a boundary are none",
    arguments: ["", "text/plain", "multipart/form-data", "multipart/form-data; boundary="])
  func noBoundary(_ type: String) { #expect(MultipartReader(contentType: type) == nil) }
}
