public import Ground

/// Something of a package that is not any more as it was when the package was reviewed or sent.
public struct PackageChange: Sendable, Equatable {
  /// What changed.
  public let what: String
  /// What the package says.
  public let before: String
  /// What the records say now.
  public let after: String

  /// In one line.
  public var words: String { "\(what): \(before) → \(after)" }

  /// Everything in which two packages of one day differ, section by section.
  ///
  /// Both are composed as of the same day, so that only records make a difference, not the passing of time.
  public static func all(from old: JSON, to new: JSON) -> [PackageChange] {
    guard case .object(let members) = old else { return [] }
    return members.compactMap { name, before in
      let after = new[name] ?? .null
      guard before != after, name != "as_of" else { return nil }
      let (from, to) = difference(before, after)
      return PackageChange(what: title(name), before: from, after: to)
    }
  }

  /// The facts of a model that are not any more as they were when its package was reviewed.
  ///
  /// The package states only some of them; what was approved rests on all.
  public static func facts(from old: RecordState, to new: RecordState) -> [PackageChange] {
    RecordKind.model.fields.compactMap { field in
      let (before, after) = (old.fields[field.name] ?? .null, new.fields[field.name] ?? .null)
      guard before != after, field.name != "owner" else { return nil }
      return PackageChange(
        what: field.title, before: shortened(shown(before)), after: shortened(shown(after)))
    }
  }

  /// What of the facts behind a sent package changed so that the Commission would read another notification.
  public static func sinceSubmission(from old: JSON, to new: JSON) -> [PackageChange] {
    material.compactMap { what, path in
      let (before, after) = (words(old, path), words(new, path))
      return before == after ? nil : PackageChange(what: what, before: before, after: after)
    }
  }

  private static let material: [(String, [String])] = [
    ("compute with two significant figures", ["compute", "stated"]),
    ("how it was estimated", ["approach", "lines", "*", "estimate", "method"]),
    ("version of the compute ledger", ["compute", "ledger_version"]),
    ("requirement shown by the records", ["requirement", "shown_by_the_records"]),
    ("designation", ["designation"]), ("withdrawal from the market", ["model", "withdrawn"]),
  ]

  private static func title(_ name: String) -> String {
    name.map { $0 == "_" ? " " : String($0) }.joined()
  }

  /// How compute was found, in words.
  private static let methods = [
    "published": "stated figures", "hardware": "chips, hours and utilisation",
    "six_nd": "six operations for each parameter and token",
    "six_nd_attention": "six operations for each parameter and token, with attention",
    "encoder_decoder": "encoder and decoder counted apart", "per_step": "operations of a step",
    "measured": "a profiler or a training log", "ledger": "the runs of the ledger",
  ]

  /// What stands at a path; of a list, what stands in each of its items.
  private static func words(_ json: JSON, _ path: [String]) -> String {
    var found: [JSON] = [json]
    for step in path {
      found = found.flatMap { value -> [JSON] in
        if step == "*" {
          guard case .array(let items) = value else { return [] }
          return items
        }
        return value[step].map { [$0] } ?? []
      }
    }
    let texts = found.map(shown).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    return texts.isEmpty ? "nothing" : texts.joined(separator: ", ")
  }

  private static func shown(_ json: JSON) -> String {
    switch json {
    case .string(let text): methods[text] ?? text
    case .bool(let answer): answer ? "yes" : "no"
    case .null: "nothing"
    case .array(let items) where !items.isEmpty: items.map(shown).joined(separator: ", ")
    default: json.compact
    }
  }

  /// The innermost member in which two values differ.
  private static func difference(_ before: JSON, _ after: JSON) -> (String, String) {
    if case .object(let members) = before, case .object = after {
      for (name, value) in members {
        guard let other = after[name], other != value else { continue }
        return difference(value, other)
      }
    }
    return (shortened(shown(before)), shortened(shown(after)))
  }

  private static func shortened(_ text: String) -> String {
    text.count <= 120 ? text : text.prefix(119) + "…"
  }
}
