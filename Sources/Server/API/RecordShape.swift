internal import Duties
internal import Ground
internal import Workspace

/// Records, their histories and what may happen to them, as programs read and write them.
enum RecordShape {
  /// A record as it stands.
  static func json(_ state: RecordState) -> JSON {
    let own: [(String, JSON)] = [
      ("kind", .string(state.id.kind)), ("title", .string(state.title)),
    ]
    return .object(own + state.withoutSecrets.json.members)
  }

  /// The name of the shape of a kind.
  static func name(_ kind: RecordKind) -> String { APIKinds.word(kind.name) }

  /// The shape of a record.
  static func shape(_ kind: RecordKind) -> Shape {
    let days = Shape.map(.effective)
    return .object([
      .needed("kind", .choice([kind.name])), .needed("title", .text()),
      .needed("author", .text(), "who began it: the key of a person, local or system"),
      .needed("begun", .word(.moment)), .needed("changed", .word(.moment)),
      .needed("class", classes, "who may read it"),
      .needed("earlier", .map(.list(.effective)), "when events were true before"),
      .needed(
        "fields", .object(kind.shown.map { .open($0.name, value($0), $0.title) }, isOpen: true)),
      .needed("happened", days, "when each event last was true"),
      .needed("id", .word(.record(kind.name))),
      .needed("since", .map(.word(.day)), "from which day each value holds"),
      .needed("status", .orNull(.text())), .needed("version", .count(1...Int.max)),
    ])
  }

  static let classes = Shape.choice(Confidentiality.allCases.map(\.rawValue))

  /// What a field holds.
  static func value(_ field: RecordField) -> Shape {
    switch field.form {
    case .text: .text()
    case .day(let loose): loose ? .looseDay : .word(.day)
    case .moment: .word(.moment)
    case .amount: .text(atMost: 200)
    case .count: .count(-JSON.largestExactInteger...JSON.largestExactInteger)
    case .yesNo: .flag
    case .choice(let words): .choice(words)
    case .list: .any([.list(.text()), .text()])
    case .record(let kind): .word(.record(kind))
    case .tree: .anything
    }
  }

  /// What a field is set to; null takes it away.
  static func given(_ field: RecordField) -> Shape {
    switch field.form {
    case .amount: .any([.text(atMost: 200), .count(0...JSON.largestExactInteger)])
    case .list: .list(.text())
    default: value(field)
    }
  }

  // MARK: What happens

  /// What begins a record of a kind.
  static func beginning(_ kind: RecordKind) -> Shape {
    let fields = kind.shown.map { field in
      Shape.Member(
        name: field.name, shape: given(field), isRequired: field.isRequired, about: field.title)
    }
    return .object([.needed("set", .object(fields))] + circumstances)
  }

  /// What may happen to a record of a kind.
  static func event(_ kind: RecordKind) -> Shape {
    let names = kind.events.filter { !$0.begins }.map(\.name)
    let fields = kind.shown.filter { !$0.isFixed }.map { field in
      Shape.Member.open(
        field.name, field.isRequired ? given(field) : .orNull(given(field)), field.title)
    }
    return .object(
      [
        .needed("event", .choice(names)), .open("set", .object(fields), "null takes a fact away"),
        .open("corrects", .flag, "whether it corrects the day of the same event before"),
      ] + circumstances)
  }

  private static let circumstances: [Shape.Member] = [
    .open("effective", .effective, "when it was true; today where it is left out"),
    .open("reason", .text(atMost: 10_000), "why, where a reason is due or wanted"),
    .open("class", classes, "who may read it; unchanged where it is left out"),
  ]

  /// What a program sent, as a change.
  static func change(_ event: String, _ call: APICall) throws(Problem) -> Change {
    Change(
      event, set: (call["set"] ?? .null).members,
      effective: call["effective"]?.text.flatMap { Effective($0) } ?? .day(call.today),
      reason: call["reason"]?.text,
      confidentiality: call["class"]?.text.flatMap { Confidentiality(rawValue: $0) },
      corrects: call["corrects"] == .bool(true))
  }

  // MARK: What happened

  /// The shape of one event of a history.
  static let historyLine = Shape.object([
    .needed("index", .count(0...Int.max), "where it stands in its log"),
    .needed("version", .count(1...Int.max)), .needed("event", .text()),
    .needed("effective", .effective, "when it was true"),
    .needed("recorded", .word(.moment), "when it was written"),
    .needed("actor", .text(), "the key of a person, local or system"),
    .needed("name", .text(), "the actor's name, as far as it may be known"),
    .needed("role", .text()), .needed("class", classes), .needed("law", .orNull(.text())),
    .needed("erased", .flag), .needed("reason", .orNull(.text())),
    .needed("corrects", .flag),
    .needed("was", .orNull(.effective), "the time that it corrects, where it names one of several"),
    .needed("set", .map(.anything)),
  ])

  /// One event of a history.
  static func json(_ event: RecordedEvent, names: PeopleNames) -> JSON {
    let envelope = event.envelope
    return .object([
      ("index", .int(event.index)), ("version", .int(envelope.version)),
      ("event", .string(envelope.event)), ("effective", .string(envelope.effective.text)),
      ("recorded", .string(envelope.recorded.utc)), ("actor", .string(envelope.actor.id)),
      ("name", .string(names.name(envelope.actor.id))),
      ("role", .string(envelope.actor.role.rawValue)),
      ("class", .string(envelope.confidentiality.rawValue)), ("law", JSON(envelope.law)),
      ("erased", .bool(event.content == nil)), ("reason", event.content?["reason"] ?? .null),
      ("corrects", .bool(event.corrects)), ("was", JSON(event.was?.text)),
      ("set", event.content?["set"] ?? .object([])),
    ])
  }
}

extension RecordKind {
  /// The fields that anybody sees.
  var shown: [RecordField] { fields.filter { !RecordKind.hiddenFields.contains($0.name) } }
}
