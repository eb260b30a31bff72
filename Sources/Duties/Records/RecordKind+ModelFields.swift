internal import Ground

extension RecordKind {
  /// The fields of a model file, without its runs, each with the rules because of which it is asked.
  static let modelFields: [RecordField] = [
    RecordField(
      "name", "the model's name", required: true, example: "Aurora 3",
      asks: ["ai-act/annex-xi/1/1/a", "template/model-documentation/2"]),
    RecordField(
      "modality", "what it generates", .list, example: "text; code",
      asks: ["guidelines/17", "ai-act/annex-xi/1/1/e"]),
    RecordField(
      "released", "when it was or will be placed on the market", .day(loose: true),
      asks: ["ai-act/annex-xi/1/1/c", "ai-act/111/3"]),
    RecordField(
      "open_weights", "whether its weights are public", .yesNo, asks: ["ai-act/53/2"]),
    RecordField(
      "established_in_union", "whether the provider is established in the Union", .yesNo,
      asks: ["ai-act/54/1"]),
    RecordField(
      "published_flop", "stated training compute", .amount, example: "3.8e25",
      asks: ["ai-act/51/2", "ai-act/annex-xi/1/2/d", "guidelines/31/compute"]),
    RecordField(
      "params_total", "total parameters", .amount, example: "480B",
      asks: ["ai-act/annex-xi/1/1/d", "ai-act/annex-xiii/a", "guidelines/129"]),
    RecordField(
      "params_active", "parameters active for a token", .amount, example: "60B",
      asks: ["guidelines/128", "guidelines/129"]),
    RecordField(
      "tokens", "training tokens, epochs counted", .amount, example: "15T",
      asks: ["guidelines/129", "ai-act/annex-xiii/b"]),
    RecordField(
      "hardware", "chips", example: "H100 SXM", asks: ["guidelines/123"]),
    RecordField(
      "chips", "number of chips", .amount, asks: ["guidelines/124"]),
    RecordField(
      "hours", "training hours", .amount, asks: ["ai-act/annex-xi/1/2/d", "guidelines/124"]),
    RecordField(
      "chip_hours", "chip-hours", .amount, asks: ["guidelines/124"]),
    RecordField(
      "peak_flop_per_s", "peak FLOP per second of a chip", .amount,
      asks: ["guidelines/123", "guidelines/122"]),
    RecordField(
      "utilisation", "model FLOP utilisation", .amount, example: "0.41", asks: ["guidelines/123"]),
    RecordField(
      "energy_mwh", "energy for training in MWh", .amount,
      asks: ["ai-act/annex-xi/1/2/e", "template/model-documentation/39"]),
    RecordField(
      "pue", "power usage effectiveness", .amount,
      asks: ["ai-act/annex-xi/1/2/e", "template/model-documentation/40"]),
    RecordField(
      "base_model", "the model it starts from",
      asks: ["guidelines/57", "template/model-documentation/6"]),
    RecordField(
      "base_flop", "training compute of that model", .amount,
      asks: ["guidelines/60", "guidelines/118"]),
    RecordField(
      "base_same_provider", "whether that model is the provider's own", .yesNo,
      asks: ["guidelines/22/same-model", "guidelines/57/control"]),
    RecordField(
      "placed_on_market", "whether it is or will be placed on the market", .yesNo,
      asks: ["ai-act/3/9", "ai-act/2/1/a", "guidelines/51"]),
    RecordField(
      "research_only", "whether it serves research only", .yesNo,
      asks: ["ai-act/2/6", "ai-act/2/8", "ai-act/3/63"]),
    RecordField(
      "internal_use_only", "whether it is used internally only", .yesNo,
      asks: ["guidelines/51/internal-processes", "ai-act/3/9"]),
    RecordField(
      "internal_use_essential", "whether that use is essential for others", .yesNo,
      asks: ["guidelines/51/internal-processes"]),
    RecordField(
      "affects_rights", "whether that use affects rights in the Union", .yesNo,
      asks: ["guidelines/51/internal-processes"]),
    RecordField(
      "generality", "a reasoned departure from the indication", .choice(["narrow", "general"]),
      asks: ["guidelines/20", "ai-act/3/63"]),
    RecordField(
      "generality_reason", "its reason", asks: ["guidelines/20"]),
    RecordField(
      "designated", "whether the Commission designated it", .yesNo,
      asks: ["ai-act/51/1/b", "ai-act/52/4"]),
    RecordField(
      "designated_on", "the day of that decision", .day(loose: false),
      asks: ["ai-act/52/4", "ai-act/52/5"]),
    RecordField(
      "designated_under", "its basis", .choice(["52(4)", "52(1)"]),
      asks: ["ai-act/52/4", "ai-act/52/1/designation"]),
    RecordField(
      "business_users", "registered business users in the Union", .amount, example: "12000",
      asks: ["ai-act/annex-xiii/f"]),
    RecordField(
      "annex_xiii", "what is known of the criteria of Annex XIII", .tree,
      asks: ["ai-act/annex-xiii", "ai-act/51/1/b"], parts: TreeParts.annexXIII),
    RecordField(
      "licence", "its licence", asks: ["ai-act/annex-xi/1/1/f", "guidelines/74"]),
    RecordField(
      "open_source", "the open-source tests", .tree, asks: ["ai-act/53/2", "guidelines/75"],
      parts: TreeParts.openSource),
    RecordField(
      "attention", "layers, width and context", .tree, asks: ["guidelines/128"],
      parts: TreeParts.attention),
    RecordField(
      "signatory", "whether the provider signed the Code of Practice", .yesNo,
      asks: ["ai-act/53/4", "guidelines/91"]),
    RecordField(
      "most_capable", "whether it is among the provider's most capable models on the market",
      .yesNo, asks: ["cop/safety/1.3", "cop/safety/1.2"]),
    RecordField(
      "met_on", "the day on which the threshold was passed", .day(loose: false),
      asks: ["ai-act/52/1"]),
    RecordField(
      "known_since", "the day since which it is known", .day(loose: false),
      asks: ["ai-act/52/1", "guidelines/29/foreseeable"]),
    RecordField(
      "capabilities_met_on", "the day on which an assessment found high-impact capabilities",
      .day(loose: false), asks: ["ai-act/51/1/a", "ai-act/52/1"]),
    RecordField(
      "capabilities_known_since", "the day since which it is known that it will have them",
      .day(loose: false), asks: ["ai-act/51/1/a", "ai-act/52/1"]),
    RecordField(
      "notification_sent", "the day on which the Commission was notified", .day(loose: false),
      asks: ["ai-act/52/1"]),
    RecordField(
      "margin", "the provider's error margin", .amount, example: "0.2", asks: ["guidelines/120"]),
    RecordField(
      "base_models", "models of others that it comes from", .tree,
      asks: ["guidelines/118", "guidelines/57"], parts: TreeParts.baseModels, isList: true),
    RecordField(
      "sources", "where each fact comes from", .tree,
      asks: ["guidelines/120/documentation", "cop/transparency/1.3"], parts: TreeParts.sources,
      isList: true),
    RecordField(
      "owner", "who looks after it", .record("person"), asks: ["house/ownership"]),
    RecordField(
      "sample", "whether it is a sample, made up to try the program", .yesNo, fixed: true),
  ]
}
