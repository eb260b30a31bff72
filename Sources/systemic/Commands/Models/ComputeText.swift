import Compute
import Ground
import Rulebook
import Workspace

/// How the compute commands speak on a terminal.
enum ComputeText {
  static func imported(_ run: ImportedRun) -> String {
    func number(_ value: Double?, _ unit: String) -> String? {
      value.map { String(($0 * 1000).rounded() / 1000) + " " + unit }
    }
    let rows: [(String, String?)] = [
      ("steps", run.steps.map { String($0) }), ("tokens", run.tokens.map { String($0) }),
      ("compute", run.flop.map { $0.figures() + " FLOP (" + $0.digits + ")" }),
      ("method", run.method), ("GPUs", run.gpus.map { String($0) }),
      ("GPU hours", number(run.gpuHours, "h")),
      ("training time", number(run.trainTimeSeconds, "s")),
      (
        "energy",
        number(run.energyMWh, "MWh, " + (run.energyIsMeasured ? "measured" : "estimated"))
      ),
      ("utilisation", number(run.utilisation.map { $0 * 100 }, "%")),
    ]
    var lines = [Terminal.bold(run.file) + "  " + run.kind.rawValue]
    lines += rows.map { "  " + RuleText.pad($0.0, 14) + ($0.1 ?? "not told by the file") }
    if !run.missing.isEmpty {
      lines.append("  missing       " + run.missing.joined(separator: ", "))
    }
    lines += run.warnings.map { RuleText.wrapped("! " + $0, indent: "  ") }
    return lines.joined(separator: "\n")
  }

  static func estimate(_ estimate: Estimate, law: Law) -> String {
    let margin = Int((estimate.margin * 100).rounded())
    let low = estimate.scaled(1 - estimate.margin).figures()
    let high = estimate.scaled(1 + estimate.margin).figures()
    let near = estimate.flop.isNearPresumption ? ", and 10^25 lies within 30 %" : ""
    var rows: [(String, String)] = [
      ("method", estimate.method.rawValue), ("range", "\(low) to \(high) (\(margin) %)"),
      ("above 10^23", estimate.flop > .indication ? "yes" : "no"),
      ("above 10^25", (estimate.flop > .presumption ? "yes" : "no") + near),
    ]
    rows += estimate.inputs.map { ($0.name, $0.value) }
    if !estimate.assumptions.isEmpty {
      rows.append(("assumptions", estimate.assumptions.joined(separator: ", ")))
    }
    rows += estimate.allowedBy.compactMap { law.citation($0) }.map { ("allowed by", $0.marked) }
    return
      ([Terminal.bold(estimate.flop.figures() + " FLOP") + "  " + estimate.flop.digits]
      + rows.map { "  " + RuleText.pad($0.0, 17) + $0.1 }).joined(separator: "\n")
  }

  static func reconciliation(_ pair: Reconciliation) -> String {
    func word(_ value: Bool) -> String { value ? "yes" : "NO" }
    let ratio = String((pair.ratio * 1000).rounded() / 1000)
    return [
      "reported  \(pair.reported.flop.figures())  (\(pair.reported.method.rawValue))",
      "other     \(pair.other.flop.figures())  (\(pair.other.method.rawValue))",
      "ratio     \(ratio)",
      "within 30 % of the reported figure  \(word(pair.agrees))",
      "same side of 10^23                  \(word(pair.isOnSameSide(of: .indication)))",
      "same side of 10^25                  \(word(pair.isOnSameSide(of: .presumption)))",
    ].joined(separator: "\n")
  }

  static func verdict(_ item: CountActivity) -> String {
    var lines = [
      Terminal.bold(item.title) + "  " + item.id,
      "  training compute    " + item.training,
      "  cumulative compute  " + item.cumulative,
      RuleText.wrapped(item.reason, indent: "  "),
    ]
    if let note = item.note { lines.append(RuleText.wrapped("Note: " + note, indent: "  ")) }
    if let citation = item.citation { lines.append("  " + citation.marked) }
    return lines.joined(separator: "\n")
  }

  static func row(_ item: CountActivity) -> String {
    RuleText.pad(item.id, 34) + RuleText.pad(item.training, 14)
      + RuleText.pad(item.cumulative, 14) + item.title
  }

  static func chips(_ chips: [Chip]) -> String {
    let rows = chips.map { chip in
      let peaks = chip.formats.map { format in
        let tera = (chip.peak(format)?.approximate ?? 0) / 1e12
        return format.rawValue + " " + String((tera * 10).rounded() / 10)
      }
      return RuleText.pad(chip.name, 36) + peaks.joined(separator: ", ")
    }
    return (rows + ["", "Dense peaks in TFLOP/s. Facts: " + HardwareCatalogue.attribution])
      .joined(separator: "\n")
  }
}
