internal import Duties
internal import Ground
internal import Rulebook
internal import Synchronization

/// The docket of today in memory.
///
/// Deadlines are computed when their record, its model, its runs, the provider or whoever looks after them changes, and
/// all of them when the day does. A test compares it with a full computation.
/// The law of a day is the same as long as the program runs.
final class DocketKeeper: Sendable {
  /// What stands of a day.
  struct Kept: Sendable {
    let day: Day
    let law: Law
    var models: [RecordID: KeptModel] = [:]
    var assignments: [RecordID: RecordState] = [:]
    /// By the classes that somebody reads.
    var dockets: [ClassSet: KeptDocket] = [:]
  }

  /// What the ledger says of one version of a model.
  struct KeptModel: Sendable {
    let version: Int
    let figures: ModelFigures?
    let standing: ModelStanding?
  }

  private let state = Mutex<Kept?>(nil)
  /// One brings it up to date; others wait and find it done.
  let turn = Turn()

  /// The day for which it stands.
  var day: Day? { state.withLock { $0?.day } }

  /// Whether it stands for a day and a sight.
  func holds(_ day: Day, _ classes: ClassSet?) -> Bool {
    state.withLock { kept in
      guard let kept, kept.day == day else { return false }
      return classes.map { kept.dockets[$0] != nil } ?? true
    }
  }

  /// Replaces everything; nil forgets it.
  func take(_ kept: Kept?) { state.withLock { $0 = kept } }

  /// Reads and changes what stands; nil while nothing does.
  func change<Value: Sendable>(_ body: (inout Kept) -> Value) -> Value? {
    state.withLock { kept in
      guard var taken = kept else { return nil }
      // Taken out, so that what is changed has one owner and is not copied.
      kept = nil
      defer { kept = taken }
      return body(&taken)
    }
  }

  /// What the rules say of models.
  func figures(of models: [RecordID]) -> [ModelFigures?] {
    state.withLock { kept in models.map { kept?.models[$0]?.figures } }
  }

  /// A part of the docket of a sight.
  func part(
    _ classes: ClassSet, _ question: DocketQuestion, from start: Int, atMost limit: Int
  ) -> DocketPart? {
    change { $0.dockets[classes]?.part(question, from: start, atMost: limit) } ?? nil
  }

  /// All deadlines of a sight that a question asks for.
  func deadlines(_ classes: ClassSet, _ question: DocketQuestion) -> [Deadline]? {
    state.withLock { $0?.dockets[classes]?.deadlines(question) }
  }
}
