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
    self.lines = lines
    self.missing = missing
    training = Ledger.sum(lines.filter { $0.counts.training != .notCounted })
    let counted = lines.filter { $0.counts.cumulative == .counted }
    let open = lines.filter { $0.counts.cumulative == .undetermined }
    let certain = Ledger.sum(counted)
    own = open.isEmpty ? certain : nil
    ownAtLeast = counted.compactMap(\.estimate?.flop).reduce(FLOP(0)) { $0.adding($1) ?? $0 }
    ownAtMost = Ledger.sum(counted + open)
    cumulative = try Ledger.walk(dossier, lines)
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
      figures.published = Estimator.stated(measured, method: .measured)
    }
    let provision = law.provision(rule.id)
    return Opinion.LedgerLine(
      id: run.id, activity: run.activity, status: run.status.rawValue, start: run.start,
      end: run.end, estimate: figures.training, counts: counts,
      reason: provision?.version.text ?? rule.versions.last?.text ?? rule.title,
      citation: law.citation(rule.id), missing: figures.training == nil ? figures.missing : [])
  }

  private static func sum(_ lines: [Opinion.LedgerLine]) -> FLOP? {
    lines.reduce(FLOP(0) as FLOP?) { total, line in
      line.estimate.flatMap { estimate in total?.adding(estimate.flop) }
    }
  }

  private static func walk(
    _ dossier: Dossier, _ lines: [Opinion.LedgerLine]
  ) throws(Problem) -> Lineage.Cumulative {
    var nodes: [Lineage.Node] = []
    for (run, line) in zip(dossier.runs, lines) {
      let counts = line.counts.cumulative == .counted
      nodes.append(
        Lineage.Node(id: run.id, own: counts ? line.estimate?.flop : FLOP(0), from: run.from))
    }
    for base in dossier.bases { nodes.append(Lineage.Node(id: base.id, own: base.flop)) }
    let graph = try Lineage(nodes)
    return graph.cumulative(of: dossier.runs.map(\.id))
  }
}
