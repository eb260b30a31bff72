internal import Ground
internal import RuleFile
internal import Rulebook
internal import Workspace

/// The law as dated rules.
enum LawOperations {
  static let all: [APIOperation] = [
    list, rule, divergences, timeline, lawChanges, counting, hardware,
  ]

  private static let open = Shape.object([], isOpen: true)

  private static func items(_ about: String) -> APIOperation.Answer {
    .init(
      about: about,
      content: .json(
        .object([
          .needed("as_of", .word(.day)), .needed("caution", .orNull(.text())),
          .needed("items", .list(open)),
        ])))
  }

  private static func reply(_ law: Law, _ items: [JSON]) -> APIReply {
    .json(
      .object([
        ("as_of", .string(law.day.iso)), ("caution", JSON(law.staleness)),
        ("items", .array(items)),
      ]))
  }

  private static func law(_ call: APICall) -> Law {
    call.workspace.surroundings.law(call.day() ?? call.today)
  }

  private static let list = APIOperation(
    id: "listRules", method: .get, path: "law", tag: "law",
    summary: "The rules that stand on a day, narrowed down or searched.",
    parameters: [
      .day, .query("q", .text(atMost: 200), "Words that a rule holds."),
      .query("force", .choice(Force.allCases.map(\.rawValue)), "Only rules of this force."),
      .query(
        "audience", .choice(Rule.Audience.allCases.map(\.rawValue)), "Only rules for these."),
      .query("tier", .choice(Rule.Tier.allCases.map(\.rawValue)), "Only what binds such a model."),
      .query("kind", .choice(Rule.Kind.allCases.map(\.rawValue)), "Only rules of this kind."),
    ], answer: items("Rules with citation, force and validity.")
  ) { call in
    let law = law(call)
    let narrowed = ListRules(
      law: law, audience: call.text("audience").flatMap { Rule.Audience(rawValue: $0) },
      tier: call.text("tier").flatMap { Rule.Tier(rawValue: $0) },
      force: call.text("force").flatMap { Force(rawValue: $0) },
      kind: call.text("kind").flatMap { Rule.Kind(rawValue: $0) }
    ).provisions
    let words = (call.text("q") ?? "").split(separator: " ").map(String.init)
    guard !words.isEmpty else { return reply(law, narrowed.map(\.json)) }
    let found = Set(ListRules.search(words, law: law).map(\.rule.id))
    return reply(law, narrowed.filter { found.contains($0.rule.id) }.map(\.json))
  }

  private static let rule = APIOperation(
    id: "getRule", method: .get, path: "law/rule", tag: "law",
    summary: "One rule with its versions, its source, and pages that say otherwise.",
    parameters: [
      .query(
        "id", .text(atLeast: 1, atMost: 200), "Its id or citation, such as ai-act/52/1 or 52(1).",
        required: true), .day,
    ],
    answer: .init(about: "The rule.", content: .json(open)), refusals: [404]
  ) { call in .json(try ShowRule(call.text("id") ?? "", law: law(call)).json) }

  private static let divergences = APIOperation(
    id: "listDivergences", method: .get, path: "law/divergences", tag: "law",
    summary: "Published pages that say otherwise than the primary text.", parameters: [.day],
    answer: items("What each says, and the primary text.")
  ) { call in
    let law = law(call)
    return reply(law, law.divergences.map { $0.json(law) })
  }

  private static let timeline = APIOperation(
    id: "getTimeline", method: .get, path: "law/timeline", tag: "law",
    summary: "The days that rules name, in their order.", parameters: [.day],
    answer: items("Each day with its rule.")
  ) { call in
    let law = law(call)
    return reply(law, ListRules.timeline(law).map(\.json))
  }

  private static let lawChanges = APIOperation(
    id: "listLawChanges", method: .get, path: "law/changes", tag: "law",
    summary: "The days on which rules begin, change and end, and the days that they name.",
    parameters: [
      .query("from", .word(.day), "From this day on."),
      .query("until", .word(.day), "Up to and including this day."),
    ], answer: items("Each rule with its day, in the order of days.")
  ) { call in
    let law = call.workspace.surroundings.law(call.today)
    let found = LawChangesPage.items(law, from: call.day("from"), until: call.day("until"))
    return reply(
      law,
      found.sorted { ($0.day, $0.id) < ($1.day, $1.id) }.map { item in
        .object([
          ("day", .string(item.day.iso)), ("id", .string(item.id)), ("title", .string(item.title)),
          ("what", .string(item.word)), ("citation", .string(item.cite)),
          ("force", .string(item.force.rawValue)),
        ])
      })
  }

  private static let counting = APIOperation(
    id: "listCounting", method: .get, path: "compute/counting", tag: "law",
    summary: "What counts as training compute and as cumulative compute, item by item.",
    parameters: [.day], answer: items("Items of the Guidelines, with reason and citation.")
  ) { call in
    let law = law(call)
    return reply(law, CountActivity.all(law).map(\.json))
  }

  private static let hardware = APIOperation(
    id: "listHardware", method: .get, path: "compute/hardware", tag: "law",
    summary: "The chips of the catalogue with their peak performance.",
    parameters: [.query("q", .text(atMost: 80), "A part of a name.")],
    answer: .init(
      about: "Chips.", content: .json(.object([.needed("items", .list(open))])))
  ) { call in
    let chips = HardwareList.chips(matching: call.text("q")).map(HardwareList.json)
    return .json(.object([("items", .array(chips))]))
  }
}
