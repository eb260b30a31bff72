import Compute
import Documents
import Duties
import Ground
import RuleFile
import Rulebook
import Workspace

/// The entry of all targets: runs the reader of this name on the bytes, or on the file that holds them.
///
/// - Returns: 0, or 1 when there is no such target.
@_cdecl("systemic_fuzz")
public func systemicFuzz(
  _ target: UnsafePointer<CChar>, _ bytes: UnsafePointer<UInt8>?, _ count: Int,
  _ path: UnsafePointer<CChar>
) -> Int32 {
  let name = String(cString: target)
  let path = String(cString: path)
  let text = String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
  switch name {
  case "quantity": Readers.quantity(text)
  case "time": Readers.time(text)
  case "yaml": Readers.yaml(text)
  case "overlay": Readers.overlay(text)
  case "official-text": Readers.officialText(text)
  case "json": Readers.json(Array(UnsafeBufferPointer(start: bytes, count: count)))
  case "entry": Readers.entry(Array(UnsafeBufferPointer(start: bytes, count: count)))
  case "model": Readers.model(path)
  case "table": Readers.table(path)
  case "incidents": Readers.incidents(path)
  case let hook where hook.hasPrefix("hook-"):
    guard let system = ConnectorSystem(rawValue: String(hook.dropFirst(5))) else { return 1 }
    Readers.hook(Array(UnsafeBufferPointer(start: bytes, count: count)), system)
  case "intake": Readers.intake(Array(UnsafeBufferPointer(start: bytes, count: count)), nil)
  case let intake where intake.hasPrefix("intake-"):
    guard let format = IncomingFormat(rawValue: String(intake.dropFirst(7))) else { return 1 }
    Readers.intake(Array(UnsafeBufferPointer(start: bytes, count: count)), format)
  default:
    guard name.hasPrefix("log-"), let kind = LogKind(rawValue: String(name.dropFirst(4))) else {
      return 1
    }
    Readers.log(path, kind)
  }
  return 0
}

/// What each target does with an input; whatever comes back must satisfy what the reader promises.
enum Readers {
  static let law = Law.at(Law.checked)
  static let classification = ClassifyTable(law: law)

  /// A quantity that is read reads the same again from its own text.
  static func quantity(_ text: String) {
    for letters in [false, true] {
      guard let read = try? Quantity.read(text, letters: letters) else { continue }
      guard let again = try? Quantity.read(read.decimal) else {
        preconditionFailure("\(read.decimal) is not read")
      }
      precondition(again.integer == read.integer, "\(read.decimal) reads as another number")
    }
    guard let flop = try? FLOP(reading: text) else { return }
    let again = try? FLOP(reading: flop.digits)
    precondition(again == flop || again == nil, "\(flop.digits) reads as another figure")
  }

  /// A moment and a date of stated precision come back from their own text.
  static func time(_ text: String) {
    // RFC 3339 has years of four digits: an offset can carry a moment out of them, with no text left.
    if let instant = Instant(text), (1...9999).contains(instant.day.year) {
      precondition(
        Instant(instant.rfc3339) == instant, "\(instant.rfc3339) reads as another moment")
    }
    if let range = DayRange(iso: text) {
      precondition(range.first <= range.last, "\(text) ends before it begins")
      precondition(DayRange(iso: range.iso) == range, "\(range.iso) reads as another date")
    }
  }

  static func yaml(_ text: String) {
    _ = try? RuleNode.read(text, file: "input.yaml")
    let file = LawFile.read(text, file: "input.yaml")
    precondition(file.problems.count <= Fields.mostProblems, "more problems than are reported")
  }

  static func overlay(_ text: String) {
    _ = Overlay.read(text, file: "input.yaml")
  }

  static func officialText(_ text: String) {
    guard let official = try? OfficialText(markup: text, file: "input.html") else { return }
    let again = OfficialText(stored: official.stored)
    precondition(again.isConsolidated == official.isConsolidated, "another version comes back")
  }

  /// What is read as JSON comes back from its own text, and has one canonical form if it has any; what has to be mended
  /// is read alike from the text of what came of it.
  static func json(_ bytes: [UInt8]) {
    let strict = try? JSON(parsing: bytes)
    let lenient = bytes.withUnsafeBytes { try? JSON.reading($0) }
    if let strict {
      precondition(lenient?.json == strict && lenient?.mended == [], "what is in order was mended")
    } else if let lenient {
      precondition(!lenient.mended.isEmpty, "it was mended without a word")
      let again = lenient.json.compactBytes.withUnsafeBytes { try? JSON.reading($0) }
      precondition(again?.json == lenient.json, "\(lenient.json.compact) reads as another value")
    }
    guard let value = strict else { return }
    let again = try? JSON(parsing: value.compactBytes)
    precondition(again == value, "\(value.compact) reads as another value")
    precondition((try? JSON(parsing: value.pretty.utf8)) == value, "indented it is another value")
    guard let canonical = try? value.canonicalBytes() else { return }
    let same = try? JSON(parsing: canonical).canonicalBytes()
    precondition(same == canonical, "\(value.compact) has two canonical forms")
  }

