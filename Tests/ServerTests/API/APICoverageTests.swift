import Duties
import Testing

@testable import Server

/// Everything a page does, programs do: each endpoint of the desk names its operations, or why it has none.
@Suite("Pages and the interface for programs")
struct APICoverageTests {
  /// What programs ask where people read a page or send a form.
  private static let operations: [String: String] = {
    var found = pages
    for kind in [RecordKind.notification, .rebuttal, .reassessment, .incidentReport] {
      let (word, path) = (APIKinds.word(kind.name), "/" + kind.name + "s/{key}")
      for step in FilingStep.allCases where step.isPossible(for: kind) && step != .successors {
        found["POST \(path)/\(step.rawValue)"] = "step" + word
      }
      found["GET " + path] = "get\(word) get\(word)Package"
      found["GET \(path)/draft"] = "get\(word)Package"
      found["POST \(path)/draft"] = "step" + word
      found["GET \(path)/package/{form}"] =
        "get\(word)PackageJson get\(word)PackageMd get\(word)PackageHtml"
    }
    for step in ["draft", "signatures", "ends", "reports", "abandonments"] {
      found["POST /mandates/{key}/" + step] = "stepMandate"
    }
    return found
  }()

  private static let pages = [
    "GET /": "getDocket getBoard listChanges",
    "GET /board": "getBoard",
    "GET /work": "getWork",
    "GET /search": "search",
    "GET /palette": "search",
    "GET /setup": "listProvider listModel",
    "GET /setup/provider": "listProvider",
    "POST /setup/provider": "addProviderEvent",
    "GET /setup/model": "listModel",
    "POST /setup/model": "beginModel",
    "GET /setup/compute": "getLedger",
    "GET /setup/result": "classifyModel",
    "GET /samples": "listSamples",
    "POST /samples": "loadSamples",
    "POST /samples/end": "putSamplesAway",
    "POST /samples/erasure": "requestErasureOfSamples",
    // Models and compute
    "GET /models": "listModel exportModel getBoard",
    "GET /models/new": "listModel",
    "POST /models/new": "beginModel registerModelFile",
    "GET /models/{key}": "getModel getLedger classifyModel getDocket",
    "GET /models/{key}/opinion":
      "getClassificationHtml getClassificationMd classifyModel",
    "POST /models/{key}/opinions": "draftOpinion",
    "GET /models/{key}/what-if": "suppose",
    "GET /models/{key}/runs/new": "getLedger listCounting listHardware",
    "POST /models/{key}/runs": "beginTrainingRun",
    "POST /models/{key}/logs": "importTrainingLog",
    "GET /opinions/{key}": "getOpinion getOpinionMd getOpinionJson",
    // Procedure
    "GET /notifications": "listNotification",
    "GET /reassessments": "listReassessment",
    "POST /models/{key}/notifications": "draftNotification",
    "POST /models/{key}/reassessments": "draftReassessment",
    "POST /notifications/{key}/rebuttals": "draftRebuttal",
    "POST /notifications/{key}/successors": "draftNotification",
    "GET /mandates": "listMandate",
    "GET /mandates/new": "listMandate",
    "POST /mandates/new": "draftMandate",
    "GET /mandates/{key}": "getMandate",
    "GET /mandates/{key}/draft": "getMandate",
    // Incidents
    "GET /incidents": "listIncident",
    "GET /incidents/table.csv": "exportIncident",
    "GET /incidents/board": "listIncident assessIncident",
    "GET /incidents/statistics": "getIncidentFigures",
    "GET /incidents/statistics.csv": "exportIncidentFigures",
    "GET /incidents/templates": "listReportTemplate",
    "POST /incidents/templates": "makeReportTemplate",
    "GET /incidents/templates/example.md": "getReportTemplateExample",
    "GET /incidents/templates/{key}/file": "getReportTemplateFile",
    "POST /incidents/templates/{key}/withdrawal": "withdrawReportTemplate",
    "GET /incidents/new": "listModel",
    "POST /incidents/new": "beginIncident",
    "GET /incidents/{key}": "assessIncident getIncident listIncidentEvents",
    "GET /incidents/{key}/description": "getIncident",
    "POST /incidents/{key}/description": "addIncidentEvent",
    "POST /incidents/{key}/answers": "answerIncident",
    "POST /incidents/{key}/dates": "dateIncident",
    "POST /incidents/{key}/outcome": "considerIncident",
    "POST /incidents/{key}/merge": "mergeIncident",
    "POST /incidents/{key}/bundle": "bundleIncident",
    "POST /incidents/{key}/closure": "closeIncident",
    "POST /incidents/{key}/reopening": "addIncidentEvent",
    "POST /incidents/{key}/reports": "draftIncidentReport",
    "POST /incidents/{key}/steps":
      "addNonReportEvent addCorrectiveMeasureEvent addOtherReportEvent",
    "GET /incidents/{key}/papers/corrective-measure": "getIncident",
    "POST /incidents/{key}/papers/corrective-measure": "followIncident beginCorrectiveMeasure",
    "GET /incidents/{key}/papers/other-report": "getIncident",
    "POST /incidents/{key}/papers/other-report": "followIncident beginOtherReport",
    // The docket
    "GET /docket": "getDocket",
    "GET /docket/calendar": "getDocket",
    "GET /docket/timeline": "getDocket",
    "GET /docket.csv": "exportDocket",
    "GET /docket.ics": "getCalendar",
    "POST /docket/assignments": "assignDeadline",
    // Records
    "GET /records": "getDescription",
    "GET /records/{kind}": "listModel listOpinion listEvidence listPerson",
    "GET /records/{kind}/table.csv": "exportModel exportOpinion exportEvidence",
    "POST /records/{kind}/changes": "changeSeveralModel changeSeveralTrainingRun",
    "GET /records/{kind}/new": "getDescription",
    "POST /records/{kind}/new": "beginModel beginDownstreamRequest placeHold",
    "GET /records/{kind}/{key}": "getModel listModelEvents listCommentsAbout",
    "GET /records/{kind}/{key}/proofs/{version}": "getModelProof",
    "GET /records/{kind}/{key}/text": "getOpinionMd",
    "GET /records/{kind}/{key}/files/{form}":
      "getOpinionDocx getOpinionPdf getNotificationPackageDocx getNotificationPackagePdf",
    "GET /records/{kind}/{key}/changes/{event}": "getModel",
    "POST /records/{kind}/{key}/changes/{event}":
      "addModelEvent addTrainingRunEvent addOpinionEvent releaseHold approveErasure refuseErasure",
    "POST /records/{kind}/{key}/comments": "makeComment",
    "GET /comments": "listOwnQuestions",
    "POST /comments/{key}/settlement": "settleComment",
    "POST /views": "saveOwnView",
    "POST /views/{key}/removal": "removeOwnView",
    // Evidence
    "GET /evidence": "listEvidence",
    "GET /evidence/new": "listModel",
    "POST /evidence/new": "addEvidence",
    "GET /evidence/{key}": "getEvidence listEvidenceEvents",
    "GET /evidence/{key}/file": "getEvidenceFile",
    "GET /evidence/{key}/preview": "getEvidenceFile",
    "POST /evidence/{key}/reviews": "reviewEvidence",
    "POST /evidence/{key}/withdrawal": "withdrawEvidence",
    // What strangers report
    "GET /report": "getIntakeChallenge",
    "POST /report": "reportPublicly",
    "GET /report/confidential": "getIntakeChallenge",
    "POST /report/confidential": "reportInConfidence",
    "GET /report/status": "getReportStatus",
    "POST /report/status": "getReportStatus",
    "POST /report/messages": "addReportMessage",
    // The law
    "GET /law": "listRules",
    "GET /law/**": "getRule",
    "GET /law/changes": "listLawChanges getTimeline",
    "GET /law/divergences": "listDivergences",
    // The journal
    "GET /journal": "listHeads listEntries",
    "POST /journal/audits": "auditJournal",
    "GET /journal/audits/{id}": "auditJournal",
    "GET /journal/audits/{id}/progress": "listen",
    // People and programs
    "GET /account": "getAccount listOwnSessions",
    "POST /account/sessions/end": "endOwnSessions endOwnSession",
    "GET /account/tokens": "listOwnTokens",
    "POST /account/tokens": "makeToken",
    "POST /account/tokens/{key}/rotation": "rotateToken",
    "POST /account/tokens/{key}/revocation": "revokeToken",
    "GET /account/calendar": "getOwnCalendar",
    "POST /account/calendar": "makeOwnCalendar",
    "POST /account/calendar/end": "endOwnCalendar",
    "GET /people": "listPerson getSignInRules",
    "POST /people": "registerPerson",
    "POST /people/rules": "decideSignInRules",
    "GET /people/{key}": "getPerson listSessionsOf",
    "POST /people/{key}/links": "issueLink",
    "POST /people/{key}/roles": "changePerson",
    "POST /people/{key}/sessions/end": "endSessionsOf",
    "POST /people/{key}/hold/end": "endHold",
    "POST /people/{key}/identity": "bindIdentity",
    "POST /people/{key}/removal": "removePerson",
    "GET /emergency": "listEmergency",
    "POST /emergency/{key}/review": "reviewEmergency",
    "GET /webhooks": "listWebhook",
    "POST /webhooks": "makeWebhook",
    "GET /webhooks/{key}": "getWebhook listDeliveries",
    "POST /webhooks/{key}": "changeWebhook",
    "POST /webhooks/{key}/secret": "renewWebhookSecret",
    "POST /webhooks/{key}/state": "switchWebhook",
    "POST /webhooks/{key}/removal": "removeWebhook",
    "POST /webhooks/{key}/deliveries": "deliver",
    "GET /connectors": "listConnector listTicket",
    "GET /connectors/new": "getDescription",
    "POST /connectors": "makeConnector",
    "GET /connectors/{key}": "getConnector listIncident",
    "GET /connectors/{key}/change": "getConnector",
    "POST /connectors/{key}": "changeConnector",
    "POST /connectors/{key}/secret": "renewConnectorSecret",
    "POST /connectors/{key}/dry-runs": "tryConnector",
    "POST /connectors/{key}/removal": "removeConnector",
    "POST /connectors/{key}/state": "switchConnector",
    "POST /connectors/{key}/reconciliations": "reconcileConnector",
    "POST /tickets/{key}/choices": "settleTicket",
  ]

