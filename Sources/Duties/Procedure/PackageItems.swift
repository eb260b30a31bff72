internal import Compute
internal import Ground
internal import RuleFile
internal import Rulebook

/// Judges what a notification holds against what law, Guidelines and house ask for.
struct PackageItems {
  let sources: NotificationSources
  let triggers: [NotificationTrigger]

  var all: [PackageItem] {
    [requirement]
      + (sources.requirement == .capabilities ? [capabilities] : [])
      + [
        compute, approach, approximations, contact, version, trigger, placement, representative,
      ] + further
  }

  /// The requirement of Article 52(1): the presumption by compute, a modification, or capabilities that were found.
  var requirement: PackageItem {
    let opinion = sources.opinion
    let shown = sources.requirement
    return item(
      "requirement", "the requirement that is met or will be met", .law,
      shown != nil ? .given : opinion.classification.isPresumed == .no ? .missing : .undetermined,
      ["ai-act/52/1"] + (shown ?? .threshold).rules,
      shown?.words ?? "the records do not show it: " + opinion.verdict.sentence
        + " Put the facts on the record, or wait. Where an assessment finds high-impact capabilities "
        + "without that compute, record it: systemic model event MODEL capabilities-found --on DAY")
  }

  /// What shows capabilities that no amount of compute lets presume.
  private var capabilities: PackageItem {
    let given = sources.written("capabilities")
    return item(
      "capabilities", "the high-impact capabilities, and how they were assessed", .law,
      given == nil ? .missing : .given, ["ai-act/52/1", "ai-act/51/1/a", "ai-act/3/64"],
      given == nil
        ? "fill in “capabilities”: tools and methods, indicators, benchmarks with results, and the most "
          + "advanced models they are compared with"
        : "given")
  }

  /// An item that is asked where an amount of compute triggered the duty.
  private func computed(
    _ id: String, _ title: String, given: String?, _ rules: [String], _ missing: String
  ) -> PackageItem {
    let isAsked = sources.requirement != .capabilities
    return item(
      id, title, .guidelines, given != nil ? .given : isAsked ? .missing : .notAsked, rules,
      given ?? (isAsked ? missing : "asked where an amount of compute triggered the duty"))
  }

  private var compute: PackageItem {
    computed(
      "compute", "the compute estimate in FLOP with two significant figures",
      given: sources.compute?.words, ["guidelines/31/compute", "ai-act/52/1"],
      "give the compute of each run that counts: systemic run add")
  }

  private var approach: PackageItem {
    let stated = sources.statedOnly
    let isDescribed = sources.compute != nil && stated.isEmpty
    return computed(
      "approach", "a description of how the compute was estimated",
      given: sources.written("approach")
        ?? (isDescribed ? "from the methods and inputs of the compute ledger" : nil),
      ["guidelines/31/approach", "ai-act/52/1"],
      "fill in “approach”: the ledger holds a bare figure for "
        + (stated.isEmpty ? "the model" : stated.joined(separator: ", ")))
  }

  private var approximations: PackageItem {
    computed(
      "approximations", "the approximations made, or that none were made",
      given: sources.written("approximations")
        ?? (sources.assumptions.isEmpty ? nil : "as the methods of the ledger assume them"),
      ["guidelines/31/approach"], "fill in “approximations”; where none were made, say so")
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
    let isOpen = given != nil && sources.version == nil && !sources.versions.isEmpty
    return item(
      "model_version", "the model and its version", .house, given == nil ? .missing : .given,
      ["house/notification-fields"],
      given.map { isOpen ? "\($0); no version on the record has this name" : $0 }
        ?? "fill in “model_version”")
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
    PackageItems.optional.filter {
      $0.0 != "capabilities" || sources.requirement != .capabilities
    }.map { field, title in
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
  /// The requirement that the records show; compute first, since the Guidelines say what it takes to show it.
  var requirement: NotificationRequirement? {
    let classification = opinion.classification
    let isAbove = classification.cumulative.map { $0 > .presumption } ?? false
    let isGeneral = opinion.questions.first { $0.id == "general-purpose" }?.answer ?? nil
    guard classification.isPresumed == .yes || isAbove && isGeneral == .yes else {
      return opinion.hasCapabilities == .yes ? .capabilities : nil
    }
    return classification.isModifierProvider == .yes ? .modification : .threshold
  }

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
