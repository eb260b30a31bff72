internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// The procedure before the Commission on the pages of models and of the beginning.
struct ProcedureSection {
  let visit: Visit
  let model: RecordState
  let filings: [RecordState]
  /// What changed since the last notification was sent.
  let changes: [PackageChange]

  init(_ visit: Visit, _ model: RecordState) async throws(Problem) {
    self.visit = visit
    self.model = model
    filings = try await ProcedureSection.all(visit).filter { $0.text("model") == model.id.text }
    let sent = filings.last {
      $0.id.kind == "notification" && ["submitted", "acknowledged"].contains($0.status ?? "")
    }
    if let sent {
      changes = try await visit.workspace.filing(sent.id).changes
    } else {
      changes = []
    }
  }

  private static func all(_ visit: Visit) async throws(Problem) -> [RecordState] {
    var filings: [RecordState] = []
    for kind in [RecordKind.notification, .rebuttal, .reassessment] {
      filings += try await visit.workspace.states(kind)
    }
    return filings.sorted { $0.begun < $1.begun }
  }

  var html: HTML {
    let changed: HTML =
      changes.isEmpty
      ? ""
      : """
      <div class="caution"><p><strong>Changed since submission.</strong></p>
      \(Component.list(changes.map { Component.prose($0.words) }))</div>

      """
    let isDesignated = model.text("designated_under") == "52(4)"
    let reassess: HTML =
      isDesignated
      ? """
      <form method="post" action="/models/\(model.id.key)/reassessments">\(Frame.key(visit))
      <p><button class="plain">Draft a request for reassessment</button></p></form>

      """ : ""
    return Component.section(
      "procedure", "Procedure before the Commission",
      """
      \(changed)\(ProcedureSection.list(filings))\
      <form method="post" action="/models/\(model.id.key)/notifications">\(Frame.key(visit))
      <p><button>Draft a notification</button> <span class="note">Its package follows from the records; another \
      person approves it.</span></p></form>
      \(reassess)\(WhyAsked(visit).html(["ai-act/52/1", "guidelines/29", "guidelines/31"]))
      """)
  }

  private static func list(_ filings: [RecordState]) -> HTML {
    Component.list(
      filings.map {
        """
        \(Parts.link(ProcedurePages.path($0.id), $0.title)) <span class="note">\(standing($0))</span>
        """
      })
  }

  /// Where a filing stands, and what it waits for.
  private static func standing(_ filing: RecordState) -> String {
    switch filing.status {
    case "draft": "draft, to be filled in and sent for review"
    case "in review": "in review, waits for the approval of another person"
    case "approved" where filing.id.kind == RecordKind.rebuttal.name:
      "approved, goes with its notification"
    case "approved": "approved, to be sent to the Commission"
    default: filing.status ?? ""
    }
  }

  /// What waits for somebody, for the page of the beginning; nothing when nothing waits.
  static func waiting(_ visit: Visit) async throws(Problem) -> HTML {
    let open = try await all(visit).filter {
      ["draft", "in review", "approved"].contains($0.status ?? "")
    }
    return Component.section("procedure", "On its way to the Commission", list(open))
  }
}
