internal import Ground

extension RecordKind {
  /// The written mandate of an authorised representative in the Union.
  ///
  /// Source: Regulation (EU) 2024/1689, Art. 54.
  public static let mandate = RecordKind(
    "mandate", "mandate of an authorised representative",
    fields: [
      RecordField(
        "title", "the representative's name", required: true, example: "Fictional Delegates SARL",
        asks: ["ai-act/54/1"]),
      RecordField(
        "established_in", "the Member State it is established in", required: true,
        example: "Ireland", asks: ["ai-act/54/1"]),
      RecordField("address", "its address", asks: ["ai-act/54/3/b"]),
      RecordField("contact", "its point of contact", asks: ["ai-act/54/3/b"]),
      RecordField("models", "the models it covers; empty covers all", .list, asks: ["ai-act/54/1"]),
      RecordField(
        "verifies", "whether it verifies documentation and duties (Art. 54(3)(a))", .yesNo,
        asks: ["ai-act/54/3/a"]),
      RecordField(
        "keeps", "whether it keeps the documentation (Art. 54(3)(b))", .yesNo,
        asks: ["ai-act/54/3/b"]),
      RecordField(
        "informs", "whether it informs the AI Office (Art. 54(3)(c))", .yesNo,
        asks: ["ai-act/54/3/c"]),
      RecordField(
        "cooperates", "whether it cooperates with authorities (Art. 54(3)(d))", .yesNo,
        asks: ["ai-act/54/3/d"]),
      RecordField(
        "document", "the written mandate", .record("evidence"),
        asks: ["ai-act/54/1", "ai-act/54/3"]),
      RecordField(
        "ended_by", "who ended it", .choice(["provider", "representative"]), asks: ["ai-act/54/5"]),
      RecordField(
        "office_informed", "the day on which the AI Office was informed of its end",
        .day(loose: false), asks: ["ai-act/54/5"]),
    ],
    events: [
      RecordEvent("mandate-drafted", "mandate drafted", begins: true, status: "draft"),
      RecordEvent("mandate-changed", "draft of the mandate changed", from: ["draft"]),
      RecordEvent("mandate-signed", "mandate signed", status: "in force", from: ["draft"]),
      RecordEvent(
        "mandate-ended", "mandate ended", needsReason: true, status: "ended", from: ["in force"]),
      RecordEvent(
        "mandate-end-reported", "AI Office informed of the end of the mandate", from: ["ended"]),
      RecordEvent(
        "mandate-given-up", "draft given up", needsReason: true, status: "given up",
        from: ["draft"]),
    ],
    writers: filers, confidentiality: .internal, isComposed: true)
}
