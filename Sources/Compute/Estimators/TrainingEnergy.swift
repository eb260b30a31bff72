public import Ground

/// Energy used for training, measured or estimated.
///
/// Source: Regulation (EU) 2024/1689, Annex XI, section 1, point 2(e); Model Documentation Form, energy rows.
public struct TrainingEnergy: Sendable, Equatable {
  /// Megawatt-hours.
  public let megawattHours: Double
  /// Whether it was measured; estimated otherwise.
  public let isMeasured: Bool
  /// How it was found, in words.
  public let basis: String

  /// Largest power usage effectiveness that is taken for possible.
  public static let largestEffectiveness = 10.0

  /// Energy as telemetry measured it.
  public init(measured megawattHours: Double) {
    self.megawattHours = megawattHours
    isMeasured = true
    basis = "measured by telemetry"
  }

  /// Chip power × chip-hours × PUE.
  ///
  /// The chip's design power stands for its mean power, which is an upper estimate.
  /// - Throws: `compute.bad-pue`, `compute.bad-power`.
  public init(watts: Double, chipHours: Double, effectiveness: Double) throws(Problem) {
    guard (1...TrainingEnergy.largestEffectiveness).contains(effectiveness) else {
      throw Problem(
        "compute.bad-pue", what: "a power usage effectiveness of \(effectiveness) is not possible",
        why: "a data centre uses at least what its chips use", mend: "write a number from 1 to 10")
    }
    guard watts > 0, chipHours > 0, (watts * chipHours * effectiveness).isFinite else {
      throw Problem(
        "compute.bad-power", what: "power and hours must be above zero",
        why: "energy is their product", mend: "check both figures")
    }
    megawattHours = watts * chipHours * effectiveness / 1e6
    isMeasured = false
    basis = "estimated: \(watts) W × \(chipHours) chip-hours × PUE \(effectiveness)"
  }

  /// With two significant figures and the word measured or estimated, for the documentation form.
  public var words: String {
    let text = TrainingEnergy.twoFigures(megawattHours)
    return text + " MWh, " + basis
  }

  /// `{energy_mwh, measured, basis}`.
  public var json: JSON {
    .object([
      ("energy_mwh", .number(megawattHours)), ("measured", .bool(isMeasured)),
      ("basis", .string(basis)),
    ])
  }

  private static func twoFigures(_ value: Double) -> String {
    guard value > 0 else { return "0" }
    var scale = 1.0
    while value * scale < 10 { scale *= 10 }
    while value * scale >= 100 { scale /= 10 }
    let rounded = (value * scale).rounded() / scale
    return rounded == rounded.rounded() && rounded < 1e15 ? String(Int(rounded)) : String(rounded)
  }
}
