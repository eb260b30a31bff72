internal import Compute
public import Duties
public import Ground
internal import RuleFile

/// A model described in YAML: the keys of the table, runs, lineage and the facts behind the legal questions.
public struct ModelFile: Sendable {
  /// What it states.
  public let dossier: Dossier

  /// Reads a file, with values replaced for a what-if question.
  ///
  /// - Parameters:
  ///   - path: the file, or `-` for standard input.
  ///   - settings: `key=value`, such as `tokens=20T` or `runs.pretraining.tokens=20T`.
  /// - Throws: `ground.file-*`, `rulefile.*`, `workspace.bad-setting`.
  public init(path: String, settings: [String] = []) throws(Problem) {
    try self.init(text: try TextFile.read(path), file: path, settings: settings)
  }

  /// Reads a text.
  public init(text: String, file: String, settings: [String] = []) throws(Problem) {
    var node = try RuleNode.read(text, file: file)
    for setting in settings {
      let parts = setting.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[0].isEmpty else {
        throw Problem(
          "workspace.bad-setting", what: "\"\(setting)\" sets nothing",
          why: "a what-if names a key and its value", mend: "write it like --set tokens=20T")
      }
      try ModelFile.refuse(String(parts[0]), beside: node)
      node = try node.setting(
        parts[0].split(separator: ".").map(String.init), to: String(parts[1]),
        label: "--set " + setting)
    }
    try self.init(node, file: file)
  }

  /// Reads what records amount to, without the detour over YAML, which reads some characters otherwise.
  init(_ document: JSON, name: String) throws(Problem) {
    try self.init(RuleNode(document, file: name), file: name)
  }

  private init(_ node: RuleNode, file: String) throws(Problem) {
    var reader = ModelFileReader(folder: ModelFile.folder(of: file))
    dossier = reader.read(node)
    if !reader.problems.isEmpty { throw Problem.several(reader.problems, file: file) }
  }

  /// A figure at the top has no effect where a ledger of runs decides.
  private static func refuse(_ key: String, beside node: RuleNode) throws(Problem) {
    let figures: [ModelFacts.Column] = [
      .parametersTotal, .parametersActive, .tokens, .hardware, .chips, .hours, .chipHours, .peak,
      .utilisation, .published,
    ]
    guard figures.contains(where: { $0.rawValue == key }), case .map(let members) = node.content,
      members.contains(where: { $0.key == "runs" })
    else { return }
    throw Problem(
      "workspace.setting-without-effect", what: "\(key) is set, but the runs decide",
      why: "with a ledger the compute is the sum of its runs",
      mend: "name the run, such as --set runs.ID.\(key)=…")
  }

  private static func folder(of file: String) -> String {
    guard let slash = file.lastIndex(of: "/") else { return "" }
    return String(file[...slash])
  }
}

/// Reads the YAML nodes of a model file.
struct ModelFileReader {
  let folder: String
  var problems: [Problem] = []

  init(folder: String) { self.folder = folder }

  mutating func read(_ node: RuleNode) -> Dossier {
    var fields = Fields(node, "a model file")
    var dossier = Dossier()
    let reader = shared(&fields)
    dossier.facts = reader.facts
    dossier.problems = reader.problems
    scope(&fields, &dossier)
    risk(&fields, &dossier)
    if let node = fields.node("open_source") { openSource(node, &dossier) }
    dossier.sources = sources(fields.list("sources"))
    dossier.bases = fields.list("base_models").compactMap { base($0) }
    dossier.runs = fields.list("runs").compactMap { run($0) }
    attachBase(&dossier)
    energy(&fields, &dossier)
    fields.finish()
    problems += fields.problems
    return dossier
  }

  /// The keys that the table shares.
  private func shared(_ fields: inout Fields, renamed: [ModelFacts.Column: String] = [:])
    -> FactReader
  {
    var values: [ModelFacts.Column: String] = [:]
    for column in ModelFacts.Column.allCases {
      values[column] = fields.texts(renamed[column] ?? column.rawValue).joined(separator: ";")
    }
    return FactReader { values[$0] ?? "" }
  }

