internal import Duties
internal import Ground

/// A made-up model with its runs, as plans of a made-up provider would state it on a day.
struct SampleModel: Sendable {
  /// Its facts; the name says that it is a sample.
  let facts: [(String, JSON)]
  /// Its runs, in order.
  let runs: [[(String, JSON)]]
  /// What happened to it, and how many days before today.
  var events: [(name: String, daysAgo: Int)] = []

  /// A model that was planned a few days ago to pass 10^25 FLOP, so that the two weeks for a notification run.
  ///
  /// Source: Regulation (EU) 2024/1689, Art. 52(1).
  static func planned(_ today: Day) -> SampleModel {
    func day(_ days: Int) -> JSON { .string(today.adding(days: days).iso) }
    let source = "made up for trying the program"
    return SampleModel(
      facts: [
        ("name", .string("Aurora (sample)")), ("modality", JSON(["text", "code"])),
        ("open_weights", .bool(false)), ("placed_on_market", .bool(true)),
        (
          "sources",
          .array([
            .object([("fact", .string("modality")), ("source", .string(source))]),
            .object([("fact", .string("runs")), ("source", .string(source))]),
          ])
        ),
      ],
      runs: [
        [
          ("name", .string("synthetic-corpus")),
          ("activity", .string("synthetic-data-non-public")), ("status", .string("planned")),
          ("start", day(10)), ("end", day(60)), ("known_since", day(-5)),
          ("flop", .string("4.8e22")),
        ],
        [
          ("name", .string("pretraining")), ("activity", .string("pre-training")),
          ("status", .string("planned")), ("start", day(30)), ("end", day(150)),
          ("known_since", day(-5)), ("params_active", .string("60B")), ("tokens", .string("30.6T")),
          (
            "from",
            .array([
              .object([
                ("id", .string("synthetic-corpus")), ("how", .string("synthetic-data-from")),
              ])
            ])
          ),
        ],
        [
          ("name", .string("evaluation")), ("activity", .string("evaluation")),
          ("status", .string("planned")), ("start", day(151)), ("end", day(171)),
          ("known_since", day(-5)),
          ("flop", .string("2e21")),
        ],
      ])
  }

  /// A model in training that stays below the threshold by two methods.
  static func below(_ today: Day) -> SampleModel {
    func day(_ days: Int) -> JSON { .string(today.adding(days: days).iso) }
    return SampleModel(
      facts: [
        ("name", .string("Borealis (sample)")), ("modality", JSON(["text", "speech"])),
        ("open_weights", .bool(true)), ("placed_on_market", .bool(true)),
        ("licence", .string("made-up open licence")),
      ],
      runs: [
        [
          ("name", .string("pretraining")), ("activity", .string("pre-training")),
          ("status", .string("running")), ("start", day(-40)), ("end", day(50)),
          ("params_total", .string("70B")), ("tokens", .string("9T")),
          ("hardware", .string("H100 SXM")), ("chip_hours", .string("2600000")),
          ("utilisation", .string("0.4")),
        ]
      ], events: [("training-started", 40)])
  }

  /// A modification of another provider's model, beside one third of its compute.
  ///
  /// Source: Guidelines C(2025) 7719, ¶ 60.
  static func modification(_ today: Day) -> SampleModel {
    func day(_ days: Int) -> JSON { .string(today.adding(days: days).iso) }
    return SampleModel(
      facts: [
        ("name", .string("Corvus (sample)")), ("modality", JSON(["text"])),
        ("base_model", .string("Another's base (sample)")), ("base_flop", .string("6e24")),
        ("base_same_provider", .bool(false)), ("placed_on_market", .bool(true)),
      ],
      runs: [
        [
          ("name", .string("continued")), ("activity", .string("mid-training")),
          ("status", .string("finished")), ("start", day(-90)), ("end", day(-30)),
          ("flop", .string("1.4e24")),
        ]
      ])
  }
}
