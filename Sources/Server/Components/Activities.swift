internal import Documents
internal import RuleFile
internal import Rulebook

/// What can be done in a run, by the counting table of the Guidelines.
enum Activities {
  /// Each activity with its title, in the order of the rules.
  static func all(_ law: Law) -> [(id: String, title: String)] {
    law.rules.filter { $0.counts != nil && $0.id.hasPrefix("count/") }.map { rule in
      (String(rule.id.dropFirst("count/".count)), rule.title)
    }
  }
}
