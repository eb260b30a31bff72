public import Duties
public import Ground

/// Two incidents that may be one event: a proposal, which a person follows by merging or bundling, or not.
public struct SimilarIncidents: Sendable {
  /// The one that came in later.
  public let later: RecordState
  /// The one that was there before.
  public let earlier: RecordState
  /// How alike they are, and why.
  public let likeness: IncidentLikeness
}

extension IncidentTrace {
  /// The trace of an incident on the record.
  init(_ state: RecordState) {
    let source = state.text("source") ?? ""
    self.init(
      title: state.title, narrative: state.text("narrative") ?? "",
      source: IntakeText.sourceName(source),
      references: [state.text("reference")].compactMap { $0 },
      addresses: IntakeText.links(source),
      began: state.text("began").flatMap { DayRange(iso: $0) } ?? IncidentTrace.occurred(state),
      ended: state.text("ended").flatMap { DayRange(iso: $0) })
  }

  private static func occurred(_ state: RecordState) -> DayRange? {
    switch state.happened["incident-occurred"] {
    case .moment(let moment): DayRange(moment.day)
    case .day(let day): DayRange(day)
    case nil: nil
    }
  }
}

extension OpenWorkspace {
  /// Proposals of duplicates among the incidents that the actor may read, the likeliest first.
  ///
  /// - Parameter id: only for this incident; nil for all that nobody has considered yet.
  /// - Throws: `workspace.unknown-record`, `workspace.not-allowed`, `store.*`.
  public func similarIncidents(to id: RecordID? = nil) async throws(Problem) -> [SimilarIncidents] {
    let states = try await states(.incident).filter { $0.status != "merged" }
    let asked =
      if let id { [try await needed(id)] } else {
        states.filter { ["received", "in triage"].contains($0.status ?? "") }
      }
    var index = LikenessIndex()
    for state in states { index.add(state.id.text, IncidentTrace(state)) }
    let named = Dictionary(states.map { ($0.id.text, $0) }, uniquingKeysWith: { first, _ in first })
    var pairs: [SimilarIncidents] = []
    var seen: Set<Set<RecordID>> = []
    for state in asked {
      for likeness in index.like(IncidentTrace(state), except: state.id.text) {
        guard let other = named[likeness.id], !OpenWorkspace.areJoined(state, other),
          seen.insert([state.id, other.id]).inserted
        else { continue }
        let isLater = (other.begun, other.id) < (state.begun, state.id)
        pairs.append(
          SimilarIncidents(
            later: isLater ? state : other, earlier: isLater ? other : state, likeness: likeness))
      }
    }
    return pairs.sorted {
      ($1.likeness.points, $0.later.id) < ($0.likeness.points, $1.later.id)
    }
  }

  /// Whether a person has put the two together already.
  private static func areJoined(_ one: RecordState, _ other: RecordState) -> Bool {
    one.text("bundled_with") == other.id.text || other.text("bundled_with") == one.id.text
      || one.text("merged_into") == other.id.text
  }
}
