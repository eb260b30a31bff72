internal import Ground

/// What a value may be: described in the document for programs, and asked of every value that comes in.
indirect enum Shape: Sendable {
  case text(atLeast: Int = 0, atMost: Int = 1 << 20)
  /// A text of one form.
  case word(Word)
  case count(ClosedRange<Int>)
  case number
  case flag
  case choice([String])
  case list(Shape, atMost: Int = 10_000)
  /// Members by name; an open one may have others.
  case object([Member], isOpen: Bool = false)
  /// Members of any name, all of one shape.
  case map(Shape)
  case anything
  case any([Shape])
  case orNull(Shape)
  /// A shape that the document holds once, under a name.
  case named(String)

  /// A form of text.
  struct Word: Sendable {
    let pattern: String
    var format: String?
    let example: String
    /// What a person reads when a text is otherwise.
    let words: String
    let isRight: @Sendable (String) -> Bool
  }

  /// A member of an object.
  struct Member: Sendable {
    let name: String
    let shape: Shape
    var isRequired = true
    var about = ""

    /// A member that must be there.
    static func needed(_ name: String, _ shape: Shape, _ about: String = "") -> Member {
      Member(name: name, shape: shape, about: about)
    }

    /// A member that may be left out.
    static func open(_ name: String, _ shape: Shape, _ about: String = "") -> Member {
      Member(name: name, shape: shape, isRequired: false, about: about)
    }
  }
}

extension Shape {
  /// As JSON Schema.
  ///
  /// Source: JSON Schema 2020-12, which OpenAPI 3.1 takes.
  var json: JSON {
    switch self {
    case .text(let least, let most):
      return .object(
        [("type", .string("string"))] + (least > 0 ? [("minLength", .int(least))] : [])
          + [("maxLength", .int(most))])
    case .word(let word):
      var members: [(String, JSON)] = [
        ("type", .string("string")), ("pattern", .string(word.pattern)),
      ]
      if let format = word.format { members.append(("format", .string(format))) }
      return .object(members + [("examples", JSON([word.example]))])
    case .count(let range):
      return .object([
        ("type", .string("integer")), ("minimum", .int(range.lowerBound)),
        ("maximum", .int(range.upperBound)),
      ])
    case .number: return .object([("type", .string("number"))])
    case .flag: return .object([("type", .string("boolean"))])
    case .choice(let words): return .object([("type", .string("string")), ("enum", JSON(words))])
    case .list(let item, let most):
      return .object([("type", .string("array")), ("items", item.json), ("maxItems", .int(most))])
    case .object(let members, let isOpen): return Shape.json(members, isOpen)
    case .map(let value):
      return .object([("type", .string("object")), ("additionalProperties", value.json)])
    case .anything: return .object([])
    case .any(let shapes): return .object([("anyOf", .array(shapes.map(\.json)))])
    case .orNull(let shape):
      return .object([("anyOf", .array([shape.json, .object([("type", .string("null"))])]))])
    case .named(let name):
      return .object([("$ref", .string("#/components/schemas/" + name))])
    }
  }

  private static func json(_ members: [Member], _ isOpen: Bool) -> JSON {
    let properties = members.map { member -> (String, JSON) in
      guard !member.about.isEmpty, case .object(let parts) = member.shape.json else {
        return (member.name, member.shape.json)
      }
      return (member.name, .object(parts + [("description", .string(member.about))]))
    }
    let required = members.filter(\.isRequired).map(\.name)
    return .object(
      [("type", .string("object")), ("properties", .object(properties))]
        + (required.isEmpty ? [] : [("required", JSON(required))])
        + [("additionalProperties", .bool(isOpen))])
  }
}

