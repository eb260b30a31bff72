internal import Duties

/// The fields of a kind in groups, in the order in which a person thinks of them.
enum FieldGroups {
  /// Title and names of fields; what no group names comes last.
  static func groups(of kind: RecordKind) -> [(title: String, fields: [RecordField])] {
    let named = titles[kind.name] ?? []
    guard !named.isEmpty else { return [("", kind.fields)] }
    let known = Set(named.flatMap { $0.1 })
    var groups: [(title: String, fields: [RecordField])] = []
    for (title, names) in named { groups.append((title, names.compactMap { kind.field($0) })) }
    groups.append(("More", kind.fields.filter { !known.contains($0.name) }))
    return groups.filter { !$0.fields.isEmpty }
  }

  static let titles: [String: [(String, [String])]] = [
    "model": model, "incident": incident,
    "training-run": [
      ("The run", ["model", "name", "activity", "status", "start", "end", "known_since", "from"]),
      ("Its compute", ["flop", "params_total", "params_active", "tokens"]),
      (
        "Its hardware",
        ["hardware", "chips", "hours", "chip_hours", "peak_flop_per_s", "utilisation"]
      ),
      ("What it rests on", ["evidence", "log_kind", "log_digest", "measured", "position"]),
    ],
  ]

  private static let incident: [(String, [String])] = [
    (
      "The report as it came in",
      ["title", "narrative", "model", "owner", "reporter", "contact", "source", "reference"]
    ),
    ("What happened, for every report", ["began", "ended", "harm", "chain", "involvement"]),
    ("What is done about it", ["response", "recommendation"]),
    (
      "Root cause and patterns, due in the final report",
      ["root_cause", "factors", "failed_mitigations", "patterns"]
    ),
  ]

  private static let model: [(String, [String])] = [
    ("The model", ["name", "modality", "owner", "licence", "open_weights"]),
    (
      "Placing on the market",
      [
        "placed_on_market", "released", "research_only", "internal_use_only",
        "internal_use_essential", "affects_rights", "established_in_union", "signatory",
        "most_capable",
      ]
    ),
    (
      "Compute, where no run is on the ledger",
      [
        "published_flop", "params_total", "params_active", "tokens", "attention", "hardware",
        "chips", "hours", "chip_hours", "peak_flop_per_s", "utilisation", "margin",
      ]
    ),
    ("The model it starts from", ["base_model", "base_flop", "base_same_provider", "base_models"]),
    (
      "Generality and designation",
      [
        "generality", "generality_reason", "designated", "designated_on", "designated_under",
        "business_users", "annex_xiii",
      ]
    ),
    ("Free and open source", ["open_source"]),
    (
      "Days of the procedure",
      [
        "met_on", "known_since", "capabilities_met_on", "capabilities_known_since",
        "notification_sent",
      ]
    ),
    ("Energy", ["energy_mwh", "pue"]),
    ("Sources of the facts", ["sources"]),
  ]
}