  /// Beginnings of paths that programs do not ask, each with its reason.
  private static let exceptions = [
    "/assets/": "looks of pages",
    "/sign-in": "a program shows a token and has no session to open",
    "/sign-out": "a program shows a token and has no session to end; it revokes the token",
    "/account/passphrase": "a token that leaked would lock its person out",
    "/account/second-factor": "a token that leaked would take the second proof of its person",
    "/people/{key}/second-factor/end":
      "a token that leaked would take the second proof of anybody",
    "/drafts/": "what was typed into a page whose session ended; a program sends it again",
    "/calendar/": "asked by calendar programs at an address of their own",
    "/hooks/": "asked by ticket systems, which sign with the secret of their connector",
    "/healthz": "asked by whoever watches the machine, not in anybody's name",
    "/readyz": "asked by whoever watches the machine, not in anybody's name",
    "/metrics": "asked by whoever watches the machine, not in anybody's name",
  ]

  /// Kinds whose records programs do not ask, each with its reason.
  private static let kinds = [
    "names": "reserves names; it says nothing of its own",
    "sign-in": "read with getSignInRules",
    "view": "read with listOwnViews, by its person only",
    "outbox": "read with listDeliveries",
    "calendar-link": "read with getOwnCalendar, by its person only",
    "reminder": "what the program told by mail, kept so that it tells once",
  ]

