internal import Compute
internal import Ground
internal import RuleFile

extension Opinion.Forecast {
  /// The crossing over time, from runs with dates; nil when no run has both.
  ///
  /// Compute is spread evenly over the days of a run; a day is the crossing when the sum at its end is greater than 10^25.
  /// Known is the first day on which the runs decided by then add up to more than 10^25.
  ///
  /// A plan whose day of decision is not stated is known by `today` at the latest.
  init?(_ dossier: Dossier, _ ledger: Ledger, today: Day) {
    let runs: [Dated] = zip(dossier.runs, ledger.lines).compactMap { run, line -> Dated? in
      guard line.counts.cumulative == .counted, let flop = line.estimate?.flop,
        let start = run.start, let end = run.end, start <= end
      else { return nil }
      let stated = run.knownSince ?? (run.status == .planned ? dossier.knownSince : nil)
      return Dated(
        id: run.id, start: start, end: end, flop: flop, known: stated ?? min(start, today))
    }
    guard !runs.isEmpty else { return nil }
    let dated = runs + Self.joining(dossier, runs)
    let undated = ledger.cumulative.parts.filter { part in !dated.contains { $0.id == part.id } }
    let before = undated.compactMap(\.flop).reduce(FLOP(0)) { $0.adding($1) ?? $0 }
    var basis = [
      "Compute is spread evenly over the days of each run.",
      "Counted from \(before.figures()) FLOP of base models and runs without dates.",
    ]
    if before.count == 0 { basis.removeLast() }
    let crossing = Self.crossing(dated, before)
    let known = crossing == nil ? nil : Self.known(dated, before)
    let isGuarded = dossier.runs.contains {
      $0.status == .planned && $0.knownSince == nil && dossier.knownSince == nil
    }
    if crossing != nil, isGuarded {
      basis.append(
        "known_since is not stated for a planned run: \(today.iso) is taken, the latest day on which "
          + "the plan was known; an earlier day would end the period earlier.")
    }
    self.init(
      crossing: crossing, known: known, basis: basis, steps: Self.steps(dated, before))
  }

  /// Base models join on the day on which the first dated run takes up their weights.
  private static func joining(_ dossier: Dossier, _ runs: [Dated]) -> [Dated] {
    dossier.bases.compactMap { base in
      let users = dossier.runs.filter { run in
        run.from.contains { $0.id == base.id && $0.how.carriesCompute }
      }
      let first = runs.filter { run in users.contains { $0.id == run.id } }
        .min { $0.start < $1.start }
      guard let first, let flop = base.flop else { return nil }
      return Dated(
        id: base.id, start: first.start, end: first.start, flop: flop, known: first.known)
    }
  }

  fileprivate struct Dated {
    var id: String
    var start: Day
    var end: Day
    var flop: FLOP
    var known: Day?

    /// Compute done by the end of a day; rounded up, so that a whole threshold is passed exactly when the amount passes it.
    func done(by day: Day) -> UInt128 {
      guard day >= start else { return 0 }
      guard day < end else { return flop.count }
      let days = UInt128(end.sinceEpoch - start.sinceEpoch + 1)
      let passed = UInt128(day.sinceEpoch - start.sinceEpoch + 1)
      let rest = (flop.count % days * passed + days - 1) / days
      return flop.count / days * passed + rest
    }
  }

  private static func total(_ runs: [Dated], _ before: FLOP, by day: Day) -> FLOP {
    runs.reduce(before) { $0.adding(FLOP($1.done(by: day))) ?? $0 }
  }

  private static func crossing(_ runs: [Dated], _ before: FLOP) -> Day? {
    guard var low = runs.map(\.start).min(), var high = runs.map(\.end).max(),
      total(runs, before, by: high) > .presumption
    else { return nil }
    while low < high {
      let middle = Day(sinceEpoch: (low.sinceEpoch + high.sinceEpoch) / 2)
      if total(runs, before, by: middle) > .presumption {
        high = middle
      } else {
        low = middle.adding(days: 1)
      }
    }
    return low
  }

  private static func known(_ runs: [Dated], _ before: FLOP) -> Day? {
    let days = runs.compactMap(\.known).sorted()
    return days.first { day in
      let decided = runs.filter { run in run.known.map { $0 <= day } ?? false }
      return decided.reduce(before) { $0.adding($1.flop) ?? $0 } > .presumption
    }
  }

  private static func steps(_ runs: [Dated], _ before: FLOP) -> [Step] {
    let marks = Set(runs.flatMap { [$0.start.adding(days: -1), $0.end] }).sorted()
    return marks.map { day in
      let ending = runs.filter { $0.end == day }.map(\.id).joined(separator: ", ")
      return Step(day: day, flop: total(runs, before, by: day), run: ending)
    }
  }
}
