public import Compute
public import Ground
public import RuleFile
public import Rulebook

/// A documented opinion on one model: facts, questions, reasons, duties and dates, each with its legal basis.
public struct Opinion: Sendable {
  /// The day for which it is given.
  public var day: Day
  /// The day on which the rules were last compared with their sources.
  public var lawChecked: Day
  /// A caution when the day lies after that.
  public var staleness: String?
  /// The result in one word and one sentence.
  public var verdict: Verdict
  /// The answers that follow from compute, as in a table row.
  public var classification: Classification
  /// Whether it has or will have high-impact capabilities by an assessment of its provider.
  public var hasCapabilities: Answer
  /// The facts used and where each comes from.
  public var facts: [Fact]
  /// The legal questions with answers and reasons, in order.
  public var questions: [Question]
  /// The compute ledger, line by line; empty when the model has no runs.
  public var ledger: [LedgerLine]
  /// How much cumulative compute comes from where.
  public var parts: [Part]
  /// Estimates held against each other.
  public var reconciliations: [Reconciliation]
  /// When the threshold will be or was crossed, where runs have dates.
  public var forecast: Forecast?
  /// Periods that run, with both readings.
  public var clocks: [Clock]
  /// Duties that apply or may apply.
  public var duties: [DutyDue]
  /// Models with similar compute, by third-party estimate.
  public var comparables: [ComparableModel]
  /// Pages a reader may have met that say otherwise.
  public var divergences: [Divergence]
  /// What would change the result.
  public var changes: [Statement]

  /// The result.
  public struct Verdict: Sendable {
    /// Whether the model has systemic risk by presumption or designation.
    public var isSystemic: Answer
    /// One sentence for the first page.
    public var sentence: String
    /// What is due first, with its legal basis; nil where no day follows from the facts.
    public var next: Statement?

    /// A result with its sentence.
    public init(isSystemic: Answer, sentence: String, next: Statement? = nil) {
      self.isSystemic = isSystemic
      self.sentence = sentence
      self.next = next
    }

    /// Exit status: 0 not presumed, 10 systemic, 20 undetermined.
    public var exitStatus: Int32 {
      switch isSystemic {
      case .yes: 10
      case .no: 0
      case .undetermined: 20
      }
    }
  }

  /// A fact with its source.
  public struct Fact: Sendable {
    /// Identifier, the key of the model file.
    public var id: String
    /// The value as used.
    public var value: String
    /// Where it comes from; "not stated" when the file names none.
    public var source: String
  }

  /// A sentence with its legal basis.
  public struct Statement: Sendable {
    /// One or two sentences.
    public var text: String
    /// What they rest on; empty for arithmetic and facts.
    public var citations: [Citation]

    /// A sentence with its basis.
    public init(_ text: String, _ citations: [Citation] = []) {
      self.text = text
      self.citations = citations
    }
  }

  /// A legal question with its answer.
  public struct Question: Sendable {
    /// Identifier, stable.
    public var id: String
    /// The question in plain words.
    public var title: String
    /// The answer; nil where the question does not arise.
    public var answer: Answer?
    /// Why, sentence by sentence.
    public var reasoning: [Statement]
    /// Known divergences of rules used here.
    public var divergences: [Divergence]
  }

  /// One line of the compute ledger.
  public struct LedgerLine: Sendable {
    /// Name of the run.
    public var id: String
    /// What was done, by the counting table.
    public var activity: String
    /// Planned, running or finished.
    public var status: String
    /// First day, if known.
    public var start: Day?
    /// Last day, if known.
    public var end: Day?
    /// Its compute; nil when unknown.
    public var estimate: Estimate?
    /// Every complete method, the reported one first.
    public var methods: [Estimate]
    /// Whether it counts as training compute and as cumulative compute.
    public var counts: Counts
    /// Why.
    public var reason: String
    /// The rule.
    public var citation: Citation?
    /// Facts that its figure lacks.
    public var missing: [String]
  }

  /// A share of cumulative compute.
  public struct Part: Sendable {
    /// Run or base model.
    public var id: String
    /// Its compute; nil when unknown.
    public var flop: FLOP?
    /// Where the figure comes from.
    public var source: String
  }

  /// The crossing of the threshold over time.
  public struct Forecast: Sendable {
    /// Day on which cumulative compute passes 10^25; nil when it does not.
    public var crossing: Day?
    /// Day on which it became known that it will; nil when unknown.
    public var known: Day?
    /// How both were found.
    public var basis: [String]
    /// Cumulative compute at the end of each run, in order of time.
    public var steps: [Step]
    /// Cumulative compute on a day.
    public struct Step: Sendable {
      /// The day.
      public var day: Day
      /// Cumulative compute at its end.
      public var flop: FLOP
      /// The run that ends.
      public var run: String
    }
  }

  /// A period that runs for this model.
  public struct Clock: Sendable {
    /// Identifier of the rule.
    public var rule: String
    /// What starts it, in words.
    public var trigger: String
    /// The day it starts.
    public var start: Day
    /// Its end under both readings.
    public var due: DueDate
    /// Legal basis.
    public var citation: Citation
    /// Whether this clock governs among several for one duty.
    public var governs: Bool
  }
}

/// A model whose compute is known by a third party's estimate.
///
/// Never a classification.
public struct ComparableModel: Sendable {
  /// Name.
  public var name: String
  /// Organisation.
  public var organisation: String
  /// Published on.
  public var published: String
  /// Estimated training compute.
  public var flop: FLOP
  /// The estimator's own confidence.
  public var confidence: String
  /// How it was estimated.
  public var method: String
  /// Reference.
  public var link: String

  /// Where the estimates come from.
  public static let attribution =
    "Epoch AI, AI models database, April 2026, CC BY 4.0: third-party estimates, never classifications"

  /// All models of the table.
  public static let all: [ComparableModel] = Table(tableComparableModels).rows.compactMap { row in
    guard let flop = try? FLOP(reading: row["training_compute_flop"]) else { return nil }
    return ComparableModel(
      name: row["model"], organisation: row["organisation"], published: row["published"],
      flop: flop, confidence: row["confidence"], method: row["method"], link: row["link"])
  }

  /// The models nearest to an amount, by ratio, in rising order of compute, the model itself left out.
  public static func nearest(to flop: FLOP, count: Int, except name: String = "")
    -> [ComparableModel]
  {
    func distance(_ model: ComparableModel) -> Double {
      let ratio = model.flop.approximate / flop.approximate
      return max(ratio, 1 / ratio)
    }
    let others = all.filter { $0.name.lowercased() != name.lowercased() }
    return Array(others.sorted { distance($0) < distance($1) }.prefix(count))
      .sorted { $0.flop < $1.flop }
  }
}