extension Shape {
  /// Refuses a value of another shape, with the place in it.
  ///
  /// - Throws: `server.bad-body`.
  func check(_ value: JSON, at place: String = "") throws(Problem) {
    switch (self, value) {
    case (.text(let least, let most), .string(let text)):
      guard (least...most).contains(text.unicodeScalars.count) else {
        throw Shape.refusal(place, "a text of \(least) to \(most) characters")
      }
    case (.word(let word), .string(let text)):
      guard word.isRight(text) else { throw Shape.refusal(place, word.words) }
    case (.count(let range), .int(let count)):
      guard range.contains(count) else {
        throw Shape.refusal(place, "from \(range.lowerBound) to \(range.upperBound)")
      }
    case (.number, .int), (.number, .number), (.flag, .bool), (.anything, _), (.orNull, .null):
      return
    case (.choice(let words), .string(let text)):
      guard words.contains(where: { $0.utf8.elementsEqual(text.utf8) }) else {
        throw Shape.refusal(place, "one of " + words.joined(separator: ", "))
      }
    case (.list(let item, let most), .array(let values)):
      guard values.count <= most else { throw Shape.refusal(place, "at most \(most) items") }
      for (index, value) in values.enumerated() { try item.check(value, at: "\(place)/\(index)") }
    case (.object(let members, let isOpen), .object(let values)):
      try Shape.check(values, members, isOpen, place)
    case (.map(let shape), .object(let values)):
      for (name, value) in values { try shape.check(value, at: place + "/" + name) }
    case (.any(let shapes), _):
      guard shapes.contains(where: { $0.takes(value) }) else {
        // What is wrong with the one that was meant, where that can be told.
        let meant = shapes.filter { $0.hasAllNames(of: value) }
        if meant.count == 1 { try meant[0].check(value, at: place) }
        throw Shape.refusal(place, Shape.choice(shapes))
      }
    case (.orNull(let shape), _): try shape.check(value, at: place)
    case (.named(let name), _): try Shapes.named[name]?.check(value, at: place)
    default: throw Shape.refusal(place, words)
    }
  }

  /// Whether a value is of the shape.
  func takes(_ value: JSON) -> Bool {
    do throws(Problem) {
      try check(value)
      return true
    } catch {
      return false
    }
  }

  /// Whether an object has the members that the shape needs, and none that it does not know.
  private func hasAllNames(of value: JSON) -> Bool {
    guard case .object(let members, let isOpen) = self, case .object(let values) = value else {
      return false
    }
    return members.allSatisfy { member in
      !member.isRequired || values.contains { $0.0.utf8.elementsEqual(member.name.utf8) }
    }
      && (isOpen
        || values.allSatisfy { value in
          members.contains { $0.name.utf8.elementsEqual(value.0.utf8) }
        })
  }

  /// What one may choose from, in words.
  private static func choice(_ shapes: [Shape]) -> String {
    let each = shapes.compactMap { shape -> String? in
      guard case .object(let members, _) = shape else { return nil }
      return members.filter(\.isRequired).map(\.name).joined(separator: " and ")
    }
    guard each.count == shapes.count else { return "one of the shapes that the description names" }
    return "an object with either " + each.joined(separator: ", or ")
  }

  private static func check(
    _ values: [(String, JSON)], _ members: [Member], _ isOpen: Bool, _ place: String
  ) throws(Problem) {
    for member in members where member.isRequired {
      guard values.contains(where: { $0.0 == member.name }) else {
        throw refusal(place + "/" + member.name, "there")
      }
    }
    for (name, value) in values {
      guard let member = members.first(where: { $0.name.utf8.elementsEqual(name.utf8) }) else {
        guard !isOpen else { continue }
        throw Problem(
          "server.bad-body", what: "there is no “\(name.prefix(80))” here",
          why: "a name that nobody reads is a slip: "
            + (members.isEmpty
              ? "nothing is expected" : members.map(\.name).joined(separator: ", ")),
          mend: "correct the name or leave it out",
          places: [Place(place + "/" + name.prefix(80))])
      }
      try member.shape.check(value, at: place + "/" + name)
    }
  }

  private static func refusal(_ place: String, _ expected: String) -> Problem {
    Problem(
      "server.bad-body", what: "\(place.isEmpty ? "the body" : place) is not as described",
      why: "it has to be \(expected)", mend: "the description is at \(API.base)/openapi.json",
      places: [Place(place)])
  }

  /// The kind of value in words.
  private var words: String {
    switch self {
    case .text: "a text"
    case .word(let word): word.words
    case .count: "a whole number"
    case .number: "a number"
    case .flag: "true or false"
    case .choice(let words): "one of " + words.joined(separator: ", ")
    case .list: "a list"
    case .object, .map: "an object"
    case .anything: "anything"
    case .any, .orNull, .named: "of another shape"
    }
  }
}
