internal import Compute
internal import Ground
internal import RuleFile
internal import Rulebook

extension OpinionWriter {
  /// The questions in the order in which a lawyer would ask them.
  func questions() -> [Opinion.Question] {
    [
      generalPurpose, scope, provider, presumptionQuestion, designation, systemicRisk,
      openSourceQuestion, representative, transition,
    ]
  }

  private var generalPurpose: Opinion.Question {
    var reasons: [Opinion.Statement] = [
      .init(
        "A general-purpose AI model displays significant generality and competently performs a "
          + "wide range of distinct tasks.", cite("ai-act/3/63")),
      .init(
        "As an indication, a model is general-purpose when it was trained with more than 10^23 "
          + "FLOP and can generate language, images from text or video from text.",
        cite("guidelines/17")),
    ]
    let modality = classification.facts.modality
    let outputs = modality?.words.joined(separator: ", ") ?? "not stated"
    let compute = classification.cumulative.map { $0.figures() + " FLOP" } ?? "not known"
    reasons.append(
      .init(
        "Its cumulative compute is \(compute); its outputs are \(outputs): \(classification.isIndicated.word)."
      ))
    if classification.assumptions.contains("methods_differ_at_1e23") {
      reasons.append(
        .init(
          "The methods of estimation fall on different sides of 10^23; the reported figure is used, "
            + "and the difference should be explained in the records.",
          cite("guidelines/120", "guidelines/120/documentation")))
    }
    reasons.append(
      .init(
        "Official examples out of scope if competent at that narrow task only, though trained with "
          + "10^24 FLOP: transcription, speech synthesis, upscaling, inpainting, games, weather, music, sound effects; in scope: a "
          + "model of broad natural language.",
        cite("guidelines/20/transcription", "guidelines/20/games", "guidelines/20/broad-language")))
    switch dossier.generality {
    case .narrow:
      reasons.append(
        .init(
          "The provider states that the model is competent at narrow tasks only"
            + reasonText + "; the indication can be rebutted.",
          cite("guidelines/20", "guidelines/20/narrow")))
    case .general:
      reasons.append(
        .init(
          "The provider states that the model is general" + reasonText
            + "; a model below the indication can still be general-purpose.",
          cite("guidelines/20/general")))
    case nil:
      reasons.append(
        .init(
          "The indication can be rebutted both ways by the model's actual generality.",
          cite("guidelines/20")))
    }
    return .init(
      id: "general-purpose", title: "Is it a general-purpose AI model?", answer: isGeneralPurpose,
      reasoning: reasons, divergences: divergences("ai-act/3/63", "guidelines/17"))
  }

  private var reasonText: String { dossier.generalityReason.map { " (\($0))" } ?? "" }

  private var scope: Opinion.Question {
    var reasons: [Opinion.Statement] = [
      .init(
        "Chapter V binds those who place a model on the Union market: the first supply for "
          + "distribution or use in a commercial activity, paid or free.",
        cite("ai-act/3/9", "ai-act/3/10", "ai-act/3/3")),
      .init(
        "Models used for research, development or prototyping before they are placed on the market "
          + "are outside the definition.", cite("ai-act/3/63", "ai-act/2/8")),
    ]
    if dossier.isInternalOnly == true {
      reasons.append(
        .init(
          "Internal use counts as placing when it is essential for a product or service to third "
            + "parties or affects rights of natural persons in the Union.",
          cite("guidelines/51/internal-processes", "recital/97")))
      reasons.append(
        .init(
          "Recital 97 says that models with systemic risk should always be subject to the "
            + "obligations; how that fits the definition is disputed, so have counsel review internal "
            + "use of such a model.", cite("recital/97")))
    }
    if let released = classification.facts.released {
      reasons.append(
        .init(
          "The day of release is given as \(released.iso) and is taken as the day of placing on the "
            + "Union market."))
    }
    return .init(
      id: "placed-on-market", title: "Is it placed on the Union market?", answer: isInScope,
      reasoning: reasons, divergences: [])
  }