  private func exception(_ path: String) -> String? {
    APICoverageTests.exceptions.keys.first { path.hasPrefix($0) }
  }

  @Test("each form and page has an operation, or a reason why it has none")
  func everything() async throws {
    let fixture = try await DeskFixture()
    let known = Set(API.operations.map(\.id))
    var asked: Set<String> = []
    for endpoint in fixture.desk.endpoints {
      let name = endpoint.method.rawValue + " " + endpoint.path
      asked.insert(name)
      let operations = APICoverageTests.operations[name]
      #expect(
        (operations == nil) != (exception(endpoint.path) == nil),
        "\(name): name its operations in the table, or say why it has none")
      let ids = (operations ?? "").split(separator: " ").map(String.init)
      for id in ids { #expect(known.contains(id), "\(name): there is no operation \(id)") }
      guard endpoint.method == .post, operations != nil else { continue }
      let methods = Set(API.operations.filter { ids.contains($0.id) }.map(\.method))
      #expect(methods == [.post], "\(name): what changes something is sent")
    }
    for name in APICoverageTests.operations.keys {
      #expect(asked.contains(name), "\(name) is no endpoint any more")
    }
    for prefix in APICoverageTests.exceptions.keys {
      #expect(
        fixture.desk.endpoints.contains { $0.path.hasPrefix(prefix) },
        "\(prefix) is no endpoint any more")
    }
  }

  @Test("each kind of record that a page lists has operations, or a reason why it has none")
  func everyKind() {
    for kind in RecordKind.all {
      let isAsked = APIKinds.all.contains { $0.name == kind.name }
      #expect(isAsked != (APICoverageTests.kinds[kind.name] != nil), "\(kind.name)")
    }
    for name in APICoverageTests.kinds.keys { #expect(RecordKind.named(name) != nil, "\(name)") }
  }
}
