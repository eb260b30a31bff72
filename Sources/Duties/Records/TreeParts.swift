internal import Compute
internal import Ground

/// What the nested values of model files and runs consist of, in the words of forms.
enum TreeParts {
  /// The criteria of Annex XIII, by letter; factors that are weighed together, none of them a condition alone.
  static let annexXIII: [RecordField] = [
    criterion("a", "number of parameters"), criterion("b", "quality or size of the data set"),
    criterion("c", "compute, or cost, time or energy of training"),
    criterion("d", "modalities, and how they compare with the most advanced models"),
    criterion("e", "benchmarks and evaluations: tasks, adaptability, autonomy, scalability, tools"),
    criterion("f", "reach in the internal market"),
    criterion("g", "number of registered end-users"),
  ]

  private static func criterion(_ letter: String, _ title: String) -> RecordField {
    RecordField(letter, title, asks: ["ai-act/annex-xiii/" + letter])
  }

  /// The tests behind the open-source exception.
  static let openSource: [RecordField] = [
    test(.access, "anybody may get it", "guidelines/76/access"),
    test(.usage, "anybody may use it", "guidelines/77/usage"),
    test(.modification, "anybody may change it", "guidelines/78/modification"),
    test(.distribution, "anybody may pass it on, changed or not", "guidelines/79/distribution"),
    test(.weightsPublic, "its parameters are public", "guidelines/87"),
    test(.architecturePublic, "its architecture is public", "guidelines/87"),
    test(.usagePublic, "information on its usage is public", "guidelines/89"),
    test(.nonCommercial, "its licence forbids commercial use", "guidelines/80/non-commercial"),
    test(.userScaleLimit, "its licence ends above a number of users", "guidelines/80/user-scale"),
    test(
      .commercialLicence, "some uses need a licence of their own",
      "guidelines/80/commercial-licence"),
    test(.monetised, "money or data is asked for it", "guidelines/83"),
  ]

  private static func test(
    _ test: Dossier.OpenSourceTest, _ title: String, _ rule: String
  ) -> RecordField {
    RecordField(test.rawValue, "whether " + title, .yesNo, asks: [rule, "ai-act/53/2"])
  }

  /// The figures of the attention term.
  static let attention: [RecordField] = [
    RecordField("layers", "layers", .amount, example: "96", asks: ["guidelines/128"]),
    RecordField("width", "width of the model", .amount, example: "12288", asks: ["guidelines/128"]),
    RecordField(
      "context", "context length in training", .amount, example: "8192", asks: ["guidelines/128"]),
  ]

  /// A model of somebody else, or one that is not on the ledger.
  static let baseModels: [RecordField] = [
    RecordField("id", "its name", required: true, example: "Fictional Base 2"),
    RecordField(
      "flop", "its training compute", .amount, example: "3e24", asks: ["guidelines/118"]),
    RecordField(
      "same_provider", "whether it is the provider's own", .yesNo, asks: ["guidelines/57"]),
    RecordField("source", "where the figure comes from", asks: ["guidelines/120/documentation"]),
  ]

  /// A fact with its source.
  static let sources: [RecordField] = [
    RecordField("fact", "the fact", required: true, example: "tokens"),
    RecordField("source", "where it comes from", required: true, example: "training plan of 1 May"),
  ]

  /// A run or model that a run comes from.
  static let ancestors: [RecordField] = [
    RecordField("id", "the run or model", required: true, example: "pretraining"),
    RecordField(
      "how", "how it comes from it", .choice(Descent.allCases.map(\.rawValue)), required: true,
      asks: ["guidelines/118", "guidelines/119"]),
  ]
}