  private var provider: Opinion.Question {
    guard classification.facts.hasBase else {
      return .init(
        id: "modifier", title: "Does a modifier become the provider?", answer: nil,
        reasoning: [
          .init("The model does not start from another model; the question does not arise.")
        ],
        divergences: [])
    }
    var reasons: [Opinion.Statement] = []
    if classification.facts.baseSameProvider == true {
      reasons.append(
        .init(
          "The model it starts from is by the same provider: later development by or for the "
            + "provider belongs to the lifecycle of the model, and the whole compute counts.",
          cite("guidelines/22/same-model", "guidelines/118")))
      return .init(
        id: "modifier", title: "Does a modifier become the provider?", answer: nil,
        reasoning: reasons, divergences: divergences("guidelines/60"))
    }
    reasons.append(
      .init(
        "A modifier becomes the provider only by a significant change in generality, capabilities or "
          + "systemic risk; this is indicated when the modification takes more than one third of the "
          + "original model's training compute. Exactly one third is not more.",
        cite("guidelines/59", "guidelines/60")))
    reasons.append(modifierFigures)
    if classification.assumptions.contains("base_compute_unknown_fallback") {
      reasons.append(
        .init(
          "The original's compute is not stated. If it cannot be known or estimated, the modification "
            + "is held against one third of 10^25 (original with systemic risk) or of 10^23 (other "
            + "original); both give the same answer here.",
          cite("guidelines/61/systemic", "guidelines/61/other")))
    }
    if classification.isModifierProvider == .yes {
      reasons.append(
        .init(
          "The duties under Art. 53(1)(a) and (b) are limited to the modification and those under "
            + "(c) and (d) to its data, unless the resulting model has systemic risk.",
          cite("guidelines/65/documentation", "guidelines/65/data", "recital/109")))
    }
    return .init(
      id: "modifier", title: "Does a modifier become the provider?",
      answer: classification.isModifierProvider, reasoning: reasons,
      divergences: divergences("guidelines/60", "guidelines/61"))
  }

  private var modifierFigures: Opinion.Statement {
    guard let own = classification.training?.flop, let base = classification.facts.base else {
      return .init("The compute of the modification or of the original is not known.")
    }
    let share = own.approximate / base.approximate * 100
    let shown = String((share * 10).rounded() / 10)
    return .init(
      "The modification took \(own.figures()) FLOP, the original \(base.figures()) FLOP: "
        + "about \(shown) %, compared exactly.")
  }

  private var presumptionQuestion: Opinion.Question {
    var reasons: [Opinion.Statement] = [
      .init(
        "High-impact capabilities are presumed when the cumulative compute used for training is "
          + "strictly greater than 10^25 FLOP; exactly 10^25 is not greater.", cite("ai-act/51/2")),
      .init(
        "Cumulative compute takes in pre-training, generation of data that is not public, "
          + "fine-tuning, and the compute behind weights it starts from.",
        cite("recital/111", "guidelines/116", "guidelines/117", "guidelines/118")),
    ]
    if let cumulative = classification.cumulative {
      reasons.append(
        .init(
          "The cumulative figure is \(cumulative.digits) FLOP (\(cumulative.figures()))."))
    } else {
      reasons.append(.init("The cumulative figure is not known: \(missingWords)."))
    }
    if classification.missing.contains("reconciliation") {
      reasons.append(
        .init(
          "Complete methods of estimation fall on different sides of 10^25. None is preferred: "
            + "the difference must be explained before the question can be answered.",
          cite("guidelines/120", "guidelines/120/documentation")))
    }
    if classification.isNear == true {
      reasons.append(
        .init(
          "10^25 lies within 30 % of the figure. The law asks only whether the figure is greater; "
            + "document the method, inputs and uncertainty, and monitor actual compute.",
          cite("guidelines/120", "guidelines/30")))
    }
    if let warning = earlyWarning { reasons.append(warning) }
    return .init(
      id: "presumption", title: "Is its cumulative compute greater than 10^25 FLOP?",
      answer: classification.exceeds, reasoning: reasons,
      divergences: divergences("ai-act/51/2", "guidelines/116", "recital/111"))
  }

  /// The house rule that warns from a share of the threshold on, where an overlay switched it on.
  private var earlyWarning: Opinion.Statement? {
    let id = "house/early-warning"
    guard law.overlay?.isOn(id) == true, let value = law.provision(id)?.version.threshold?.value,
      let cumulative = classification.cumulative
    else { return nil }
    let parts = value.split(separator: "/").compactMap { UInt128($0) }
    guard parts.count == 2, parts[1] > 0, let scaled = cumulative.times(parts[1]),
      let share = FLOP.presumption.times(parts[0])
    else { return nil }
    return .init(
      "House rule: the figure \(scaled >= share ? "has reached" : "has not reached") \(value) of "
        + "the threshold, from which the provider wants to be warned.", cite(id))
  }

