public import Compute
public import Ground

/// A value that cannot be trusted, by column.
public struct FactProblem: Sendable, Equatable {
  /// The column or key.
  public var column: String
  /// What is wrong.
  public var reason: String
  /// What to do about it.
  public var remedy: String

  /// A problem with a column.
  public init(column: String, reason: String, remedy: String) {
    self.column = column
    self.reason = reason
    self.remedy = remedy
  }

  /// `{column, reason, remedy}`.
  public var json: JSON {
    .object([
      ("column", .string(column)), ("reason", .string(reason)), ("remedy", .string(remedy)),
    ])
  }
}

/// Reads the facts of one model from texts; whatever cannot be trusted is named and left out.
public struct FactReader {
  /// What was read.
  public private(set) var facts = ModelFacts()
  /// What could not be trusted.
  public private(set) var problems: [FactProblem] = []

  /// Counts below this are taken for a slip: `7` where 7B is meant.
  static let smallestCount = 1000

  /// Reads all columns; `value` gives the text of a column, empty when it is missing.
  public init(_ value: (ModelFacts.Column) -> String) {
    facts.model = value(.model)
    facts.provider = value(.provider)
    facts.baseModel = value(.baseModel).trimmed
    facts.hardware = value(.hardware).trimmed
    facts.released = read(.released, value, FactReader.date)
    facts.modality = read(.modality, value) { text throws(Problem) in try Modality(reading: text) }
    facts.openWeights = read(.openWeights, value, FactReader.yesOrNo)
    facts.baseSameProvider = read(.baseSameProvider, value, FactReader.yesOrNo)
    facts.parametersTotal = read(.parametersTotal, value, FactReader.count)
    facts.parametersActive = read(.parametersActive, value, FactReader.count)
    facts.tokens = read(.tokens, value, FactReader.count)
    facts.chips = read(.chips, value, FactReader.chips)
    facts.hours = read(.hours, value, FactReader.positive)
    facts.chipHours = read(.chipHours, value, FactReader.positive)
    facts.peak = read(.peak, value, FactReader.peak)
    facts.utilisation = read(.utilisation, value, FactReader.fraction)
    facts.published = read(.published, value) { text throws(Problem) in try FLOP(reading: text) }
    facts.base = read(.base, value) { text throws(Problem) in try FLOP(reading: text) }
    checkAgainstEachOther()
  }

  /// Adds a problem with a whole row, whose values cannot be told apart.
  public init(unreadableRow reason: String, remedy: String) {
    problems = [FactProblem(column: "row", reason: reason, remedy: remedy)]
  }

  private mutating func read<Value>(
    _ column: ModelFacts.Column, _ value: (ModelFacts.Column) -> String,
    _ parse: (String) throws(Problem) -> Value
  ) -> Value? {
    let text = value(column).trimmed
    guard !text.isEmpty else { return nil }
    do {
      return try parse(text)
    } catch {
      refuse(column, error.what + (error.why.isEmpty ? "" : "; " + error.why), error.mend)
      return nil
    }
  }

  private mutating func refuse(_ column: ModelFacts.Column, _ reason: String, _ remedy: String) {
    problems.append(FactProblem(column: column.rawValue, reason: reason, remedy: remedy))
    facts.unreadable.append(column)
  }

  private mutating func checkAgainstEachOther() {
    if let total = facts.parametersTotal, let active = facts.parametersActive, active > total {
      refuse(
        .parametersActive, "more parameters are active than the model has",
        "correct params_active or params_total")
      facts.parametersActive = nil
      facts.parametersTotal = nil
    }
    if let chips = facts.chips, let hours = facts.hours, let stated = facts.chipHours,
      !FactReader.agree(chips.approximate * hours.approximate, stated.approximate)
    {
      refuse(
        .chipHours, "chips × hours and chip_hours differ by more than 1 %",
        "correct one of the three, or leave chip_hours empty")
      facts.chips = nil
      facts.hours = nil
      facts.chipHours = nil
    }
    if !facts.hardware.isEmpty, facts.peak == nil,
      HardwareCatalogue.embedded.chip(named: facts.hardware) == nil
    {
      let near = HardwareCatalogue.embedded.near(facts.hardware)
      refuse(
        .hardware, "\"\(facts.hardware)\" is not in the hardware catalogue",
        near.isEmpty
          ? "give peak_flop_per_s, or a name that `systemic compute hardware` lists"
          : "did you mean \(near.joined(separator: ", "))? Or give peak_flop_per_s")
    }
  }

