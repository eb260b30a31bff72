internal import Duties
internal import Ground
internal import Workspace

/// The pages of the procedure before the Commission, and what can be sent to them.
enum ProcedurePages {
  static let endpoints: [Endpoint] =
    FilingsPage.endpoints + FilingStepReply.beginnings
    + [RecordKind.notification, .rebuttal, .reassessment, .incidentReport].flatMap { filing($0) }
    + MandatePage.endpoints

  /// The path of the filings of a kind: its name in the plural.
  static func path(_ kind: RecordKind) -> String { "/" + kind.name + "s" }

  /// The path of a filing or a mandate.
  static func path(_ id: RecordID) -> String { "/" + id.kind + "s/" + id.key }

  private static func filing(_ kind: RecordKind) -> [Endpoint] {
    let one = path(kind) + "/{key}"
    let steps = FilingStep.allCases.filter { $0.isPossible(for: kind) }.map { step in
      Endpoint.post(one + "/" + step.rawValue) { visit in
        try await FilingStepReply.take(step, kind, visit)
      }
    }
    return steps + [
      .get(one) { visit in .page(try await FilingPage(visit, kind).body) },
      .get(one + "/draft") { visit in .page(try await FilingForm(visit, kind).body) },
      .post(one + "/draft") { visit in try await FilingForm(visit, kind).save() },
      .get(one + "/package/{form}") { visit in try await FilingStepReply.package(visit, kind) },
    ]
  }
}