  private var missingWords: String {
    classification.missing.isEmpty
      ? "facts are missing" : "missing " + classification.missing.joined(separator: ", ")
  }

  private var designation: Opinion.Question {
    var reasons: [Opinion.Statement] = [
      .init(
        "The Commission can designate a model whose capabilities or impact are equivalent, on its "
          + "own motion or after a qualified alert, having regard to Annex XIII.",
        cite("ai-act/51/1/b", "ai-act/52/4")),
      .init(
        "It can also designate a model that presents systemic risks and was not notified.",
        cite("ai-act/52/1/designation")),
      .init(
        "The criteria are factors, not conditions that must all be met.", cite("ai-act/annex-xiii")),
    ]
    for letter in ["a", "b", "c", "d", "e", "f", "g"] {
      let id = "ai-act/annex-xiii/" + letter
      let title = law.rule(id)?.title ?? letter
      var given = dossier.annexXIII[letter]
      if letter == "f", let users = dossier.businessUsers {
        let boundary = law.rule(id)?.versions.last?.threshold?.value ?? ""
        let isPresumed = UInt128(boundary).map { users >= $0 } ?? false
        given =
          "\(users) registered business users in the Union; high impact on the internal market is "
          + (isPresumed ? "presumed from \(boundary)" : "not presumed below \(boundary)")
      }
      if letter == "a", given == nil {
        given = classification.facts.parametersTotal.map { "\($0) parameters" }
      }
      if letter == "b", given == nil { given = classification.facts.tokens.map { "\($0) tokens" } }
      if letter == "c", given == nil {
        given = classification.cumulative.map { $0.figures() + " FLOP" }
      }
      reasons.append(
        .init("(\(letter)) \(title): \(given ?? "not stated").", cite(id)))
    }
    if let day = dossier.designatedOn { reasons.append(.init("Designated on \(day.iso).")) }
    return .init(
      id: "designated", title: "Has the Commission designated it?",
      answer: Answer(dossier.isDesignated, fact: "designated"), reasoning: reasons,
      divergences: divergences("ai-act/51/1/b", "ai-act/52/4", "ai-act/annex-xiii/f"))
  }

  private var systemicRisk: Opinion.Question {
    var reasons: [Opinion.Statement] = []
    if isChapterInForce {
      reasons.append(
        .init(
          "A general-purpose AI model has systemic risk when it has high-impact capabilities, which "
            + "are presumed above 10^25 FLOP, or when the Commission has designated it.",
          cite("ai-act/51/1/a", "ai-act/51/1/b", "ai-act/51/2")))
      reasons.append(
        .init(
          "With the notification the provider may argue that, exceptionally, the model does not "
            + "present systemic risk. In the Commission's reading mitigations are no ground, and arguing "
            + "does not suspend the duties.",
          cite("ai-act/52/2", "guidelines/39", "guidelines/40/no-suspension")))
      if dossier.hasCapabilities {
        reasons.append(
          .init(
            "The provider's own assessment "
              + (dossier.capabilitiesMetOn.map { "found high-impact capabilities on \($0.iso)" }
                ?? "expects high-impact capabilities since \(dossier.capabilitiesKnownSince?.iso ?? "")")
              + ". The Act asks for suitable technical tools and methods; it opens the notification "
              + "without the presumption.", cite("ai-act/51/1/a", "ai-act/3/64", "ai-act/52/1")))
        reasons.append(
          .init(
            "The Guidelines, which do not bind, see at present only two requirements that trigger "
              + "notification, both of compute.", cite("guidelines/29/requirements")))
      }
      if classification.isModifierProvider == .yes,
        let base = classification.facts.base, base > .presumption
      {
        reasons.append(
          .init(
            "A model that results from modifying a model with systemic risk above one third is "
              + "presumed to have systemic risk, and its modifier notifies.",
            cite("guidelines/67", "guidelines/68")))
      }
    } else {
      reasons.append(
        .init("Chapter V applies from 2 August 2025.", cite("ai-act/113/chapter-v")))
    }
    return .init(
      id: "systemic-risk", title: "Is it a general-purpose AI model with systemic risk?",
      answer: isSystemic, reasoning: reasons,
      divergences: divergences("ai-act/51/1/a", "ai-act/52/2", "ai-act/52/1"))
  }
}
