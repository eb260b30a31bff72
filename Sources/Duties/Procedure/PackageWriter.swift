internal import Compute
internal import Ground
internal import RuleFile
internal import Rulebook

/// Writes the package of a notification: facts with their sources, nothing that no record holds.
struct PackageWriter {
  let sources: NotificationSources
  let triggers: [NotificationTrigger]

  private var opinion: Opinion { sources.opinion }
  private var model: RecordState { sources.model }

  var json: JSON {
    .object([
      ("kind", .string("notification")),
      ("title", .string("Notification under Article 52(1) of Regulation (EU) 2024/1689")),
      ("as_of", .string(sources.law.day.iso)),
      (
        "basis",
        .array(["ai-act/52/1", "guidelines/31"].compactMap { sources.law.citation($0)?.json })
      ),
      ("provider", provider), ("model", identity), ("requirement", requirement),
      ("triggers", .array(triggers.map(\.json))), ("compute", compute), ("approach", approach),
      ("approximations", approximations), ("evidence", evidence), ("designation", designation),
      ("further", further), ("supersedes", sources.fields["supersedes"] ?? .null),
    ])
  }

  private var provider: JSON {
    let isAsked = !sources.isInUnion
    let mandate = sources.mandate
    let name = mandate?.title ?? sources.provider?.text("authorised_representative")
    return .object([
      ("name", JSON(sources.provider?.title)),
      ("established_in_union", .string(sources.isInUnion.word)),
      ("address", JSON(sources.written("address"))),
      ("contact", JSON(sources.written("contact") ?? sources.provider?.text("contact"))),
      (
        "authorised_representative",
        isAsked == .no
          ? .string("not asked: the provider is established in the Union")
          : name.map { name in
            .object([
              ("name", .string(name)), ("established_in", JSON(mandate?.text("established_in"))),
              ("address", JSON(mandate?.text("address"))),
              ("contact", JSON(mandate?.text("contact"))),
              ("mandate_signed", JSON(mandate?.day("mandate-signed")?.iso)),
            ])
          } ?? .null
      ),
    ])
  }

  private var identity: JSON {
    .object([
      ("name", .string(model.title)), ("record", .string(model.id.text)),
      ("version", JSON(sources.written("model_version"))),
      (
        "version_record",
        sources.version.map {
          .object([
            ("record", .string($0.id.text)), ("status", JSON($0.status)),
            ("weights_sha256", JSON($0.text("weights_digest"))),
          ])
        } ?? .null
      ),
      ("generates", JSON(opinion.classification.facts.modality?.words ?? [])),
      ("original_model", JSON(nonEmpty(opinion.classification.facts.baseModel))),
      (
        "placing_on_the_market",
        sources.placement.map {
          .object([
            ("day", .string($0.day)), ("state", .string($0.hasHappened ? "placed" : "planned")),
          ])
        } ?? .null
      ),
      ("withdrawn", JSON(model.day("withdrawn")?.iso)),
    ])
  }

  private var requirement: JSON {
    let items = PackageItems(sources: sources, triggers: triggers)
    let isByCapabilities = sources.requirement == .capabilities
    return .object([
      ("words", .string((sources.requirement ?? .threshold).words)),
      ("shown_by_the_records", .string(sources.requirement == nil ? "no" : "yes")),
      ("classification", .string(opinion.verdict.sentence)),
      ("assessment", isByCapabilities ? JSON(sources.written("capabilities")) : .null),
      ("citations", .array(items.requirement.citations.map(\.json))),
    ])
  }

  private var compute: JSON {
    guard let compute = sources.compute else { return .null }
    return .object([
      ("two_significant_figures", .string(compute.figure)), ("stated", .string(compute.words)),
      ("note", JSON(compute.note)), ("exact", .string(compute.flop.digits)),
      ("unit", .string("FLOP, cumulative")), ("ledger_version", .int(sources.ledgerVersion)),
      (
        "parts",
        .array(
          opinion.parts.filter { $0.flop?.count != 0 }.map { part in
            .object([
              ("id", .string(part.id)), ("flop", JSON(part.flop?.digits)),
              ("source", .string(part.source)),
            ])
          })
      ),
    ])
  }

  private var approach: JSON {
    var methods: [JSON] = opinion.ledger.map { line in
      .object([
        ("line", .string(line.id)), ("activity", .string(line.activity)),
        ("status", .string(line.status)), ("from", JSON(line.start?.iso)),
        ("to", JSON(line.end?.iso)),
        ("counts", .string(line.counts.cumulative.rawValue)), ("reason", .string(line.reason)),
        ("citation", JSON(line.citation?.text)), ("estimate", line.estimate?.json ?? .null),
      ])
    }
    if methods.isEmpty, let training = opinion.classification.training {
      methods = [
        .object([
          ("line", .string(model.title)), ("counts", .string("counted")),
          ("estimate", training.json),
        ])
      ]
    }
    return .object([
      ("description", JSON(sources.written("approach"))), ("lines", .array(methods)),
      ("reconciliation", .array(opinion.reconciliations.map(\.json))),
    ])
  }

  private var approximations: JSON {
    .object([
      ("description", JSON(sources.written("approximations"))),
      ("assumptions", JSON(sources.assumptions)), ("forecast", JSON(opinion.forecast?.basis ?? [])),
    ])
  }

  private var evidence: JSON {
    let named = sources.evidence.map { record -> JSON in
      .object([
        ("record", .string(record.id.text)), ("title", .string(record.title)),
        ("sha256", JSON(record.text("sha256"))),
      ])
    }
    let logs = sources.runs.filter { $0.status != "struck out" }.compactMap { run -> JSON? in
      run.text("log_digest").map { digest in
        .object([
          ("record", .string(run.id.text)), ("title", .string("log of " + run.title)),
          ("sha256", .string(digest)),
        ])
      }
    }
    return .array(named + logs)
  }

  private var designation: JSON {
    let isDesignated =
      model.happened["designated"] != nil || model.fields["designated"] == .bool(true)
    guard isDesignated else { return .null }
    return .object([
      ("on", JSON(model.day("designated")?.iso ?? model.text("designated_on"))),
      ("under", JSON(model.text("designated_under"))),
    ])
  }

  private var further: JSON {
    .object(
      PackageItems.optional.filter { name, _ in
        name != "address" && (name != "capabilities" || sources.requirement != .capabilities)
      }
      .map { ($0.0, JSON(sources.written($0.0))) })
  }

  private func nonEmpty(_ text: String) -> String? { text.isEmpty ? nil : text }
}
