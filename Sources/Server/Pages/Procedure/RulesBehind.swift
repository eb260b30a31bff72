internal import Documents
internal import Duties
internal import Ground
internal import RuleFile
internal import Rulebook
internal import Workspace

/// Why something is asked: the provisions behind it in our own words, each with its citation and what it binds.
struct RulesBehind {
  let visit: Visit

  /// Folded under a question, so that it is there for whoever wants it.
  func html(_ rules: [String]) -> HTML {
    let law = visit.workspace.surroundings.law(visit.today)
    let lines = rules.compactMap { law.provision($0) }.map { provision -> HTML in
      """
      <p>\(Component.prose(provision.version.text)) \
      \(Parts.rule(provision.rule.id, provision.citation)) \(Parts.force(provision.rule.force))</p>

      """
    }
    guard !lines.isEmpty else { return "" }
    return "<details class=\"why\"><summary>Why is this asked?</summary>\n\(lines)</details>\n"
  }

  /// The provisions behind a field, as the catalogue of records names them.
  static func rules(_ kind: String, _ field: String) -> [String] {
    RecordKind.named(kind)?.field(field)?.asks ?? []
  }
}
