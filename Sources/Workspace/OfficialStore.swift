internal import FoundationEssentials
public import Ground
internal import RuleFile
public import Rulebook

/// Where the official wording that a user imported is kept: outside every repository, in the user's own data folder.
public enum OfficialStore {
  /// The wording of a rule's provision; empty when nothing was imported.
  public static func text(for id: String) -> [String] {
    guard let stored = try? TextFile.read(path) else { return [] }
    return OfficialText(stored: stored).wording(of: id)
  }

  /// What an import found.
  public struct Report: Sendable {
    /// Articles read.
    public var articles: Int
    /// Whether it is the consolidated text.
    public var isConsolidated: Bool
    /// Quotations checked word for word.
    public var quotesChecked: Int
    /// Quotations that do not stand in the provision cited, by rule.
    public var quotesMissing: [(rule: String, quote: String)]
    /// Where it is kept.
    public var path: String
  }

  /// Imports a file of the Act and checks every quotation in the rules against it.
  ///
  /// - Throws: `ground.file-*`, `rulebook.not-the-act`, `workspace.not-written`.
  public static func importAct(_ file: String, law: Law) throws(Problem) -> Report {
    let official = try OfficialText(markup: try TextFile.read(file), file: file)
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw Problem(
        "workspace.not-written", what: "the folder \(folder) could not be made",
        why: "the official text is kept there", mend: "set SYSTEMIC_HOME to a folder you may write")
    }
    try TextFile.write(official.stored, to: path)
    var report = Report(
      articles: official.parts.keys.count { $0.hasPrefix("art_") },
      isConsolidated: official.isConsolidated, quotesChecked: 0, quotesMissing: [], path: path)
    for rule in law.rules where !rule.quotes.isEmpty {
      report.quotesChecked += rule.quotes.count
      let anchor = rule.versions.last?.anchor
      report.quotesMissing += official.missing(rule.quotes, anchor: anchor).map { (rule.id, $0) }
    }
    return report
  }

  private static var folder: String {
    let environment = ProcessInfo.processInfo.environment
    if let home = environment["SYSTEMIC_HOME"], !home.isEmpty { return home + "/official" }
    if let data = environment["XDG_DATA_HOME"], !data.isEmpty { return data + "/systemic/official" }
    return (environment["HOME"] ?? ".") + "/.local/share/systemic/official"
  }

  private static var path: String { folder + "/ai-act.tsv" }
}
