internal import Compute
public import Ground

extension Classification {
  /// The members of one output row, in the documented order.
  public func members(row: Int?, duties: [DutyDue]) -> [(String, JSON)] {
    let opening: [(String, JSON)] = row.map { [("row", .int($0))] } ?? []
    return opening + [
      ("model", .string(facts.model)), ("provider", .string(facts.provider)),
      ("base_model", .string(facts.baseModel)),
      ("six_nd_flop", JSON(figures.sixND?.flop.digits)),
      ("hardware_flop", JSON(figures.hardware?.flop.digits)),
      ("training_compute_flop", JSON(training?.flop.digits)),
      ("method", JSON(training?.method.rawValue)),
      ("cumulative_compute_flop", JSON(cumulative?.digits)),
      ("gpai_indicative", .string(isIndicated.word)), ("exceeds_1e25", .string(exceeds.word)),
      ("systemic_presumed", JSON(isPresumed?.word)),
      ("modifier_is_provider", JSON(isModifierProvider?.word)),
      ("near_threshold", isNear.map { .bool($0) } ?? .null), ("assumptions", JSON(assumptions)),
      ("missing", JSON(missing)), ("duties", .array(duties.map(\.json))),
      ("problems", .array(problems.map(\.json))),
    ]
  }
}
