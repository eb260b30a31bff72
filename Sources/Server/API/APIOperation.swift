internal import Ground

/// One thing that a program can ask: what the router matches, the gate reads and the description says.
struct APIOperation: Sendable {
  /// How it is asked.
  enum Method: String, Sendable, CaseIterable { case get = "GET", post = "POST" }

  /// What comes with it.
  enum Body: Sendable {
    case none
    /// An object; read whole, at most `API.mostBody` bytes.
    case json(Shape)
    /// A file of any type, taken piece by piece.
    case file(atMost: Int)
  }

  /// What is answered when it was done.
  struct Answer: Sendable {
    var status = 200
    let about: String
    var content: Content
    /// Header fields beside the usual ones.
    var fields: [String] = []

    /// The content of an answer.
    enum Content: Sendable {
      case none
      case json(Shape)
      case text(String)
      case bytes(String)
    }
  }

  /// The name under which generated clients know it.
  let id: String
  let method: Method
  /// Below the base; `{name}` is one part.
  let path: String
  /// Under which heading it is described.
  let tag: String
  let summary: String
  var about = ""
  var parameters: [APIParameter] = []
  var body = Body.none
  let answer: Answer
  /// Statuses of refusals beside those that every operation may give.
  var refusals: Set<Int> = []
  /// Whether strangers may ask.
  var isForEverybody = false
  /// Whether it is for the tokens of deployers, and for nobody else.
  var isForDeployers = false
  /// Whether the version that it changes must be stated.
  var needsVersion = false
  /// Whether the request may name itself.
  var takesKey = false
  let work: @Sendable (APICall) async throws -> APIReply

  /// The names in the path.
  var pathNames: [String] {
    path.split(separator: "/").filter { $0.hasPrefix("{") }.map {
      String($0.dropFirst().dropLast())
    }
  }

  /// Every status that it may answer with.
  var statuses: [Int] {
    var all: Set<Int> = [answer.status, 400, 406, 414, 429, 500, 503]
    if !isForEverybody { all.formUnion([401, 403]) }
    if !pathNames.isEmpty { all.insert(404) }
    if method == .post { all.formUnion([403, 404, 408, 409, 413, 415, 422]) }
    if needsVersion { all.formUnion([412, 428]) }
    if answer.fields.contains("ETag"), method == .get { all.insert(304) }
    return all.union(refusals).sorted()
  }
}

/// A value beside the body.
struct APIParameter: Sendable {
  /// Where it stands.
  enum Place: String, Sendable { case path, query, header }

  let name: String
  var place = Place.query
  let shape: Shape
  var isRequired = false
  let about: String

  /// A value of the query.
  static func query(
    _ name: String, _ shape: Shape, _ about: String, required: Bool = false
  ) -> APIParameter {
    APIParameter(name: name, shape: shape, isRequired: required, about: about)
  }

  /// The key of a record in the path.
  static func key(_ name: String = "key", _ about: String = "The last part of the record's name.")
    -> APIParameter
  {
    APIParameter(name: name, place: .path, shape: .word(.key), isRequired: true, about: about)
  }

  /// The day of the law and of the facts.
  static let day = query("day", .word(.day), "As of this day; today where it is left out.")

  /// How many items.
  static let limit = query("limit", .count(1...500), "Most items; 100 where it is left out.")

  /// Where to go on.
  static let cursor = query(
    "cursor", .text(atLeast: 1, atMost: 512), "From `next` of the page before.")

  /// The value of a text as it stands in an address.
  func value(_ text: String) throws(Problem) -> JSON {
    let value: JSON
    switch shape {
    case .count: value = Int(text).map { .int($0) } ?? .string(text)
    case .flag:
      value = text == "true" ? .bool(true) : text == "false" ? .bool(false) : .string(text)
    default: value = .string(text)
    }
    do throws(Problem) { try shape.check(value, at: name) } catch {
      throw Problem(
        "server.bad-parameter", what: "\(name) cannot be “\(text.prefix(80))”", why: error.why,
        mend: error.mend, places: [Ground.Place(name)])
    }
    return value
  }
}
