internal import Ground

/// Reads a form with files, piece by piece: texts are kept within bounds, bytes of files are handed on as they come.
///
/// Source: RFC 7578; RFC 2046, section 5.1.1; HTML Living Standard, section 4.10.22.8 (names of parts).
struct MultipartReader {
  /// Most bytes of the header of a part.
  private static let mostHeader = 8192
  /// Most bytes of all texts together.
  private static let mostText = Desk.mostForm

  private enum Place { case beforePart, header, body, after }

  /// What stands between parts, with the line end that belongs to it.
  private let delimiter: [UInt8]
  private var place = Place.beforePart
  private var pending: [UInt8] = [0x0D, 0x0A]
  private var name = ""
  private var fileName: String?
  private var text: [UInt8] = []
  private var textCount = 0

  /// Names and values so far.
  private(set) var pairs: [(String, String)] = []
  /// Names of parts and names of their files, in the order sent.
  private(set) var files: [(part: String, name: String)] = []

  /// A reader of parts between a boundary; nil where the type of the content names none.
  init?(contentType: String) {
    let parts = contentType.split(separator: ";").map { $0.drop { $0 == " " } }
    guard parts.first?.lowercased() == "multipart/form-data",
      let boundary = parts.dropFirst().first(where: { $0.lowercased().hasPrefix("boundary=") })
    else { return nil }
    let value = boundary.dropFirst("boundary=".count).filter { $0 != "\"" }
    guard (1...70).contains(value.utf8.count) else { return nil }
    delimiter = Array("\r\n--\(value)".utf8)
  }

  /// Whether everything was read to the end.
  var isComplete: Bool { place == .after }

  /// Reads on; `keep` takes bytes of the newest file.
  mutating func read(
    _ bytes: some Collection<UInt8>, keep: ([UInt8]) throws(Problem) -> Void
  ) throws(Problem) {
    pending += bytes
    while try step(keep) {}
  }

  /// Reads one thing; false when more bytes are needed.
  private mutating func step(_ keep: ([UInt8]) throws(Problem) -> Void) throws(Problem) -> Bool {
    switch place {
    case .after:
      pending.removeAll()
      return false
    case .beforePart, .body: return try passBody(keep)
    case .header:
      guard let end = MultipartReader.first(Array("\r\n\r\n".utf8), in: pending) else {
        guard pending.count <= MultipartReader.mostHeader else { throw MultipartReader.broken }
        return false
      }
      // Right after a boundary stands a line end, or the two hyphens that end it all.
      try readHeader(pending[..<end])
      pending.removeFirst(end + 4)
      place = .body
      return true
    }
  }

  private mutating func passBody(
    _ keep: ([UInt8]) throws(Problem) -> Void
  ) throws(Problem) -> Bool {
    guard let found = MultipartReader.first(delimiter, in: pending) else {
      let sure = pending.count - delimiter.count
      if sure > 0 {
        try take(Array(pending[..<sure]), keep)
        pending.removeFirst(sure)
      }
      return false
    }
    let next = found + delimiter.count
    guard pending.count >= next + 2 else { return false }
    try take(Array(pending[..<found]), keep)
    finishPart()
    let isEnd = pending[next] == 0x2D && pending[next + 1] == 0x2D
    pending.removeFirst(next)
    place = isEnd ? .after : .header
    return true
  }

  private mutating func take(
    _ bytes: [UInt8], _ keep: ([UInt8]) throws(Problem) -> Void
  ) throws(Problem) {
    guard place == .body else { return }
    if fileName != nil { return try keep(bytes) }
    textCount += bytes.count
    guard textCount <= MultipartReader.mostText else { throw Gatekeeper.tooLarge }
    text += bytes
  }

  private mutating func finishPart() {
    if place == .body, fileName == nil {
      pairs.append((name, String(decoding: text, as: UTF8.self)))
    }
    text = []
    fileName = nil
  }

  private mutating func readHeader(_ bytes: ArraySlice<UInt8>) throws(Problem) {
    guard pairs.count + files.count < Form.most else { throw Gatekeeper.tooLarge }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\r\n")
    guard
      let line = lines.first(where: { $0.lowercased().hasPrefix("content-disposition:") }),
      let name = MultipartReader.value("name", in: line)
    else { throw MultipartReader.broken }
    self.name = name
    fileName = MultipartReader.value("filename", in: line)
    if let fileName { files.append((name, MultipartReader.plain(fileName))) }
  }

  /// The quoted value of a parameter, as browsers write it.
  private static func value(_ name: String, in line: Substring) -> String? {
    guard let start = line.firstRange(of: " \(name)=\"") else { return nil }
    let rest = line[start.upperBound...]
    guard let end = rest.firstIndex(of: "\"") else { return nil }
    return String(rest[..<end]).replacing("%22", with: "\"").replacing("%0D%0A", with: " ")
  }

  /// The last part of a path, without controls: a name, and never a place.
  private static func plain(_ name: String) -> String {
    let last = name.split { $0 == "/" || $0 == "\\" }.last ?? ""
    let kept = last.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }
    let text = String(String.UnicodeScalarView(kept.prefix(200)))
    return text.isEmpty ? "file" : text
  }

  /// Where a sequence of bytes first stands.
  private static func first(_ wanted: [UInt8], in bytes: [UInt8]) -> Int? {
    guard bytes.count >= wanted.count else { return nil }
    return bytes.withUnsafeBufferPointer { bytes -> Int? in
      var index = 0
      let last = bytes.count - wanted.count
      while index <= last {
        if bytes[index] == wanted[0] {
          var length = 1
          while length < wanted.count, bytes[index + length] == wanted[length] { length += 1 }
          if length == wanted.count { return index }
        }
        index += 1
      }
      return nil
    }
  }

  static let broken = Problem(
    "server.broken-form", what: "the form with its file cannot be read",
    why: "it was cut off on the way, or is not written as browsers write it; nothing was changed",
    mend: "send it again")
}
