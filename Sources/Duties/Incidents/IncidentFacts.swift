public import Ground

/// What is known about an incident: an answer of yes, no or unknown to each question of the decision table.
public struct IncidentFacts: Sendable, Hashable {
  /// Answers by the place of the question.
  private var answers = Answers()
  /// Answers that stand for all questions of a category at once, by its place.
  private var whole = Answers()
  /// Whether the link was called suspected; no other answer takes that back.
  private var isCalledSuspected = false

  /// Nothing is known.
  public init() {}

  /// Facts as they are answered.
  public init(_ answers: [IncidentQuestion: Bool]) {
    for (question, answer) in answers { self.answers[question.place] = answer }
  }

  /// Answers of yes or no by place, two bits each: a docket of many incidents copies and compares them all the time.
  private struct Answers: Sendable, Hashable {
    private var known: UInt32 = 0
    private var yes: UInt32 = 0

    subscript(place: Int) -> Bool? {
      get {
        let bit = UInt32(1) << UInt32(place)
        return known & bit == 0 ? nil : yes & bit != 0
      }
      set {
        let bit = UInt32(1) << UInt32(place)
        known = newValue == nil ? known & ~bit : known | bit
        yes = newValue == true ? yes | bit : yes & ~bit
      }
    }
  }

  /// What is known of a question; nil for unknown.
  public subscript(question: IncidentQuestion) -> Bool? {
    get {
      let isImplied = question == .causalLinkSuspected && isCalledSuspected
      return answers[question.place] ?? (isImplied ? true : nil)
    }
    set { answers[question.place] = newValue }
  }

  /// Whether the link is suspected, whatever else was answered about the suspicion.
  var isLinkSuspected: Bool {
    isCalledSuspected || answers[IncidentQuestion.causalLinkSuspected.place] == true
  }

  /// Whether the link was called suspected and the suspicion denied.
  var isSuspicionDenied: Bool {
    isCalledSuspected && answers[IncidentQuestion.causalLinkSuspected.place] == false
  }

  /// The answer to a category as a whole.
  public subscript(whole category: IncidentCategory) -> Bool? {
    get { whole[category.place] }
    set { whole[category.place] = newValue }
  }

  /// The answer in three values.
  public func answer(_ question: IncidentQuestion) -> Answer {
    Answer(self[question], fact: question.rawValue)
  }

  /// Takes one answer as somebody wrote it, in whatever order the answers come.
  ///
  /// Of several answers to one question the cautious one counts: what is unknown takes nothing back.
  ///
  /// Names are those of questions or of categories, in small or capital letters, with hyphens, spaces or underscores.
  /// - Throws: `duties.unknown-question`, `duties.not-an-answer`.
  public mutating func take(_ name: String, _ value: JSON) throws(Problem) {
    let id = IncidentFacts.plain(name)
    let question = IncidentQuestion.named(id)
    let category = IncidentCategory(rawValue: id)
    guard question != nil || category != nil else { throw IncidentFacts.unknown(name) }
    let answer = try IncidentFacts.read(value, name, question)
    if let question {
      answers[question.place] = IncidentFacts.cautious(
        answers[question.place], answer.value, isNoCautious: question == .reversible)
    }
    // A category that is one question has one answer.
    if let category, question == nil {
      whole[category.place] = IncidentFacts.cautious(whole[category.place], answer.value)
    }
    if answer.isSuspicion { isCalledSuspected = true }
  }

  /// Of two answers the one that errs towards the duty.
  private static func cautious(_ one: Bool?, _ other: Bool?, isNoCautious: Bool = false) -> Bool? {
    guard let one, let other else { return one ?? other }
    return isNoCautious ? one && other : one || other
  }

  /// What may be answered.
  public static func answers(_ question: IncidentQuestion) -> [String] {
    ["yes", "no", "unknown"]
      + (question == .causalLink ? ["established", "suspected", "excluded", "open"] : [])
  }

  private static func read(
    _ value: JSON, _ name: String, _ question: IncidentQuestion?
  ) throws(Problem) -> (value: Bool?, isSuspicion: Bool) {
    switch value {
    case .bool(let answer): return (answer, false)
    case .null: return (nil, false)
    case .string(let text):
      let isLink = question == .causalLink
      let word = plain(text)
      if let answer = words[word] { return (answer, false) }
      if unknownWords.contains(word) { return (nil, false) }
      switch word {
      case "established" where isLink: return (true, false)
      case "excluded" where isLink: return (false, false)
      case "open" where isLink: return (nil, false)
      case "suspected" where isLink: return (nil, true)
      default: break
      }
    case .int(let number):
      if number == 0 || number == 1 { return (number == 1, false) }
    case .number, .array, .object: break
    }
    throw Problem(
      "duties.not-an-answer", what: "the answer to “\(name.prefix(80))” is not understood",
      why: "a question is answered in three values; what cannot be read counts as unknown",
      mend:
        "write yes, no or unknown; for causal_link also established, suspected, excluded or open",
      places: [Place("facts", label: String(name.prefix(80)))])
  }

  /// Words that are an answer.
  private static let words = [
    "yes": true, "true": true, "y": true, "1": true, "no": false, "false": false, "n": false,
    "0": false,
  ]

  /// Words for what is not known; what does not apply is not answered either.
  private static let unknownWords: Set<String> = [
    "", "unknown", "undetermined", "unclear", "not_known", "n/a", "na", "?", "null", "tbd",
  ]

  private static func unknown(_ name: String) -> Problem {
    Problem(
      "duties.unknown-question", what: "there is no question “\(name.prefix(80))”",
      why: "an answer to another question would be lost",
      mend:
        "`systemic incident questions` lists the questions; a category may be answered as a whole",
      places: [Place("facts", label: String(name.prefix(80)))])
  }

  /// A name or an answer in small letters, with underscores, without spaces around it; `causalLink` is `causal_link`.
  public static func plain(_ text: String) -> String {
    if isPlain(text) { return text }
    var spaced = ""
    var isSmall = false
    for letter in text.prefix(200) {
      if isSmall, letter.isUppercase { spaced.append("_") }
      isSmall = letter.isLowercase
      spaced.append(letter)
    }
    return spaced.lowercased().split { $0.isWhitespace || $0 == "-" || $0 == "_" }
      .joined(separator: "_")
  }

  /// Whether it is as it should be already, as in every record.
  private static func isPlain(_ text: String) -> Bool {
    let bytes = text.utf8
    guard let first = bytes.first, let last = bytes.last, bytes.count <= 200 else { return false }
    let underscore = UInt8(ascii: "_")
    guard first != underscore, last != underscore else { return false }
    var before: UInt8 = 0
    return bytes.allSatisfy { byte in
      defer { before = byte }
      return byte == underscore
        ? before != underscore : (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    }
  }
}