  private mutating func scope(_ fields: inout Fields, _ dossier: inout Dossier) {
    dossier.isInUnion = fields.flag("established_in_union")
    dossier.isPlaced = fields.flag("placed_on_market")
    dossier.isResearchOnly = fields.flag("research_only")
    dossier.isInternalOnly = fields.flag("internal_use_only")
    dossier.isInternalUseEssential = fields.flag("internal_use_essential")
    dossier.affectsRights = fields.flag("affects_rights")
    dossier.generality = fields.choice("generality", of: Dossier.Generality.self)
    dossier.generalityReason = fields.text("generality_reason")
    if dossier.generality != nil, dossier.generalityReason == nil {
      fields.report(
        "workspace.no-reason", "a departure from the indication needs a reason",
        "the indication can be rebutted, not ignored", "add `generality_reason: …`",
        fields.place(of: "generality"))
    }
    dossier.isSignatory = fields.flag("signatory")
    dossier.licence = fields.text("licence")
  }

  private mutating func risk(_ fields: inout Fields, _ dossier: inout Dossier) {
    dossier.isDesignated = fields.flag("designated")
    dossier.designatedOn = fields.day("designated_on")
    if let route = fields.text("designated_under") {
      dossier.isDesignatedOnCriteria = route.contains("52(4)")
      if !["52(4)", "52(1)"].contains(route) {
        fields.report(
          "workspace.bad-route", "\"\(route)\" is not a route of designation",
          "the Commission designates under 52(4) or, for want of notification, 52(1)",
          "write 52(4) or 52(1)", fields.place(of: "designated_under"))
      }
    }
    dossier.metOn = fields.day("met_on")
    dossier.knownSince = fields.day("known_since")
    dossier.capabilitiesMetOn = fields.day("capabilities_met_on")
    dossier.capabilitiesKnownSince = fields.day("capabilities_known_since")
    dossier.notifiedOn = fields.day("notification_sent")
    dossier.businessUsers = count("business_users", &fields, smallest: 0)
    if let node = fields.node("annex_xiii") {
      var inner = Fields(node, "annex_xiii")
      for letter in ["a", "b", "c", "d", "e", "f", "g"] {
        dossier.annexXIII[letter] = inner.text(letter)
      }
      inner.finish()
      problems += inner.problems
    }
    if let node = fields.node("attention") {
      var inner = Fields(node, "attention")
      let values = ["layers", "width", "context"].map { count($0, &inner, smallest: 1) }
      inner.finish()
      problems += inner.problems
      if let layers = values[0], let width = values[1], let context = values[2] {
        dossier.attention = (layers, width, context)
      }
    }
    if let text = fields.text("margin") {
      if let quantity = try? FactReader.margin(text) {
        dossier.margin = quantity.approximate
      } else {
        fields.report(
          "workspace.bad-margin", "\"\(text)\" is not an error margin in (0, 1]",
          "the Guidelines allow an overall margin of 30 %", "write it like 20% or 0.2",
          fields.place(of: "margin"))
      }
    }
  }

  /// Measured energy, or chip power × chip-hours × PUE where all three are known.
  private mutating func energy(_ fields: inout Fields, _ dossier: inout Dossier) {
    let pue = fields.text("pue")
    if let text = fields.text("energy_mwh") {
      if let quantity = try? Quantity.read(text) {
        dossier.energy = TrainingEnergy(measured: quantity.approximate)
      } else {
        fields.report(
          "workspace.bad-energy", "\"\(text)\" is not an amount of energy",
          "energy is stated in megawatt-hours", "write it like 21500",
          fields.place(of: "energy_mwh"))
      }
      return
    }
    guard let pue else { return }
    let facts = dossier.facts
    let hours =
      facts.chipHours?.approximate
      ?? facts.chips.flatMap { chips in facts.hours.map { chips.approximate * $0.approximate } }
    guard let hours, let watts = HardwareCatalogue.embedded.chip(named: facts.hardware)?.watts
    else { return }
    do throws(Problem) {
      dossier.energy = try TrainingEnergy(
        watts: watts, chipHours: hours, effectiveness: Double(pue) ?? 0)
    } catch {
      fields.report(error.code, error.what, error.why, error.mend, fields.place(of: "pue"))
    }
  }

  private mutating func count(
    _ key: String, _ fields: inout Fields, smallest: UInt128
  ) -> UInt128? {
    guard let text = fields.text(key) else { return nil }
    if let value = try? Quantity.read(text, letters: true).integer, value >= smallest {
      return value
    }
    fields.report(
      "workspace.not-a-count", "\"\(text)\" is not a whole number", "\"\(key)\" counts something",
      "write digits, or 12K", fields.place(of: key))
    return nil
  }

