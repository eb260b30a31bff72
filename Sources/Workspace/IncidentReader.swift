internal import Duties
internal import Ground

/// Reads one incident as JSON, without refusing the whole for a value that is wrong.
struct IncidentReader {
  var id: JSON = .null
  var narrative = ""
  var facts = IncidentFacts()
  var times = IncidentTimes()
  var ignored: [String] = []
  /// Whether it was an incident at all.
  private(set) var isRead = true
  private(set) var problems: [Problem] = []
  /// The day asked: what is submitted later was not submitted yet.
  let day: Day
  /// Reports wait for the moment of resolution, wherever it stands among the members.
  var pending: [JSON] = []
  /// How each member was spelled, and what it said.
  private var told: [String: (name: String, value: JSON)] = [:]

  /// Problems beyond the most that are told.
  private var untold = 0
  /// Most problems told of one incident.
  private static let mostProblems = 50

  /// An incident that could not be read.
  init(_ problem: Problem, asOf day: Day) {
    self.day = day
    isRead = false
    problems = [problem]
  }

  /// An incident from its members.
  init(_ json: JSON, asOf day: Day) {
    self.day = day
    guard case .object(let members) = json else {
      isRead = false
      problems = [
        Problem(
          "workspace.not-an-incident", what: "the line is not a JSON object",
          why: "each line holds one incident with its members",
          mend: "write each incident as one object on one line: "
            + "{\"id\": \"1\", \"narrative\": \"…\", \"facts\": {\"death\": \"unknown\"}}")
      ]
      return
    }
    for (name, value) in members { take(IncidentFacts.plain(name), name, value) }
    takePendingReports()
    tellFuture()
    tellUnnamedNarrative()
    for words in facts.contradictions + times.contradictions { addContradiction(words) }
    if facts[.modelInvolved] == false, times[.awareOfInvolvement] != nil {
      addContradiction(
        "the model is not involved, yet there is a moment of awareness of its involvement; the "
          + "moment counts, so that no time limit is missed")
    }
  }

  private mutating func take(_ name: String, _ given: String, _ value: JSON) {
    switch name {
    case "id": takeID(given, value)
    case "narrative": takeNarrative(value)
    case "facts": takeFacts(value)
    case "reports": takeReports(value)
    case "learned": takeLearned(value)
    default:
      guard let moment = IncidentMoment(rawValue: name) else {
        ignore(name, given)
        return
      }
      takeMoment(moment, given, value)
    }
  }

  /// Notes a member that is not used; one that may be a slip of the pen is a problem, because a clock may hang on it.
  private mutating func ignore(_ name: String, _ given: String) {
    if ignored.count < IncidentReader.mostProblems { ignored.append(String(given.prefix(80))) }
    guard let near = Spelling.meant(name, among: IncidentReader.members) else { return }
    add(
      Problem(
        "workspace.incident-member", what: "“\(given.prefix(80))” is not used",
        why: "no member has this name", mend: "did you mean \(near)?", places: [Place(name)]))
  }

  private static let members =
    ["id", "narrative", "facts", "reports", "learned"] + IncidentMoment.allCases.map(\.rawValue)

  private mutating func takeID(_ given: String, _ value: JSON) {
    switch value {
    case .array, .object: add(IncidentReader.unreadable("id", "a text or a number"))
    case .null: break
    case .bool, .int, .number, .string:
      let isFirst = id == .null
      if isFirst { id = value }
      remember("id", given, value, "the first counts") { $0 != $1 }
    }
  }

  private mutating func takeNarrative(_ value: JSON) {
    if case .string(let text) = value {
      // Of two texts both are read: a question too many costs less than one that nobody asked.
      narrative += (narrative.isEmpty ? "" : "\n") + text
    } else if value != .null {
      add(
        IncidentReader.unreadable(
          "narrative", "a text", "it is not a text; the texts in it are read for their words"))
      narrative += (narrative.isEmpty ? "" : "\n") + IncidentReader.texts(in: value)
    }
  }

  /// Every text in a list or an object, a line for each.
  private static func texts(in value: JSON) -> String {
    switch value {
    case .string(let text): text
    case .array(let values): values.map(texts).joined(separator: "\n")
    case .object(let members): members.map { texts(in: $0.1) }.joined(separator: "\n")
    case .null, .bool, .int, .number: ""
    }
  }

  /// Tells of a text under another name where there is no narrative: nothing of it was read.
  private mutating func tellUnnamedNarrative() {
    guard narrative.isEmpty,
      let name = ignored.first(where: {
        IncidentReader.likeNarrative.contains(IncidentFacts.plain($0))
      })
    else { return }
    add(
      Problem(
        "workspace.incident-member", what: "“\(name)” is not used, and there is no narrative",
        why: "no member has this name, and its words were not read",
        mend: "did you mean narrative?", places: [Place(name)]))
  }

