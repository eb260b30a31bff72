public import Compute
public import Ground

/// The use case behind `compute energy`.
public enum EnergyRequest {
  /// Chip power × chip-hours × PUE.
  ///
  /// - Throws: `workspace.no-power`, `workspace.unknown-hardware`, `compute.bad-pue`, `compute.bad-power`.
  public static func energy(
    hardware: String?, watts: Double?, chipHours: String, pue: Double
  ) throws(Problem) -> TrainingEnergy {
    let hours = try Quantity.read(chipHours, letters: true).approximate
    if let watts {
      return try TrainingEnergy(watts: watts, chipHours: hours, effectiveness: pue)
    }
    let chip = try hardware.map { name throws(Problem) in try Amounts.chip(name) }
    guard let power = chip?.watts else {
      throw Problem(
        "workspace.no-power", what: "the power of the chip is not known",
        why: "energy is power times time", mend: "give --watts, or --hardware with a listed power")
    }
    return try TrainingEnergy(watts: power, chipHours: hours, effectiveness: pue)
  }
}
