public import Compute
public import Ground
internal import RuleFile
public import Rulebook

/// The compute ledger of one model: each line counted or not, and both sums.
public struct Ledger: Sendable {
  /// The lines, in the order of the file.
  public let lines: [Opinion.LedgerLine]
  /// Compute that directly contributes to parameter updates; nil when a counted line is unknown.
  public let training: FLOP?
  /// Own compute that counts cumulatively; nil when a line is unknown or its counting undetermined.
  public let own: FLOP?
  /// The least own compute can be.
  public let ownAtLeast: FLOP
  /// The most own compute can be; nil when a line is unknown.
  public let ownAtMost: FLOP?
  /// Where cumulative compute comes from, ancestors once.
  public let cumulative: Lineage.Cumulative
  /// Facts that would complete it.
  public let missing: [String]

  /// Adds up the runs and walks the lineage.
  ///
  /// - Throws: `duties.unknown-activity`, `compute.lineage-*`.
  public init(_ dossier: Dossier, law: Law) throws(Problem) {
    var lines: [Opinion.LedgerLine] = []
    var missing: [String] = []
    for run in dossier.runs {
      let line = try Ledger.line(run, law)
      if line.estimate == nil, line.counts.cumulative != .notCounted {
        missing += line.missing.map { "runs.\(run.id).\($0)" }
      }
      if line.counts.cumulative == .undetermined { missing.append("counting.\(run.id)") }
      lines.append(line)
    }
    let graph = try Ledger.graph(dossier, lines)
    let origins = Ledger.origins(dossier, lines)
    cumulative = graph.cumulative(of: origins)
    let reached = Set(cumulative.parts.map(\.id))
    for index in lines.indices where !reached.contains(lines[index].id) {
      lines[index] = Ledger.teacher(lines[index], law)
      missing.removeAll {
        $0.hasPrefix("runs.\(lines[index].id).") || $0 == "counting.\(lines[index].id)"
      }
    }
    self.lines = lines
    self.missing = missing
    let isTrainingOpen = lines.contains { $0.counts.training == .undetermined }
    training =
      isTrainingOpen ? nil : Ledger.sum(lines.filter { $0.counts.training == .counted })
    let counted = lines.filter { $0.counts.cumulative == .counted }
    let open = lines.filter { $0.counts.cumulative == .undetermined }
    own = open.isEmpty ? Ledger.sum(counted) : nil
    ownAtLeast = counted.compactMap { $0.methods.map(\.flop).min() }
      .reduce(FLOP(0)) { $0.adding($1) ?? $0 }
    ownAtMost = (counted + open).reduce(FLOP(0) as FLOP?) { total, line in
      line.methods.map(\.flop).max().flatMap { total?.adding($0) }
    }
  }

  /// The runs whose result is the model: those that no other run comes from, and data made for them.
  ///
  /// A run that others only learn from (a teacher, the training of a generator of data) belongs to another model.
  /// Source: Guidelines C(2025) 7719, ¶ 119 (parent models in distillation).
  private static func origins(
    _ dossier: Dossier, _ lines: [Opinion.LedgerLine]
  ) -> [String] {
    let referenced = Set(dossier.runs.flatMap { $0.from.map(\.id) })
    return zip(dossier.runs, lines).filter { run, line in
      let isData = line.counts.training == .notCounted && line.counts.cumulative == .counted
      return !referenced.contains(run.id) || isData
    }
    .map(\.0.id)
  }

  /// A line that belongs to a model it only learns from.
  private static func teacher(_ line: Opinion.LedgerLine, _ law: Law) -> Opinion.LedgerLine {
    var line = line
    let id = "count/distillation-parent"
    line.counts = Counts(training: .notCounted, cumulative: .notCounted)
    line.reason = law.provision(id)?.version.text ?? line.reason
    line.citation = law.citation(id)
    line.missing = []
    return line
  }

  private static func line(_ run: Dossier.Run, _ law: Law) throws(Problem) -> Opinion.LedgerLine {
    guard let rule = law.rule("count/" + run.activity), let counts = rule.counts else {
      throw Problem(
        "duties.unknown-activity",
        what: "\"\(run.activity)\" is not an activity that can be counted",
        why: "each line of the ledger is counted by an item of the Guidelines' annex",
        mend: "`systemic compute count --list` shows the items",
        places: [Place("runs." + run.id)])
    }
    var figures = ComputeFigures(run.facts)
    if let measured = run.measured {
      figures.measured = Estimator.stated(measured, method: .measured)
    }
    let provision = law.provision(rule.id)
    return Opinion.LedgerLine(
      id: run.id, activity: run.activity, status: run.status.rawValue, start: run.start,
      end: run.end, estimate: figures.training, methods: figures.complete, counts: counts,
      reason: provision?.version.text ?? rule.versions.last?.text ?? rule.title,
      citation: law.citation(rule.id), missing: figures.training == nil ? figures.missing : [])
  }

  private static func sum(_ lines: [Opinion.LedgerLine]) -> FLOP? {
    lines.reduce(FLOP(0) as FLOP?) { total, line in
      line.estimate.flatMap { estimate in total?.adding(estimate.flop) }
    }
  }

  private static func graph(
    _ dossier: Dossier, _ lines: [Opinion.LedgerLine]
  ) throws(Problem) -> Lineage {
    var nodes: [Lineage.Node] = []
    for (run, line) in zip(dossier.runs, lines) {
      let counts = line.counts.cumulative == .counted
      nodes.append(
        Lineage.Node(id: run.id, own: counts ? line.estimate?.flop : FLOP(0), from: run.from))
    }
    for base in dossier.bases { nodes.append(Lineage.Node(id: base.id, own: base.flop)) }
    return try Lineage(nodes)
  }
}
