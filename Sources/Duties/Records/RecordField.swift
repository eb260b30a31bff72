internal import Compute
public import Ground

/// One field of a kind of record: its name, what it holds and how it is read from text.
public final class RecordField: Sendable {
  /// What a field holds.
  public enum Form: Sendable, Equatable {
    /// Free text.
    case text
    /// A day of the calendar, `2026-03-01`; with `loose`, also a month or a year.
    case day(loose: Bool)
    /// A moment with its offset from UTC.
    case moment
    /// An amount that must stay as it was written: FLOP, parameters, tokens, hours.
    case amount
    /// A whole number.
    case count
    /// Yes or no.
    case yesNo
    /// One of some words.
    case choice([String])
    /// Several texts.
    case list
    /// The name of a record of a kind.
    case record(String)
    /// A nested value, kept as it is.
    case tree
  }

  /// The key in JSON and the heading of its column.
  public let name: String
  /// What a person reads.
  public let title: String
  /// What it holds.
  public let form: Form
  /// Whether a record cannot begin without it.
  public let isRequired: Bool
  /// Whether it keeps the value with which the record began.
  public let isFixed: Bool
  /// An example for forms and error messages.
  public let example: String
  /// Ids of the rules because of which it is asked, the first one before others; empty where no rule asks.
  public let asks: [String]
  /// What a nested value consists of, so that a form can ask for it; empty where a form does not.
  public let parts: [RecordField]
  /// Whether a nested value is a list, each item of which has the parts.
  public let isList: Bool
  /// The events that may set it, because others decide on what it says; empty where any may.
  public let setBy: [String]
  /// Whether an answer that was given is changed with a reason only.
  public let isWeighed: Bool

  /// A field.
  public init(
    _ name: String, _ title: String, _ form: Form = .text, required: Bool = false,
    fixed: Bool = false, example: String = "", asks: [String] = [], parts: [RecordField] = [],
    isList: Bool = false, setBy: [String] = [], isWeighed: Bool = false
  ) {
    self.name = name
    self.title = title
    self.form = form
    isRequired = required
    isFixed = fixed
    self.example = example
    self.asks = asks
    self.parts = parts
    self.isList = isList
    self.setBy = setBy
    self.isWeighed = isWeighed
  }

  /// Longest text of a field in bytes.
  public static let longestText = 1 << 20
  /// Deepest nesting of a nested value, so that the record that holds it can still be read.
  public static let deepestTree = 32

  /// The value of a text as a person types it or a table holds it; an empty text is null, which unsets the field.
  ///
  /// - Throws: `duties.bad-field`.
  public func value(of text: String) throws(Problem) -> JSON {
    let trimmed = RecordField.trimmed(text)
    guard !trimmed.isEmpty else { return .null }
    switch form {
    case .text: return .string(text)
    case .amount, .record: return .string(trimmed)
    case .day, .moment, .choice: return try checked(.string(trimmed))
    case .count:
      guard let count = Int(trimmed) else { throw refusal(trimmed, "a whole number") }
      return try checked(.int(count))
    case .yesNo:
      guard
        let answer = ["yes": true, "true": true, "no": false, "false": false][trimmed.lowercased()]
      else { throw refusal(trimmed, "yes or no") }
      return .bool(answer)
    case .list:
      let items = trimmed.split(separator: ";").map { RecordField.trimmed(String($0)) }
      return JSON(items.filter { !$0.isEmpty })
    case .tree: return try checked(try JSON(parsing: trimmed.utf8, file: name))
    }
  }

