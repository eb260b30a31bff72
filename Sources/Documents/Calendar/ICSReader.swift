public import Ground

/// Reads back the calendar files that `ICSWriter` wrote, and no others: a file of somebody else must not be overwritten.
public enum ICSReader {
  /// What a file published; nothing for an empty one.
  ///
  /// - Throws: `documents.foreign-calendar` with the line.
  public static func memory(
    of bytes: [UInt8], file: String
  ) throws(Problem) -> [ICSMemory] {
    guard !bytes.isEmpty else { return [] }
    var lines = ICSLines(file: file, lines: try unfolded(bytes, file))
    for line in ICSWriter.opening { try lines.expect(line) }
    var memory: [ICSMemory] = []
    var seen: Set<String> = []
    while lines.next == "BEGIN:VEVENT" {
      let event = try event(&lines)
      guard seen.insert(event.uid).inserted else { throw lines.foreign("an event occurs twice") }
      memory.append(event)
    }
    try lines.expect("END:VCALENDAR")
    guard lines.next == nil else { throw lines.foreign("something follows the calendar") }
    return memory
  }

  private static func event(_ lines: inout ICSLines) throws(Problem) -> ICSMemory {
    try lines.expect("BEGIN:VEVENT")
    let uid = try lines.value("UID:") { $0.hasSuffix("@docket.systemic") && $0.utf8.count == 48 }
    let stamp = try lines.value("DTSTAMP:", isTime)
    let modified = try lines.value("LAST-MODIFIED:", isTime)
    let sequence = try lines.value("SEQUENCE:") {
      $0.utf8.count <= 9 && $0.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
    let status = try lines.value("STATUS:") { $0 == "CONFIRMED" || $0 == "CANCELLED" }
    guard lines.next?.hasPrefix("DTSTART") == true else {
      throw lines.foreign("an event has no start here")
    }
    var content: [String] = []
    while let line = lines.next, line != "END:VEVENT" {
      let isComponent = line.hasPrefix("BEGIN:") || line.hasPrefix("END:")
      guard line.contains(":"), !isComponent || line.hasSuffix(":VALARM") else {
        throw lines.foreign("“\(line.prefix(40))” is not of ours")
      }
      content.append(line)
      lines.advance()
    }
    try lines.expect("END:VEVENT")
    return ICSMemory(
      uid: uid, sequence: Int(sequence) ?? 0, isCancelled: status == "CANCELLED", stamp: stamp,
      modified: modified, content: content)
  }

  private static func isTime(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return bytes.count == 16 && bytes[8] == 0x54 && bytes[15] == 0x5A
      && (bytes[0..<8] + bytes[9..<15]).allSatisfy { (0x30...0x39).contains($0) }
  }

  /// Lines with their numbers, folds undone.
  ///
  /// Source: RFC 5545, section 3.1.
  private static func unfolded(
    _ bytes: [UInt8], _ file: String
  ) throws(Problem) -> [(text: String, number: Int)] {
    var lines: [(bytes: [UInt8], number: Int)] = []
    var rest = bytes[...]
    var number = 0
    while !rest.isEmpty {
      number += 1
      let line = rest.prefix { $0 != 0x0A }
      guard line.count < rest.count, line.last == 0x0D, line.count <= ICSText.longestLine + 1
      else { throw ICSLines.foreign("a line does not end as it should", file, number) }
      rest = rest.dropFirst(line.count + 1)
      let text = line.dropLast()
      if text.first == 0x20, !lines.isEmpty {
        lines[lines.count - 1].bytes += text.dropFirst()
      } else {
        lines.append((Array(text), number))
      }
    }
    var texts: [(String, Int)] = []
    for line in lines {
      guard let text = String(validating: line.bytes, as: UTF8.self) else {
        throw ICSLines.foreign("a line is not UTF-8", file, line.number)
      }
      texts.append((text, line.number))
    }
    return texts
  }
}

/// The lines of a calendar file, read one after the other.
struct ICSLines {
  let file: String
  let lines: [(text: String, number: Int)]
  private var at = 0

  init(file: String, lines: [(text: String, number: Int)]) {
    self.file = file
    self.lines = lines
  }

  var next: String? { at < lines.count ? lines[at].text : nil }

  mutating func advance() { at += 1 }

  mutating func expect(_ line: String) throws(Problem) {
    guard next == line else { throw foreign("“\(line)” should stand here") }
    advance()
  }

  mutating func value(
    _ name: String, _ isRight: (String) -> Bool
  ) throws(Problem) -> String {
    guard let line = next, line.hasPrefix(name), isRight(String(line.dropFirst(name.count))) else {
      throw foreign("\(name.dropLast()) should stand here")
    }
    advance()
    return String(line.dropFirst(name.count))
  }

  func foreign(_ what: String) -> Problem {
    ICSLines.foreign(what, file, at < lines.count ? lines[at].number : lines.last?.number ?? 1)
  }

  static func foreign(_ what: String, _ file: String, _ line: Int) -> Problem {
    Problem(
      "documents.foreign-calendar",
      what: "\(file) is not a calendar that this program wrote: \(what)",
      why: "its events would be lost, and the sequence of ours could not be continued",
      mend: "choose another file, or move this one away", places: [Place(file, line: line)])
  }
}
