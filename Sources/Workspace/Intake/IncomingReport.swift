internal import Duties
public import Ground
public import Sealing

/// What a foreign file tells of one event, before a person has looked at it.
///
/// Nothing here is an answer: texts are those of the source, hints are hints, and no moment of awareness is read from
/// anywhere.
public struct IncomingReport: Sendable {
  /// One line; empty where the source has none.
  public var title = ""
  /// What the source tells, word for word.
  public var narrative = ""
  /// When it happened, in the words of the source; empty where it does not say.
  public var occurred = ""
  /// When it began, as far as the source's words are a date.
  public var began: DayRange?
  /// When it ended, where the source says so.
  public var ended: DayRange?
  /// The model or system that the source names.
  public var model = ""
  /// Who tells it.
  public var reporter = ""
  /// How they are reached.
  public var contact = ""
  /// The name of the collection or sender.
  public var source = ""
  /// The number or name under which the source keeps it.
  public var reference = ""
  /// Where it can be read: http or https, else empty.
  public var url = ""
  /// What the source thinks of it.
  public var hints: [IncomingHint] = []
  /// Files that came with it.
  public var attachments: [IncomingFile] = []
  /// What was read, byte for byte where it came by itself: the mail, the object, the row under its headings.
  public var original: IncomingFile
  /// Where it stands in the file that was read.
  public let place: Place
  /// What could not be read, and was left out of the fields above.
  public private(set) var problems: [Problem] = []

  /// Most problems, hints and attachments of one report.
  public static let mostProblems = 50
  /// Most hints.
  public static let mostHints = 200
  /// Longest title in characters.
  public static let longestTitle = 300
  /// Longest narrative in bytes, well below what a field of a record holds.
  public static let longestNarrativeBytes = 512 * 1024

  /// SHA-256 of what was read.
  public var digest: Digest { Digest(of: original.bytes) }

  init(original: IncomingFile, place: Place) {
    self.original = original
    self.place = place
  }

  /// Notes what could not be read in a column or member.
  mutating func note(_ code: String, _ what: String, _ mend: String, at label: String) {
    note(
      Problem(
        code, what: what, why: "what cannot be read is left out; the original is kept with it",
        mend: mend, places: [Place(place.file, line: place.line, label: label)]))
  }

  mutating func note(_ problem: Problem) {
    if problems.count < IncomingReport.mostProblems { problems.append(problem) }
  }

  mutating func hint(
    _ about: IncomingHint.About, _ label: String, _ words: String,
    asks category: IncidentCategory? = nil, caution: String = ""
  ) {
    let words = IntakeText.line(words, longest: IncomingHint.longestWords)
    guard !words.isEmpty, hints.count < IncomingReport.mostHints else { return }
    hints.append(
      IncomingHint(about: about, label: label, words: words, category: category, caution: caution))
  }

  /// Takes the words in which a source says when it happened.
  mutating func happened(_ words: String, in label: String) {
    let words = IntakeText.line(words, longest: IncomingHint.longestWords)
    guard !words.isEmpty else { return }
    occurred = words
    switch IntakeDay.read(words, label) {
    case .days(let from, let to):
      began = from
      ended = to
    case .unclear(var problem):
      problem.places = [Place(place.file, line: place.line, label: label)]
      note(problem)
    }
  }

  /// Takes an address where it is one.
  mutating func address(_ text: String, in label: String) {
    let links = IntakeText.links(text)
    guard let first = links.first else { return }
    if url.isEmpty { url = first }
    for link in links where link != url { hint(.link, label, link) }
  }

  /// Brings the texts within their bounds and gives a report without title one; a title is always one line.
  mutating func settle() {
    if narrative.utf8.count > IncomingReport.longestNarrativeBytes {
      narrative = IntakeText.cut(narrative, bytes: IncomingReport.longestNarrativeBytes)
      note(
        "workspace.intake-cut", "the narrative is longer than 512 KiB and was cut",
        "read the rest in the original", at: "narrative")
    }
    let first = narrative.split(whereSeparator: \.isNewline).first { !IntakeText.isBlank($0) }
    title = IntakeText.line(
      title.isEmpty ? String(first ?? "") : title, longest: IncomingReport.longestTitle)
    for (path, bound) in IncomingReport.lines {
      self[keyPath: path] = IntakeText.line(self[keyPath: path], longest: bound)
    }
  }

  private static var lines: [(WritableKeyPath<IncomingReport, String>, Int)] {
    [
      (\.model, 300), (\.reporter, 300), (\.contact, 300), (\.source, 300), (\.reference, 500),
      (\.url, 2000),
    ]
  }

  /// Whether it tells anything at all.
  var isEmpty: Bool {
    IntakeText.isBlank(title) && IntakeText.isBlank(narrative) && attachments.isEmpty
  }
}