  /// The value, when the field may hold it.
  ///
  /// - Throws: `duties.bad-field`.
  public func checked(_ value: JSON) throws(Problem) -> JSON {
    switch (form, value) {
    case (_, .null), (.yesNo, .bool): return value
    case (.tree, _):
      guard RecordField.canBeKept(value, levels: RecordField.deepestTree) else {
        throw refusal(value.compact, "texts and whole numbers below 2^53, nested 32 levels at most")
      }
      return value
    case (.count, .int(let count)):
      guard count.magnitude <= JSON.largestExactInteger else {
        throw refusal(String(count), "a whole number below 2^53")
      }
      return value
    case (.text, .string(let text)):
      guard text.utf8.count <= RecordField.longestText else {
        throw refusal("a text of \(text.utf8.count) bytes", "at most 1 MiB of text")
      }
      return value
    case (.amount, .string(let text)): return .string(try amount(text))
    case (.amount, .int(let number)): return .string(try amount(String(number)))
    case (.day(let loose), .string(let text)):
      guard Day(iso: text) != nil || loose && DayRange(iso: text) != nil else {
        throw refusal(text, loose ? "a year, a month or a day" : "a day, YYYY-MM-DD")
      }
      return value
    case (.moment, .string(let text)):
      guard case .moment(let moment) = Effective(text) else {
        throw refusal(text, "a moment with its offset, 2026-03-01T02:00:00+01:00")
      }
      return .string(moment.utc)
    case (.choice(let words), .string(let text)):
      guard words.contains(text) else {
        throw refusal(text, "one of " + words.joined(separator: ", "))
      }
      return value
    case (.record(let kind), .string(let text)):
      guard let id = RecordID(text), id.kind == kind else {
        throw refusal(text, "the name of a \(kind) record, \(kind)/…")
      }
      return value
    case (.list, .array(let values)):
      for case let item in values {
        guard case .string = item else { throw refusal(item.compact, "a list of texts") }
      }
      return value
    default: throw refusal(value.compact, RecordField.words(form))
    }
  }

  /// Fields that hold floating-point operations, of which nobody trains with fewer than a thousand.
  private static let operations: Set<String> = ["flop", "published_flop", "base_flop"]

  /// An amount as it was written, when the figures can be read from it.
  private func amount(_ text: String) throws(Problem) -> String {
    let figure = text.hasSuffix("%") ? String(text.dropLast()) : text
    let isRead =
      RecordField.operations.contains(name)
      ? (try? FLOP(reading: text)) != nil : (try? Quantity.read(figure, letters: true)) != nil
    guard isRead else {
      throw refusal(text, "a number that is not negative, such as 15T, 3.8e25 or 0.41")
    }
    return text
  }

  private func refusal(_ found: String, _ expected: String) -> Problem {
    Problem(
      "duties.bad-field", what: "\(name) cannot be “\(found.prefix(80))”",
      why: "\(title) takes \(expected)",
      mend: example.isEmpty ? "correct the value or leave it out" : "for example: \(example)",
      places: [Place(name)])
  }

  /// Whether a nested value has one spelling in the journal and can be read back from it.
  private static func canBeKept(_ value: JSON, levels: Int) -> Bool {
    switch value {
    case .array(let values):
      levels > 0 && values.allSatisfy { canBeKept($0, levels: levels - 1) }
    case .object(let members):
      levels > 0 && members.allSatisfy { canBeKept($0.1, levels: levels - 1) }
        && (try? value.canonicalBytes()) != nil
    default: (try? value.canonicalBytes()) != nil
    }
  }

  /// Whether a value says nothing: null, blank text, an empty list.
  static func isEmpty(_ value: JSON) -> Bool {
    switch value {
    case .null: true
    case .string(let text):
      text.utf8.first.map { $0 > 0x20 && $0 < 0x7F } != true
        && text.allSatisfy(\.isWhitespace)
    case .array(let values): values.isEmpty
    default: false
    }
  }

  private static func words(_ form: Form) -> String {
    switch form {
    case .text: "text"
    case .day: "a day, YYYY-MM-DD"
    case .moment: "a moment with its offset from UTC"
    case .amount: "an amount"
    case .count: "a whole number"
    case .yesNo: "yes or no"
    case .choice(let words): "one of " + words.joined(separator: ", ")
    case .list: "a list of texts"
    case .record(let kind): "the name of a \(kind) record"
    case .tree: "a nested value"
    }
  }

  private static func trimmed(_ text: String) -> String {
    let isSpace: (Character) -> Bool = { $0.isWhitespace }
    let start = text.drop(while: isSpace)
    guard let last = start.lastIndex(where: { !isSpace($0) }) else { return "" }
    return String(start[...last])
  }
}
