internal import Compute
internal import Duties
internal import Ground
internal import RuleFile

/// The figures of the first page, once for all renditions.
struct KeyFigures: Sendable {
  /// One figure.
  struct Line: Sendable {
    /// What it is.
    var name: String
    /// For readers.
    var value: String
    /// The exact digits, where it is an amount.
    var digits: String?
    /// What to know about it.
    var note: String
  }

  /// The figures in order.
  let lines: [Line]

  /// The figures of a classification.
  init(_ classification: Classification) {
    let cumulative = classification.cumulative
    let training = classification.training
    lines = [
      KeyFigures.amount(
        "Cumulative compute", cumulative,
        note: cumulative.map(OpinionWords.position)
          ?? "not known: a part of it is missing from the facts"),
      KeyFigures.amount(
        "Training compute", training?.flop,
        note: classification.facts.hasBase
          ? "of this modification, without the original model" : "of this training"),
      KeyFigures.ratio(cumulative),
      KeyFigures.band(cumulative, isNear: classification.isNear),
      Line(
        name: "Method", value: training.map { $0.method.rawValue } ?? "none",
        note: KeyFigures.method(training)),
      KeyFigures.amount(
        "Threshold of systemic risk", .presumption,
        note: "Art. 51(2): presumed when cumulative compute is greater than this"),
      KeyFigures.amount(
        "Threshold of the indication", .indication,
        note: "Guidelines ¶ 17: with generated language, images or video, an indication of a "
          + "general-purpose AI model"),
    ]
  }

  private static func amount(_ name: String, _ flop: FLOP?, note: String) -> Line {
    Line(
      name: name, value: flop.map { $0.shown + " FLOP" } ?? "unknown", digits: flop?.digits,
      note: note)
  }

  private static func ratio(_ flop: FLOP?) -> Line {
    Line(
      name: "Ratio to the threshold", value: flop?.ratioToPresumption ?? "unknown",
      note: flop == nil ? "" : "cumulative compute divided by \(Typography.power(25)), rounded")
  }

  private static func band(_ flop: FLOP?, isNear: Bool?) -> Line {
    guard let flop else {
      return Line(name: "Error band of 30\u{A0}%", value: "unknown", note: "")
    }
    let (low, high) = flop.band
    return Line(
      name: "Error band of 30\u{A0}%", value: low.shown + " to " + high.shown + " FLOP",
      note: isNear == true
        ? "the threshold lies inside the band: keep the calculation at hand"
        : "the threshold lies outside the band")
  }

  private static func method(_ training: Estimate?) -> String {
    guard let training else { return "no method has all the facts it needs" }
    return OpinionWords.method(training.method) + "; stated margin of "
      + Typography.percent(training.margin)
  }
}

/// A page that says otherwise, with all that is noted about it.
struct NotedPage {
  /// The page.
  var source: DivergenceSource
  /// What it says, with the number of each note.
  var notes: [(number: Int, divergence: Divergence)]
}

extension Opinion {
  /// Every provision cited in the opinion, each once, the most binding first.
  var authorities: [Citation] {
    let cited =
      questions.flatMap { $0.reasoning.flatMap(\.citations) } + ledger.compactMap(\.citation)
      + clocks.map(\.citation) + duties.map(\.entry.citation) + changes.flatMap(\.citations)
    var seen: Set<Citation> = []
    return cited.filter { seen.insert($0).inserted }
      .sorted { ($0.force, $0.id, $0.from) < ($1.force, $1.id, $1.from) }
  }

  /// Pages that say otherwise with what they say, numbered through in the order shown.
  var notes: [NotedPage] {
    var seen: Set<String> = []
    let all = (questions.flatMap(\.divergences) + divergences)
      .filter { seen.insert($0.id).inserted }
    var pages: [NotedPage] = []
    for divergence in all {
      if let index = pages.firstIndex(where: { $0.source.key == divergence.source.key }) {
        pages[index].notes.append((0, divergence))
      } else {
        pages.append(NotedPage(source: divergence.source, notes: [(0, divergence)]))
      }
    }
    var number = 0
    for page in pages.indices {
      for note in pages[page].notes.indices {
        number += 1
        pages[page].notes[note].number = number
      }
    }
    return pages
  }

  /// The numbers of the notes that belong to a question, in order.
  func noteNumbers(_ question: Question) -> [Int] {
    let ids = Set(question.divergences.map(\.id))
    return notes.flatMap(\.notes).filter { ids.contains($0.divergence.id) }.map(\.number)
  }

  /// How the opinion came about and what it is not.
  var provenance: [String] {
    [
      "The law is applied as it stands for \(day.words). The rules were last compared with their "
        + "sources on \(lawChecked.words).",
      "Amounts are exact whole numbers; figures of two significant digits and ratios are rounded "
        + "for reading and decide nothing.",
      "What the facts leave open is answered \u{201C}undetermined\u{201D}, never \u{201C}no\u{201D}.",
      "Facts and figures are as stated by the provider or the sources named; they were not "
        + "verified. This is not legal advice, and it does not bind the Commission or a court.",
    ]
  }
}