  private mutating func openSource(_ node: RuleNode, _ dossier: inout Dossier) {
    var fields = Fields(node, "open_source")
    for test in Dossier.OpenSourceTest.allCases {
      dossier.openSource[test] = fields.flag(test.rawValue)
    }
    fields.finish()
    problems += fields.problems
  }

  private mutating func sources(_ items: [RuleNode]) -> [String: String] {
    var result: [String: String] = [:]
    for item in items {
      var fields = Fields(item, "a source")
      let fact = fields.needed("fact")
      result[fact] = fields.needed("source")
      fields.finish()
      problems += fields.problems
    }
    return result
  }

  private mutating func base(_ node: RuleNode) -> Dossier.BaseModel? {
    var fields = Fields(node, "a base model")
    let base = Dossier.BaseModel(
      id: fields.needed("id"), flop: flop("flop", &fields),
      isSameProvider: fields.flag("same_provider"), source: fields.text("source") ?? "not stated")
    fields.finish()
    problems += fields.problems
    return base
  }

  private func flop(_ key: String, _ fields: inout Fields) -> FLOP? {
    guard let text = fields.text(key) else { return nil }
    do {
      return try FLOP(reading: text)
    } catch {
      fields.report(error.code, error.what, error.why, error.mend, fields.place(of: key))
      return nil
    }
  }

  private mutating func run(_ node: RuleNode) -> Dossier.Run? {
    var fields = Fields(node, "a run")
    let id = fields.needed("id")
    let reader = shared(&fields, renamed: [.published: "flop"])
    for problem in reader.problems {
      let key = problem.column == "published_flop" ? "flop" : problem.column
      fields.report(
        "workspace.bad-run", "run \(id): \(problem.reason)",
        "the ledger holds only figures that can be trusted",
        problem.remedy, fields.place(of: key))
    }
    let start = fields.day("start")
    let end = fields.day("end")
    if let start, let end, end < start {
      fields.report(
        "workspace.run-ends-early", "run \(id) ends before it starts", "time runs one way",
        "correct start or end", fields.place(of: "end"))
    }
    let measured = log(&fields, reader.facts)
    let run = Dossier.Run(
      id: id, activity: fields.text("activity") ?? "pre-training",
      status: fields.choice("status", of: Dossier.Run.Status.self) ?? .finished, start: start,
      end: end, knownSince: fields.day("known_since"), facts: reader.facts,
      from: fields.list("from").compactMap { ancestor($0) }, measured: measured)
    fields.finish()
    problems += fields.problems
    return run
  }

  /// The figure of the run's own log, where the file names one; relative to the model file.
  private mutating func log(_ fields: inout Fields, _ facts: ModelFacts) -> FLOP? {
    guard let path = fields.text("log") else {
      _ = fields.text("log_kind")
      return nil
    }
    let kind = fields.text("log_kind")
    let full = path.hasPrefix("/") ? path : folder + path
    var hints = ImportHints()
    hints.params = facts.parametersActive ?? facts.parametersTotal
    do {
      let imported = try ImportLogs.read(full, kind: kind, hints: hints)
      if let flop = imported.flop { return flop }
      fields.report(
        "workspace.log-without-figure",
        "\(path) does not tell the compute; missing \(imported.missing.joined(separator: ", "))",
        "nothing is invented", "state flop, or give the missing facts", fields.place(of: "log"))
    } catch {
      fields.report(error.code, error.what, error.why, error.mend, fields.place(of: "log"))
    }
    return nil
  }

  private mutating func ancestor(_ node: RuleNode) -> (id: String, how: Descent)? {
    var fields = Fields(node, "an ancestor")
    let id = fields.needed("id")
    let how = fields.choice("how", of: Descent.self)
    if fields.text("how") == nil { _ = fields.needed("how") }
    fields.finish()
    problems += fields.problems
    return how.map { (id, $0) }
  }

  /// The base model of the shared keys takes part in the lineage of a ledger.
  private func attachBase(_ dossier: inout Dossier) {
    guard !dossier.runs.isEmpty, dossier.facts.hasBase, dossier.bases.isEmpty else { return }
    let id = dossier.facts.baseModel.isEmpty ? "base model" : dossier.facts.baseModel
    dossier.bases = [
      .init(
        id: id, flop: dossier.facts.base, isSameProvider: dossier.facts.baseSameProvider,
        source: dossier.sources["base_flop"] ?? "not stated")
    ]
    if dossier.runs.allSatisfy({ $0.from.allSatisfy { $0.id != id } }) {
      dossier.runs[0].from.append((id, .initialisedFrom))
    }
  }
}
