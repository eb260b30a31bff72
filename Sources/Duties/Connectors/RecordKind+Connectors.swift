internal import Ground

extension RecordKind {
  /// A connection to a ticket system, a pager or a chat.
  public static let connector = RecordKind(
    "connector", "connector", log: .operational,
    fields: [
      RecordField("title", "what it is for", required: true, example: "Tickets of operations"),
      RecordField(
        "system", "which system it leads to",
        .choice(ConnectorSystem.allCases.map(\.rawValue)), required: true, fixed: true),
      RecordField("url", "its address", example: "https://example.atlassian.net"),
      RecordField("account", "the name to sign in with", example: "systemic@example.org"),
      RecordField("token", "what proves who we are there"),
      RecordField("signing", "the secret by which messages from it are known"),
      RecordField("project", "the project of its tickets", example: "AIGOV"),
      RecordField("type", "the type of its tickets, or their table", example: "Task"),
      RecordField(
        "texts", "neutral tells that there is an incident; full tells what is on the record",
        .choice(["neutral", "full"]), required: true),
      RecordField("mapping", "which of our fields are which of theirs", .tree),
      RecordField("takes_in", "whether a ticket that begins there begins an incident", .yesNo),
      RecordField("reconciled", "when it was last compared", .moment),
      RecordField("notice", "why it was switched off"),
    ],
    events: [
      RecordEvent("connector-made", "connector made", begins: true, status: "on"),
      RecordEvent("connector-changed", "connector changed", notAfter: ["connector-removed"]),
      RecordEvent(
        "connector-secret-renewed", "secret of its messages renewed",
        notAfter: ["connector-removed"]),
      RecordEvent(
        "connector-enabled", "connector switched on", notAfter: ["connector-removed"],
        status: "on", renews: ["notice"]),
      RecordEvent(
        "connector-disabled", "connector switched off", notAfter: ["connector-removed"],
        status: "off"),
      RecordEvent("connector-reconciled", "compared with it", notAfter: ["connector-removed"]),
      RecordEvent("connector-removed", "connector removed", status: "removed", isOnce: true),
    ],
    writers: [.security, .administrator, .localOperator, .system], confidentiality: .internal,
    isComposed: true)

  /// What stands in another system about an incident: the ledger of what was sent, under which key, and what came back.
  public static let ticket = RecordKind(
    "ticket", "ticket", log: .operational,
    fields: [
      RecordField("title", "what it is called there"),
      RecordField(
        "connector", "the connector", .record("connector"), required: true, fixed: true),
      RecordField("incident", "the incident", .record("incident"), required: true, fixed: true),
      RecordField(
        "correlation", "the name of the incident that the other system keeps", required: true,
        fixed: true),
      RecordField("number", "its name there"),
      RecordField("handle", "by what it is asked for there"),
      RecordField("lasting", "by what it is known there even when it is moved"),
      RecordField("place", "where people find it"),
      RecordField("sent", "what was last said of each field", .tree),
      RecordField("seen", "what each field was last seen to hold there", .tree),
      RecordField("conflicts", "fields that were changed on both sides", .tree),
      RecordField("heard", "the moment of the newest message from there", .moment),
      RecordField("claimed", "until when somebody is sending it", .moment),
      RecordField("copies", "other tickets there that carry its correlation", .tree),
      RecordField("request", "digest of what was last sent"),
      RecordField("result", "what came of it"),
    ],
    events: [
      RecordEvent("ticket-planned", "to be told", begins: true, status: "waiting"),
      RecordEvent("ticket-adopted", "came from the other system", begins: true, status: "open"),
      RecordEvent("ticket-claimed", "being sent"),
      RecordEvent("ticket-made", "made there", status: "open"),
      RecordEvent("ticket-found", "found there under its correlation", status: "open"),
      RecordEvent("ticket-tried", "not taken, to be tried again"),
      RecordEvent("ticket-refused", "refused by the other system", status: "refused"),
      RecordEvent("ticket-told", "a change was told", status: "open"),
      RecordEvent("ticket-heard", "a change there was noted", status: "open"),
      RecordEvent("ticket-in-conflict", "changed on both sides", status: "conflict"),
      RecordEvent("ticket-settled", "a person chose", needsReason: true, status: "open"),
      RecordEvent(
        "ticket-to-tell", "a person chose what is ours", needsReason: true, status: "waiting"),
      RecordEvent("ticket-copied", "another ticket there carries its correlation"),
      RecordEvent("ticket-gone", "no longer found there", status: "gone"),
      .reclassing("ticket", "incident"),
    ],
    writers: [.compliance, .counsel, .security, .incidentLead, .localOperator, .system],
    isComposed: true)
}
