internal import Ground

extension RecordKind {
  /// A receiver of messages: another program that is told what happens to records.
  public static let webhook = RecordKind(
    "webhook", "webhook", log: .operational,
    fields: [
      RecordField("title", "what it is for", required: true, example: "Ticket system"),
      RecordField(
        "url", "where messages are posted", required: true,
        example: "https://hooks.example.org/systemic"),
      RecordField(
        "events", "the events it is told of: kind.event, kind.* or *", .list, required: true,
        example: "opinion.*; model.placed-on-market"),
      RecordField(
        "payload", "thin names the record only; full says what was set",
        .choice(["thin", "full"]), required: true),
      RecordField(
        "owner", "the person whose rights decide what it is told", .record("person")),
      RecordField("signing", "the secret that signs messages"),
      RecordField("signing_before", "the secret before it, for as long as both sign"),
      RecordField("signing_until", "until when the secret before it signs too", .moment),
      RecordField("notice", "why it was switched off"),
    ],
    events: [
      RecordEvent("webhook-made", "webhook made", begins: true, status: "on"),
      RecordEvent("webhook-changed", "webhook changed", notAfter: ["webhook-removed"]),
      RecordEvent("webhook-secret-rotated", "secret renewed", notAfter: ["webhook-removed"]),
      RecordEvent(
        "webhook-enabled", "webhook switched on", notAfter: ["webhook-removed"], status: "on",
        renews: ["notice"]),
      RecordEvent(
        "webhook-disabled", "webhook switched off", notAfter: ["webhook-removed"], status: "off"),
      RecordEvent("webhook-removed", "webhook removed", status: "removed", isOnce: true),
    ],
    writers: [.security, .administrator, .localOperator, .system], confidentiality: .internal)

  /// How far a receiver has been told: the place in the journal up to which nothing is left to send.
  public static let outbox = RecordKind(
    "outbox", "outbox", log: .operational,
    fields: [
      RecordField("receiver", "who is told", required: true, fixed: true),
      RecordField("cursor", "the first entry of the journal that is not settled", .count),
      RecordField("attempts", "attempts for that entry so far", .count),
      RecordField("due", "when the next attempt is due", .moment),
      RecordField("deliveries", "the latest attempts", .tree),
    ],
    events: [
      RecordEvent("outbox-begun", "outbox begun", begins: true),
      RecordEvent("messages-settled", "messages delivered, tried or passed over"),
    ],
    writers: [.system], confidentiality: .internal)

  /// A person's own address of their deadlines for a calendar program.
  public static let calendarLink = RecordKind(
    "calendar-link", "calendar link", log: .access,
    fields: [
      RecordField(
        "person", "whose deadlines it shows", .record("person"), required: true, fixed: true),
      RecordField("token", "digest of its secret", required: true, fixed: true),
    ],
    events: [
      RecordEvent("calendar-link-made", "calendar link made", begins: true, status: "open"),
      RecordEvent("calendar-link-ended", "calendar link ended", status: "ended", isOnce: true),
    ],
    writers: [.system], confidentiality: .internal)

  /// Which reminders a person was sent, so that each is sent once.
  public static let reminder = RecordKind(
    "reminder", "reminders of a person", log: .operational,
    fields: [
      RecordField("person", "who was reminded", .record("person"), required: true, fixed: true),
      RecordField("sent", "what was sent: key of the deadline and how long before", .list),
      RecordField("day", "the day of the last digest", .day(loose: false)),
    ],
    events: [
      RecordEvent("reminders-begun", "reminders begun", begins: true),
      RecordEvent("reminders-sent", "reminders sent"),
    ],
    writers: [.system], confidentiality: .internal)
}