  /// Whether two amounts agree within 1 % of the larger.
  private static func agree(_ product: Double, _ stated: Double) -> Bool {
    (product - stated).magnitude <= 0.01 * max(product, stated) * (1 + 1e-12)
  }

  static func date(_ text: String) throws(Problem) -> DayRange {
    if let range = DayRange(iso: text) { return range }
    throw Problem(
      "duties.not-a-date", what: "\"\(text)\" is not a date of the calendar",
      mend: "write YYYY, YYYY-MM or YYYY-MM-DD")
  }

  static func yesOrNo(_ text: String) throws(Problem) -> Bool {
    switch text.lowercased() {
    case "yes", "true": return true
    case "no", "false": return false
    default:
      throw Problem(
        "duties.not-yes-or-no", what: "\"\(text)\" is neither yes nor no",
        mend: "write yes or no; leave it empty when it is unknown")
    }
  }

  /// A count of parameters or tokens: `7B`, `15T`, `1.5e13`; a bare small number is a slip.
  public static func count(_ text: String) throws(Problem) -> UInt128 {
    let quantity = try Quantity.read(text, letters: true)
    guard quantity.exponent >= 0, let value = quantity.integer else {
      if quantity.exponent >= 0 { throw .beyond(text) }
      throw Problem(
        "duties.not-whole", what: "\"\(text)\" is not a whole number",
        why: "parameters and tokens are counted one by one", mend: "write it like 7B, 15T or 1.5e13"
      )
    }
    guard value >= UInt128(smallestCount) || quantity.hasScale && value > 0 else {
      throw Problem(
        "duties.too-small", what: "\"\(text)\" looks like a number whose unit is missing",
        why: "no model has so few parameters or tokens; the unit is not guessed",
        mend: "write it like \(text)B, \(text)T or \(text)e9")
    }
    return value
  }

  static func chips(_ text: String) throws(Problem) -> Quantity {
    let quantity = try positive(text, letters: true)
    guard quantity.integer != nil else {
      throw Problem(
        "duties.not-whole", what: "\"\(text)\" is not a whole number of chips",
        mend: "give the number of chips; for a varying number give chip_hours instead")
    }
    return quantity
  }

  static func positive(_ text: String) throws(Problem) -> Quantity {
    try positive(text, letters: true)
  }

  static func positive(_ text: String, letters: Bool) throws(Problem) -> Quantity {
    let quantity = try Quantity.read(text, letters: letters)
    guard !quantity.isZero else {
      throw Problem(
        "duties.zero", what: "\"\(text)\" is zero", why: "it would mean that nothing ran",
        mend: "leave it empty when it is unknown")
    }
    return quantity
  }

  /// Peak performance below 10^9 FLOP/s cannot be meant: a bare `989` stands for teraflops.
  static func peak(_ text: String) throws(Problem) -> Quantity {
    let quantity = try positive(text, letters: false)
    guard quantity.approximate >= 1e9 else {
      throw Problem(
        "duties.peak-unit", what: "\"\(text)\" is too low for a peak in FLOP/s",
        why: "chips do 10^12 operations a second and more; the power of ten is not guessed",
        mend: "write the whole figure, such as 989e12")
    }
    return quantity
  }

  /// An error margin in (0, 1].
  public static func margin(_ text: String) throws(Problem) -> Quantity { try fraction(text) }

  static func fraction(_ text: String) throws(Problem) -> Quantity {
    let isPercent = text.hasSuffix("%")
    let number = try Quantity.read(isPercent ? String(text.dropLast()) : text)
    let quantity =
      isPercent
      ? Quantity(number.coefficient, exponent: number.exponent - 2, hasScale: true) : number
    guard !quantity.isZero, quantity.approximate <= 1 else {
      throw Problem(
        "duties.utilisation", what: "a utilisation of \(text) is not in (0, 1]",
        why: "no chip does more than its peak, and none trains at zero",
        mend: "write a fraction such as 0.41, or a per cent value such as 41%")
    }
    return quantity
  }
}

extension Problem {
  static func beyond(_ text: String) -> Problem {
    Problem(
      "duties.too-large", what: "\"\(text)\" is too large to be held exactly",
      mend: "check the power of ten")
  }
}
