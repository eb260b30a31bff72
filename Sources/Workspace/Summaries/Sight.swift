internal import Duties
internal import Ground

/// What somebody may read of one kind, asked of the rule by kind and class once for all its records.
///
/// Whoever reads certain records only is asked about one by one.
struct Sight {
  let who: SignedIn
  let today: Day
  /// The classes of which every record may be read.
  let classes: ClassSet

  init(_ who: SignedIn, _ kind: RecordKind, today: Day, _ summaries: Summaries) {
    self.who = who
    self.today = today
    let asked = {
      guard let any = RecordID(kind.name + "/any") else { return ClassSet() }
      return ClassSet(Confidentiality.allCases.filter { who.mayRead(any, $0, today: today) })
    }
    if who.isBounded {
      classes = asked()
    } else {
      let isWithinDays =
        (who.days.from.map { $0 <= today } ?? true) && (who.days.until.map { today <= $0 } ?? true)
      classes = summaries.classes(
        Summaries.SightKey(roles: who.roles, kind: kind.name, isWithinDays: isWithinDays), asked)
    }
  }

  /// Whether all records of a table may be read.
  func readsAll(of table: SummaryTable) -> Bool { table.classesHeld.isSubset(of: classes) }

  /// Whether a record may be read.
  func reads(_ summary: RecordSummary) -> Bool {
    classes.contains(summary.confidentiality)
      || who.mayRead(summary.id, summary.confidentiality, today: today)
  }
}

extension SignedIn {
  /// Whether it depends on more than roles and days what they read.
  var isBounded: Bool {
    scope != nil || allowance.map { $0.records != nil || !$0.scopes.contains(.read) } ?? false
  }

  /// Whether what they read depends on roles and days alone, and their reading is noted with the request.
  public var readsBroadly: Bool { !isBounded && !roles.contains(.inspector) }
}
