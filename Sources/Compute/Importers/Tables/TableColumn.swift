import Ground

/// The columns that plain tables (CSV and JSON Lines) are understood by; others are ignored.
///
/// The name alone decides whether a value is cumulative or that of one row:
///
/// | column | meaning |
/// |---|---|
/// | `step` | optimizer steps done so far |
/// | `tokens` | tokens so far |
/// | `tokens_per_step`, `step_tokens` | tokens of one step |
/// | `flop` | compute so far, in operations |
/// | `step_flop` | compute of this row |
/// | `gpus` | GPUs at work |
/// | `seconds` | seconds since the beginning of the run |
/// | `step_seconds` | seconds that this row took |
/// | `timestamp` | Unix time or ISO 8601 |
/// | `power_w` | power of all GPUs together, in watts |
/// | `energy_wh` | energy so far, in watt-hours |
/// | `step_energy_wh` | energy of this row |
/// | `utilisation` | model FLOP utilisation, 0 to 1 |
enum TableColumn: Int, CaseIterable {
  case step, tokens, stepTokens, flop, stepFLOP, gpus, seconds, stepSeconds, timestamp, power
  case energy, stepEnergy, utilisation

  private static let names: [(StaticString, TableColumn)] = [
    ("step", .step), ("tokens", .tokens), ("tokens_per_step", .stepTokens),
    ("step_tokens", .stepTokens), ("flop", .flop), ("step_flop", .stepFLOP), ("gpus", .gpus),
    ("seconds", .seconds), ("step_seconds", .stepSeconds), ("timestamp", .timestamp),
    ("power_w", .power), ("energy_wh", .energy), ("step_energy_wh", .stepEnergy),
    ("utilisation", .utilisation), ("utilization", .utilisation),
  ]

  /// The column of a name, exactly as it is spelled.
  init?(_ bytes: UnsafeRawBufferPointer) {
    for (name, column) in TableColumn.names
    where name.utf8CodeUnitCount == bytes.count && bytes.has(name) {
      self = column
      return
    }
    return nil
  }

  /// The column of a name in lower case.
  init?(name: String) {
    guard let column = Array(name.utf8).withUnsafeBytes({ TableColumn($0) }) else { return nil }
    self = column
  }

  static var understood: String { names.map { "\($0.0)" }.joined(separator: ", ") }
}
