internal import Compute
internal import Ground
internal import RuleFile
internal import Rulebook

/// Judges what a notification holds against what law and house ask for.
struct PackageItems {
  let sources: NotificationSources
  let triggers: [NotificationTrigger]

  var all: [PackageItem] {
    [
      requirement, compute, approach, approximations, contact, version, trigger, placement,
      representative,
    ] + further
  }

  /// The requirement of Article 52(1) as far as the Guidelines see one today: the threshold, or a modification.
  var requirement: PackageItem {
    let opinion = sources.opinion
    let isAbove = opinion.classification.cumulative.map { $0 > .presumption } ?? false
    let isGeneral = opinion.questions.first { $0.id == "general-purpose" }?.answer ?? nil
    let isShown = opinion.classification.isPresumed == .yes || isAbove && isGeneral == .yes
    return item(
      "requirement", "the requirement that is met or will be met", .law,
      isShown ? .given : opinion.classification.isPresumed == .no ? .missing : .undetermined,
      ["ai-act/52/1", "ai-act/51/2", "guidelines/29/requirements"],
      isShown
        ? requirementWords
        : "the records do not show it: " + opinion.verdict.sentence
          + " Put the facts on the record, or wait")
  }

  /// Which requirement it is, in words.
  var requirementWords: String {
    sources.opinion.classification.isModifierProvider == .yes
      ? "a modification of more than one third of the original's compute, above the threshold"
      : "cumulative training compute greater than 10^25 FLOP"
  }

  private var compute: PackageItem {
    item(
      "compute", "the compute estimate in FLOP with two significant figures", .law,
      sources.compute == nil ? .missing : .given, ["guidelines/31/compute", "ai-act/52/1"],
      sources.compute?.words ?? "give the compute of each run that counts: systemic run add")
  }

  private var approach: PackageItem {
    let stated = sources.statedOnly
    let isGiven = sources.written("approach") != nil || sources.compute != nil && stated.isEmpty
    return item(
      "approach", "a description of how the compute was estimated", .law,
      isGiven ? .given : .missing, ["guidelines/31/approach", "ai-act/52/1"],
      isGiven
        ? sources.written("approach") ?? "from the methods and inputs of the compute ledger"
        : "fill in “approach”: the ledger holds a bare figure for "
          + (stated.isEmpty ? "the model" : stated.joined(separator: ", ")))
  }

  private var approximations: PackageItem {
    let isGiven = sources.written("approximations") != nil || !sources.assumptions.isEmpty
    return item(
      "approximations", "the approximations made, or that none were made", .law,
      isGiven ? .given : .missing, ["guidelines/31/approach"],
      isGiven
        ? sources.written("approximations") ?? "as the methods of the ledger assume them"
        : "fill in “approximations”; where none were made, say so")
  }

  private var contact: PackageItem {
    let given = sources.written("contact") ?? sources.provider?.text("contact")
    return item(
      "contact", "whom the Commission may ask at the provider", .house,
      given == nil ? .missing : .given, ["house/notification-fields"],
      given ?? "fill in “contact”, or the contact of the provider")
  }

  private var version: PackageItem {
    let given = sources.written("model_version")
    return item(
      "model_version", "the model and its version", .house, given == nil ? .missing : .given,
      ["house/notification-fields"], given ?? "fill in “model_version”")
  }

  private var trigger: PackageItem {
    let governing = triggers.first(where: \.governs)
    let words = governing.flatMap { trigger in
      trigger.day.map { "\($0.iso): \(trigger.kind.words); \(trigger.source)" }
    }
    return item(
      "trigger", "the day on which the requirement was met or became known", .house,
      words == nil ? .missing : .given, ["house/notification-fields", "ai-act/52/1"],
      words
        ?? "record it on the model, as met or as known: systemic model event MODEL threshold-known --on DAY; without it no clock runs"
    )
  }

  private var placement: PackageItem {
    let placement = sources.placement
    return item(
      "placement", "the day of placing on the market, planned or past", .house,
      placement == nil ? .missing : .given, ["house/notification-fields"],
      placement.map { $0.day + ($0.hasHappened ? ", placed" : ", planned") }
        ?? "record it on the model, as planned or as happened: systemic model event MODEL placement-planned --on DAY"
    )
  }

  /// Asked of providers outside the Union only.
  private var representative: PackageItem {
    let given = sources.mandate?.title ?? sources.provider?.text("authorised_representative")
    let standing: PackageItem.Standing
    let note: String
    switch sources.isInUnion {
    case .yes:
      (standing, note) = (.notAsked, "the provider is established in the Union")
    case .no:
      standing = given == nil ? .missing : .given
      note =
        given
        ?? "the mandate itself is asked by Art. 54(1), before placing on the market: systemic mandate draft"
    case .undetermined(let missing):
      standing = .undetermined
      note =
        "it depends on " + missing.joined(separator: ", ")
        + ": state whether the provider is established in the Union"
    }
    return item(
      "representative", "the authorised representative in the Union", .house, standing,
      ["house/notification-fields", "ai-act/54/1"], note)
  }

  /// What some put into a notification beside; no legal text asks for it, and nothing is missing without it.
  private var further: [PackageItem] {
    PackageItems.optional.map { field, title in
      let given = sources.written(field)
      return item(
        field, title, .house, given == nil ? .optional : .given, ["house/notification-fields"],
        given == nil ? "optional; no legal text asks for it" : "given")
    }
  }

  /// Fields that are optional, with what they are.
  static let optional = [
    ("address", "the provider's address"), ("intended_purpose", "intended purpose and ways of use"),
    ("data_provenance", "where the training data comes from"),
    ("documentation", "documents and model cards there are"),
    ("capabilities", "capabilities that bear on systemic risk"),
  ]

  private func item(
    _ id: String, _ title: String, _ asker: PackageItem.Asker, _ standing: PackageItem.Standing,
    _ rules: [String], _ note: String
  ) -> PackageItem {
    PackageItem(
      id: id, title: title, asker: asker, standing: standing,
      citations: rules.compactMap { sources.law.citation($0) }, note: note)
  }
}

extension NotificationSources {
  /// Lines of the ledger that count and rest on a bare figure; the model itself where it has no runs.
  var statedOnly: [String] {
    func isBare(_ estimate: Estimate?) -> Bool {
      estimate.map { $0.method == .published } ?? true
    }
    guard !opinion.ledger.isEmpty else {
      return isBare(opinion.classification.training) ? [model.title] : []
    }
    return opinion.ledger.filter { $0.counts.cumulative == .counted && isBare($0.estimate) }
      .map(\.id)
  }

  /// What the methods of counted lines assume, as identifiers.
  var assumptions: [String] {
    let lines = opinion.ledger.filter { $0.counts.cumulative == .counted }
    let all = opinion.classification.assumptions + lines.flatMap { $0.estimate?.assumptions ?? [] }
    return all.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}