  private static let likeNarrative: Set<String> = [
    "text", "description", "summary", "details", "body", "content", "message",
  ]

  private mutating func takeFacts(_ value: JSON) {
    guard case .object(let answers) = value else {
      if value != .null { add(IncidentReader.unreadable("facts", "an object of answers")) }
      return
    }
    for (question, answer) in answers {
      do throws(Problem) {
        try facts.take(question, answer)
      } catch {
        add(error)
        continue
      }
      let name = "facts/" + IncidentFacts.plain(question)
      remember(name, question, answer, "the cautious answer counts") { one, other in
        IncidentReader.facts(question, one) != IncidentReader.facts(question, other)
      }
    }
  }

  /// What a single answer says, to compare it with another.
  private static func facts(_ question: String, _ answer: JSON) -> IncidentFacts? {
    var facts = IncidentFacts()
    do throws(Problem) { try facts.take(question, answer) } catch { return nil }
    return facts
  }

  private mutating func takeLearned(_ value: JSON) {
    guard case .object(let members) = value else {
      if value != .null { add(IncidentReader.unreadable("learned", "an object of moments")) }
      return
    }
    for (name, value) in members {
      guard let category = IncidentCategory(rawValue: IncidentFacts.plain(name)) else {
        add(
          IncidentReader.unreadable(
            "learned", "an object of moments by category", "“\(name.prefix(80))” is no category"))
        continue
      }
      guard let read = moment("learned/" + name, value)?.instant else { continue }
      let isOther = times.learned[category] != read
      remember("learned/" + category.rawValue, name, value, "the later moment counts") { _, _ in
        isOther
      }
      // A report told of what was known before it: the later moment leaves more to be told.
      times.learned[category] = max(read, times.learned[category] ?? read)
    }
  }

  private mutating func takeMoment(_ moment: IncidentMoment, _ given: String, _ value: JSON) {
    let read = self.moment(moment.rawValue, value, isApproximate: moment == .occurred)
    guard let read else { return }
    // Documents are kept from the later of two days; everything else is due from the earlier.
    let isLaterCautious = moment == .documented
    let isOther = times[moment] != read.instant || times.latest[moment] != read.latest
    remember(
      moment.rawValue, given, value, "the \(isLaterCautious ? "later" : "earlier") moment counts"
    ) { _, _ in isOther }
    if let before = times[moment],
      isLaterCautious ? before >= read.instant : before <= read.instant
    {
      return
    }
    times[moment] = read.instant
    times.latest[moment] = read.latest
  }

  /// Notes what a member said, and tells it where it stands there twice under two spellings and says something else.
  private mutating func remember(
    _ name: String, _ given: String, _ value: JSON, _ counts: String,
    differ: (JSON, JSON) -> Bool
  ) {
    guard value != .null else { return }
    guard let before = told[name] else {
      told[name] = (given, value)
      return
    }
    guard differ(before.value, value) else { return }
    addContradiction(
      "“\(before.name.prefix(80))” and “\(given.prefix(80))” are the same and say different things; "
        + counts, Place(name))
  }

  /// Tells of JSON that was mended so that the rest of the incident could be read.
  mutating func tellMended(_ what: [String], _ place: Place) {
    for what in what {
      add(
        Problem(
          "ground.not-json", what: "the line is not quite JSON: \(what)",
          why: "the rest was read; of two statements the cautious one counts",
          mend: "correct the line",
          places: [place]))
    }
  }

  private mutating func addContradiction(_ what: String, _ place: Place? = nil) {
    add(
      Problem(
        "workspace.incident-contradiction", what: what,
        why: "two statements about one incident cannot both be true", mend: "correct one of them",
        places: place.map { [$0] } ?? []))
  }

  /// Says where the line stands that is no incident.
  mutating func stands(at place: Place) {
    for index in problems.indices where problems[index].places.isEmpty {
      problems[index].places = [place]
    }
  }

  mutating func add(_ problem: Problem) {
    if problems.count < IncidentReader.mostProblems {
      problems.append(problem)
    } else {
      untold += 1
    }
  }

  /// Says how many problems are not told of.
  mutating func tellUntold() {
    guard untold > 0 else { return }
    problems.append(
      Problem(
        "workspace.incident-problems-left",
        what: "\(untold) more problems of this incident are not listed",
        why: "the first \(IncidentReader.mostProblems) are", mend: "mend those, and ask again"))
  }

  static func unreadable(_ name: String, _ wanted: String, _ found: String? = nil) -> Problem {
    Problem(
      "workspace.incident-member",
      what: found.map { name + ": " + $0 } ?? "\(name) is not \(wanted)",
      why: "what cannot be read counts as unknown", mend: "write \(name) as \(wanted)",
      places: [Place(name)])
  }
}
