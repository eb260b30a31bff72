internal import Duties
internal import Ground
internal import Workspace

/// Something that happens to a record, as a form.
enum ChangePage {
  static let endpoints: [Endpoint] = [
    .get("/records/{kind}/{key}/changes/{event}") { visit in
      let form = try await form(visit)
      return .page(form.page(title(form)))
    },
    .post("/records/{kind}/{key}/changes/{event}") { visit in
      let form = try await form(visit)
      return try await form.change(title(form))
    },
  ]

  private static func title(_ form: RecordForm) -> String {
    (form.state?.title ?? "") + ": " + (form.kind.event(form.event)?.title ?? form.event)
  }

  /// Whether an event can be chosen on the page of a record; the use cases decide anew.
  static func isOffered(_ event: RecordEvent, of kind: RecordKind, on state: RecordState) -> Bool {
    // Files, erasures and holds are changed on pages of their own, which know what belongs to it.
    guard kind.log == .regulatory, !kind.isComposed, !event.isComposed,
      !["erasure", "hold"].contains(kind.name),
      kind.name != "evidence" || event.name == "evidence-changed"
    else { return false }
    if !event.from.isEmpty, !event.from.contains(state.status ?? "") { return false }
    if event.isOnce, state.happened[event.name] != nil { return false }
    if event.after.contains(where: { state.happened[$0] == nil }) { return false }
    return !event.notAfter.contains { state.happened[$0] != nil }
  }

  private static func form(_ visit: Visit) async throws(Problem) -> RecordForm {
    let kind = try RecordPage.kind(visit.part("kind"))
    let state = try await visit.workspace.needed(
      try RecordPage.id(kind.name, visit.part("key")))
    guard let event = kind.event(visit.part("event")), isOffered(event, of: kind, on: state) else {
      throw Problem(
        "server.no-such-page", what: "this cannot happen to \(state.title) now",
        why: "its kind has no such event, or it did not come to that yet, or it is over",
        mend: "the page of the record lists what can happen")
    }
    var form = RecordForm(visit: visit, kind: kind, event: event.name, state: state)
    if kind.name == RecordKind.model.name, let field = statedBy[event.name] {
      form.introduction = WhyAsked(visit).html(kind.field(field)?.asks ?? [])
    }
    return try await form.withChoices()
  }

  /// Events of a model that begin or end a clock, with the field that states the same day, and so knows the law behind it.
  private static let statedBy = [
    "threshold-met": "met_on", "threshold-known": "known_since",
    "capabilities-found": "capabilities_met_on",
    "capabilities-expected": "capabilities_known_since",
    "commission-notified": "notification_sent", "designated": "designated_on",
  ]
}
