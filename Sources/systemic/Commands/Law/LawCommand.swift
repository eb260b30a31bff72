public import ArgumentParser
import Ground
import RuleFile
import Rulebook
import Workspace

/// `systemic law`: the law as dated data.
struct LawCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "law", abstract: "Read the law as of a day: rules, periods, dates, divergences.",
    discussion: """
      Examples:
        systemic law show 52(1)
        systemic law list --as-of 2025-08-02 --for provider --tier systemic
        systemic law due --rule cop/safety/9.3/death --from 2026-11-20T14:00
        systemic law timeline
      """,
    subcommands: [
      LawShow.self, LawList.self, LawRules.self, LawDue.self, LawTimeline.self,
      LawDivergences.self, LawSearch.self, LawCheckOverlay.self, LawImport.self,
    ])
}

/// Output formats of the law commands.
enum TextFormat: String, ExpressibleByArgument, CaseIterable { case text, json }

/// The day and the overlay of a question.
struct LawOptions: ParsableArguments {
  @Option(help: "Answer by the law of this day (YYYY-MM-DD); default today in Brussels.")
  var asOf: String?
  @Option(help: "An organisation's own rules (YAML), added to the law.")
  var overlay: String?
  @Option(help: "text or json.")
  var format: TextFormat = .text

  /// Shows rules in the format asked for.
  func say(_ found: [Provision], as text: @autoclosure () -> String) {
    Terminal.say(format == .json ? JSON.array(found.map(\.json)).pretty : text())
  }

  func law() throws -> Law {
    Law.at(try Terminal.day(asOf), overlay: try overlay.map { try OverlayFile.read($0) })
  }
}

/// `systemic law show`.
struct LawShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show one rule as it stands on a day.",
    discussion:
      "Examples: systemic law show 52(1) · 52.1 · 'art 53(1)(d)' · 'recital 111' · 'annex XIII(f)' · cop/safety/9.3"
  )
  @Argument(help: "A citation or id.")
  var rule: String
  @OptionGroup var options: LawOptions

  func run() throws {
    try Terminal.run {
      let law = try options.law()
      let answer = try ShowRule(rule, law: law)
      switch options.format {
      case .json: Terminal.say(answer.json.pretty)
      case .text: Terminal.say(RuleText.provision(answer))
      }
    }
  }
}

/// `systemic law list`.
struct LawList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the rules that stand on a day.")
  @Option(name: .customLong("for"), help: "Whom it addresses: provider, commission, …")
  var audience: Rule.Audience?
  @Option(help: "gpai, systemic or any; a tier lists what applies to such a model.")
  var tier: Rule.Tier?
  @Option(help: "statute, recital, guideline, code, template or house.")
  var force: Force?
  @Option(help: "duty, threshold, period, definition, …")
  var kind: Rule.Kind?
  @OptionGroup var options: LawOptions

  func run() throws {
    try Terminal.run {
      let law = try options.law()
      let found = ListRules(
        law: law, audience: audience, tier: tier, force: force, kind: kind
      ).provisions
      options.say(found, as: RuleText.list(found, law: law))
    }
  }
}

/// `systemic law rules`.
struct LawRules: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "List the rules whose period `law due` can count.")
  @OptionGroup var options: LawOptions

  func run() throws {
    try Terminal.run {
      let law = try options.law()
      let found = law.provisions.filter { $0.version.period != nil }
      options.say(found, as: RuleText.periods(found))
    }
  }
}

/// `systemic law due`.
struct LawDue: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "due", abstract: "Count a legal period from an event, under both readings.",
    discussion: """
      The plain calendar and Regulation (EEC, Euratom) No 1182/71 are both shown. The alarm is the
      earlier for a deadline or a period counted backwards, the later for a not-before date.

      Examples:
        systemic law due --rule ai-act/52/1 --from 2026-11-20
        systemic law due --rule 52.5 --from 2026-08-31 --format json
        systemic law due --period '5 working days' --from 2026-12-23 --calendar BE
        systemic law due --period '2 weeks' --backward --from 2027-03-15
      """)
  @Option(help: "Id or citation of a rule with a period; `systemic law rules` lists them.")
  var rule: String?
  @Option(help: "Instead of a rule: 'N hours|days|working days|weeks|months|years'.")
  var period: String?
  @Option(help: "The event: RFC 3339 or a date; without offset it is Brussels time.")
  var from: String
  @Option(help: "Holiday calendar: commission, BE, DE, FR, …")
  var calendar = "commission"
  @Flag(help: "With --period: count back from the event.")
  var backward = false
  @Flag(help: "With --period: nothing may happen before its end.")
  var notBefore = false
  @OptionGroup var options: LawOptions

  func validate() throws {
    if (rule == nil) == (period == nil) {
      throw ValidationError("Give either --rule ID or --period 'N units'.")
    }
    if rule != nil, backward || notBefore {
      throw ValidationError(
        "A rule says itself how it is counted; leave out --backward and --not-before.")
    }
  }

  func run() throws {
    try Terminal.run {
      let law = try options.law()
      let count: CountPeriod
      if let rule {
        count = try CountPeriod(rule: rule, from: from, calendar: calendar, law: law)
      } else {
        count = try CountPeriod(
          period: period ?? "", backward: backward, notBefore: notBefore, from: from,
          calendar: calendar, law: law)
      }
      switch options.format {
      case .json: Terminal.say(count.json.pretty)
      case .text: Terminal.say(RuleText.due(count))
      }
    }
  }
}

/// `systemic law timeline`.
struct LawTimeline: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "timeline", abstract: "The key dates, in order.")
  @OptionGroup var options: LawOptions

  func run() throws {
    try Terminal.run {
      let law = try options.law()
      let dates = ListRules.timeline(law)
      switch options.format {
      case .json: Terminal.say(JSON.array(dates.map(\.json)).pretty)
      case .text: Terminal.say(RuleText.timeline(dates, law: law))
      }
    }
  }
}

/// `systemic law divergences`.
struct LawDivergences: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "divergences",
    abstract: "What published pages say otherwise than the primary source, row by row.")
  @Option(help: "Only those that concern this rule.")
  var rule: String?
  @OptionGroup var options: LawOptions

  func run() throws {
    try Terminal.run {
      let law = try options.law()
      let id = try rule.map { try ShowRule($0, law: law).rule.id }
      let found = id.map(law.divergences(about:)) ?? law.divergences
      switch options.format {
      case .json: Terminal.say(JSON.array(found.map { $0.json(law) }).pretty)
      case .text:
        Terminal.say(found.map { RuleText.divergence($0, law: law) }.joined(separator: "\n"))
      }
    }
  }
}

/// `systemic law search`.
struct LawSearch: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search", abstract: "Find rules whose title or text holds all the words.")
  @Argument(help: "Words.")
  var words: [String]
  @OptionGroup var options: LawOptions

  func run() throws {
    try Terminal.run {
      let law = try options.law()
      let found = ListRules.search(words, law: law)
      options.say(found, as: RuleText.list(found, law: law))
    }
  }
}

/// `systemic law check-overlay`.
struct LawCheckOverlay: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check-overlay",
    abstract: "Check an organisation's overlay and say what it changes.")
  @Argument(help: "The overlay (YAML).")
  var file: String

  func run() throws {
    try Terminal.run {
      Terminal.say(RuleText.overlay(try OverlayFile.read(file)))
    }
  }
}

extension Rule.Audience: ExpressibleByArgument {}
extension Rule.Tier: ExpressibleByArgument {}
extension Rule.Kind: ExpressibleByArgument {}
extension Force: ExpressibleByArgument {}