  /// An entry of the journal has one spelling: what is read as one is written with the same bytes.
  static func entry(_ bytes: [UInt8]) {
    guard let envelope = try? Envelope(entry: bytes) else { return }
    precondition((try? envelope.entry()) == bytes, "an entry with two spellings")
    precondition((try? JSON(parsing: bytes).canonicalBytes()) == bytes, "an entry not canonical")
  }

  /// Whatever can be read as a model has an opinion in every format.
  static func model(_ path: String) {
    guard let opinion = try? ClassifyModel.opinion(path: path, law: law) else { return }
    _ = OpinionDocument.json(opinion).pretty
    _ = OpinionDocument.markdown(opinion)
    _ = OpinionDocument.html(opinion)
  }

  /// One answer for each incident, which is JSON and decides nothing that no fact decided.
  static func incidents(_ path: String) {
    var rows = 0
    let summary = try? AssessIncidents(law: law).run(path: path) { row in
      rows += 1
      precondition(row.number == rows, "an answer without its number")
      let json = row.json(law)
      precondition((try? JSON(parsing: json.compactBytes)) == json, "an answer that is no JSON")
    }
    if let summary { precondition(summary.rows == rows, "incidents without an answer") }
  }

  /// Reports within their bounds, whatever a stranger's file holds, each like itself.
  static func intake(_ bytes: [UInt8], _ format: IncomingFormat?) {
    let source = ByteSource("input", from: HeldBytes(bytes))
    guard let reader = try? ReadIncoming(format: format),
      var reports = try? reader.reports(of: source)
    else { return }
    var index = LikenessIndex()
    while let reading = try? reports.next() {
      guard case .report(let report) = reading else { continue }
      precondition(report.problems.count <= IncomingReport.mostProblems, "too many problems")
      precondition(report.hints.count <= IncomingReport.mostHints, "too many hints")
      precondition(report.title.count <= IncomingReport.longestTitle + 1, "a title too long")
      precondition(!report.title.contains(where: \.isNewline), "a title of several lines")
      precondition(
        report.narrative.utf8.count <= IncomingReport.longestNarrativeBytes, "cut too late")
      let names = report.attachments.map(\.name) + [report.original.name]
      precondition(names.allSatisfy { !$0.isEmpty && !$0.contains("/") }, "a name that leads away")
      if format == .mail { precondition(report.original.bytes == bytes, "another original") }
      let trace = IncidentTrace(report)
      if index.count < 20 { index.add(String(index.count), trace) }
      precondition(index.like(trace).allSatisfy { $0.points <= 100 }, "more than all points")
    }
  }

  /// A ticket that has a name for a path, and moments that can be written down, whatever its sender signed.
  static func hook(_ bytes: [UInt8], _ system: ConnectorSystem) {
    guard let own = RecordID("connector/own1") else { preconditionFailure("a plain name") }
    let reader = TicketReader(
      system, connector: own, place: "https://tickets.example/",
      compared: ["summary", "description", "customfield_1", "short_description"])
    guard let ticket = try? reader.message(bytes) else { return }
    precondition(!ticket.handle.isEmpty, "a ticket without a name")
    precondition(ticket.handle.utf8.count <= TicketReader.longestHandle, "a name too long")
    if system != .standard {
      precondition(TicketReader.isKey(ticket.handle), "a name that leaves its path")
    }
    if let at = ticket.at {
      precondition(Instant(at.utc) == at, "a moment that no calendar writes")
    }
    if let name = ticket.correlation {
      precondition(Correlation(name.text) == name, "\(name.text) reads as another name")
    }
    for value in ticket.values.values {
      precondition(
        TicketText.plain(TicketText.plain(value)) == TicketText.plain(value), "not settled")
    }
  }

  /// One line of JSON for each row, whatever the rows hold.
  static func table(_ path: String) {
    var lines = 0
    let summary = try? classification.run(path: path) { line in
      lines += 1
      precondition(line.starts(with: "{\"row\":\(lines),".utf8), "a row without its number")
    }
    if let summary { precondition(summary.rows == lines, "rows without an answer") }
  }

  static func log(_ path: String, _ kind: LogKind) {
    _ = try? ImportedRun.importLog(path: path, as: kind)
    _ = try? ImportedRun.importLog(
      path: path, as: kind,
      hints: ImportHints(params: 7_000_000_000, tokensPerStep: 4_194_304, gpus: 64))
  }
}
