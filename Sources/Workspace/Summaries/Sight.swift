internal import Duties
internal import Ground

/// What somebody may read of one kind, asked of the rule once for all its records.
///
/// Without a scope the rule looks at the kind and the class of a record only; what a scope names is asked one by one.
struct Sight {
  let who: SignedIn
  let today: Day
  let classes: ClassSet

  init(_ who: SignedIn, _ kind: RecordKind, today: Day, _ summaries: Summaries) {
    self.who = who
    self.today = today
    let isWithinDays =
      (who.days.from.map { $0 <= today } ?? true) && (who.days.until.map { today <= $0 } ?? true)
    let key = Summaries.SightKey(roles: who.roles, kind: kind.name, isWithinDays: isWithinDays)
    classes = summaries.classes(key) {
      guard let any = RecordID(kind.name + "/any") else { return [] }
      let unscoped = SignedIn(
        id: who.id, name: who.name, roles: who.roles, scope: nil, from: who.days.from,
        until: who.days.until)
      return ClassSet(
        Confidentiality.allCases.filter { unscoped.mayRead(any, $0, today: today) })
    }
  }

  /// Whether all records of a table may be read.
  func readsAll(of table: SummaryTable) -> Bool { table.classesHeld.isSubset(of: classes) }

  /// Whether a record may be read.
  func reads(_ summary: RecordSummary) -> Bool {
    classes.contains(summary.confidentiality)
      || who.scope?.contains(summary.id) == true
        && who.mayRead(summary.id, summary.confidentiality, today: today)
  }
}
