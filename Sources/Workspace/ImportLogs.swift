public import Compute
internal import Duties
public import Ground

/// The use case behind `compute import`: one log after another, with what a person adds.
public struct ImportLogs: Sendable {
  private let kind: LogKind?
  private let hints: ImportHints

  /// Facts to add to the logs, as texts.
  ///
  /// - Throws: the code of the value that cannot be read; `workspace.unknown-hardware`.
  public init(
    kind: LogKind? = nil, params: String? = nil, tokensPerStep: String? = nil, gpus: String? = nil,
    hardware: String? = nil, pue: Double? = nil
  ) throws(Problem) {
    self.kind = kind
    var hints = ImportHints()
    hints.params = try params.map { text throws(Problem) in try FactReader.count(text) }
    hints.tokensPerStep = try tokensPerStep.map { text throws(Problem) in
      try Amounts.positive(text, "tokens per step")
    }
    hints.gpus = try gpus.map { text throws(Problem) in
      Int(clamping: try Amounts.positive(text, "GPUs"))
    }
    if let hardware {
      let chip = try Amounts.chip(hardware)
      hints.peakFLOPPerSecond = chip.peak(.bf16)
      hints.chipPowerWatts = chip.watts
    }
    if let pue, !(1...10).contains(pue) {
      throw Problem(
        "workspace.bad-pue", what: "a power usage effectiveness of \(pue) is not possible",
        why: "a data centre uses at least what its chips use", mend: "write a number from 1 to 10")
    }
    hints.pue = pue
    self.hints = hints
  }

  /// Reads one file.
  ///
  /// - Throws: the codes of `ImportedRun.importLog`.
  public func run(
    _ source: ByteSource, progress: ((Int) -> Void)? = nil
  ) throws(Problem) -> ImportedRun {
    try ImportedRun.importLog(source, as: kind, hints: hints, progress: progress)
  }

  static func read(_ file: String, kind: String?, hints: ImportHints) throws(Problem) -> ImportedRun
  {
    var known: LogKind?
    if let kind {
      known = LogKind(rawValue: kind)
      if known == nil {
        throw Problem(
          "workspace.unknown-kind", what: "\"\(kind)\" is not a kind of log",
          why: "each tool writes its own format",
          mend: "use " + LogKind.allCases.map(\.rawValue).joined(separator: ", "))
      }
    }
    return try ImportedRun.importLog(path: file, as: known, hints: hints)
  }
}

/// Numbers and names that commands and files share.
enum Amounts {
  /// A whole number from 1, with K, M, B or T.
  static func positive(_ text: String, _ what: String) throws(Problem) -> UInt128 {
    let quantity = try Quantity.read(text, letters: true)
    guard let value = quantity.integer, value > 0 else {
      throw Problem(
        "workspace.not-a-count", what: "\"\(text)\" is not a whole number of \(what)",
        mend: "write digits, or 12K")
    }
    return value
  }

  /// A chip of the catalogue.
  static func chip(_ name: String) throws(Problem) -> Chip {
    if let chip = HardwareCatalogue.embedded.chip(named: name) { return chip }
    let near = HardwareCatalogue.embedded.near(name)
    throw Problem(
      "workspace.unknown-hardware", what: "\"\(name)\" is not in the hardware catalogue",
      why: "its peak performance is not known",
      mend: near.isEmpty
        ? "`systemic compute hardware` lists the chips; or give the peak yourself"
        : "did you mean \(near.joined(separator: ", "))?")
  }
}
