public import Ground

/// The dossier of an incident as a text that a person reads first.
public enum DossierDocument {
  /// Markdown that reads well raw.
  public static func markdown(_ dossier: JSON) -> String {
    let title = dossier["incident"]?["fields"]?.words("title") ?? "Incident"
    return "# \(Markdown.text(title))\n\n\(Markdown.text(lead(dossier)))\n"
      + blocks(dossier).filter { !$0.isEmpty }.map { "\n" + $0.markdown }.joined()
  }

  private static func lead(_ dossier: JSON) -> String {
    "Made on \(dossier.words("made") ?? "") from the records of the provider. Each line rests on an entry of the journal; "
      + "the folder holds its bytes, its opening and its proof. Reporting an incident does not admit that a duty was "
      + "breached."
  }

  private static func blocks(_ dossier: JSON) -> [DocumentBlock] {
    [
      questions(dossier), categories(dossier), reports(dossier), deadlines(dossier),
      silence(dossier), dates(dossier), answers(dossier), check,
    ]
  }

  private static func name(_ key: String?, _ dossier: JSON) -> String {
    key.flatMap { dossier["people"]?.words($0) } ?? key ?? ""
  }

  /// What was due when, and whether it was in time.
  private static func deadlines(_ dossier: JSON) -> DocumentBlock {
    var block = DocumentBlock("deadlines", "What was due, and whether it was in time")
    block.table = (
      "Time limits by both readings",
      ["What", "From", "Plain", "1182/71", "Done", "Stands at", "Force", "Basis"],
      (dossier["deadlines"]?.items ?? []).filter { $0["retention"] != .bool(true) }.map { row in
        [
          row.words("title") ?? "", row.words("start") ?? "not on the record",
          row.words("plain_moment") ?? row.words("plain_day") ?? "—",
          row.words("regulation_1182_71_moment") ?? row.words("regulation_1182_71_day") ?? "—",
          row.words("ended") ?? "—", row.words("status") ?? "", row.words("force") ?? "",
          row.words("citation") ?? "the provider's own",
        ]
      }
    )
    let untold = (dossier["not_told_yet"]?.items ?? []).compactMap(\.text)
    if !untold.isEmpty {
      block.items = ["No report has told of this yet: \(untold.joined(separator: ", "))."]
    }
    return block
  }

  /// Every answer to the legal test, as it was given and changed.
  private static func answers(_ dossier: JSON) -> DocumentBlock {
    var block = DocumentBlock("answers", "Every answer to the legal test, as it was given")
    block.table = (
      "Answers", ["Question", "Answer", "Since", "Written", "By", "Reason"],
      (dossier["answers"]?.items ?? []).map { row in
        [
          row.words("question") ?? "", row.words("answer") ?? "", row.words("since") ?? "",
          row.words("recorded") ?? "", name(row.words("by"), dossier), row.words("reason") ?? "—",
        ]
      }
    )
    return block
  }

  private static func questions(_ dossier: JSON) -> DocumentBlock {
    var block = DocumentBlock("questions", "What an authority asks first")
    let unknown = "not on the record"
    block.facts = [
      ("When was the first view formed?", dossier.words("first_view_formed") ?? unknown),
      (
        "When was the involvement of the model known?",
        dossier.words("involvement_known") ?? unknown
      ), ("What was it considered to be?", dossier.words("considered") ?? unknown),
      ("When?", dossier.words("considered_at") ?? unknown),
      ("How does the causal link stand?", dossier.words("causal_link") ?? unknown),
    ]
    return block
  }

  private static func categories(_ dossier: JSON) -> DocumentBlock {
    var block = DocumentBlock("categories", "Which category, and since when")
    block.table = (
      "Categories of harm", ["Category", "Answer", "Known since", "Because", "Basis"],
      (dossier["categories"]?.items ?? []).map { row in
        [
          row.words("title") ?? "", row.words("answer") ?? "", row.words("known_since") ?? "—",
          row.words("reason") ?? "", row.words("citation") ?? "",
        ]
      }
    )
    return block
  }

  private static func reports(_ dossier: JSON) -> DocumentBlock {
    var block = DocumentBlock("reports", "Which reports")
    block.table = (
      "Reports as they were sent",
      ["Report", "Status", "Sent", "Told of", "Channel", "Receipt", "SHA-256 of the package"],
      (dossier["reports"]?.items ?? []).map { row in
        let told = (row["told"]?.items ?? []).compactMap(\.text).joined(separator: ", ")
        return ["type", "status", "sent"].map { row.words($0) ?? "—" } + [told.isEmpty ? "—" : told]
          + ["channel", "receipt", "sha256"].map { row.words($0) ?? "—" }
      }
    )
    return block
  }

  private static func silence(_ dossier: JSON) -> DocumentBlock {
    var block = DocumentBlock("not-reported", "Decisions not to report")
    block.items = (dossier["not_reported"]?.items ?? []).map { row in
      let status =
        switch row.words("status") {
        case "decided": "decided by one person, not confirmed by a second"
        case "confirmed": "confirmed by a second person"
        case let other: other ?? ""
        }
      return "\(status): \(row.words("reasons") ?? "")"
    }
    return block
  }

  private static func dates(_ dossier: JSON) -> DocumentBlock {
    var block = DocumentBlock("dates", "Every date, as it was written")
    block.table = (
      "Dates", ["What", "When", "As its source has it", "Written", "By", "Note"],
      (dossier["dates"]?.items ?? []).map { row in
        let note = row.words("correction").map { "corrects the one before: " + $0 }
        return [
          row.words("words") ?? "", row.words("at") ?? "", row.words("as_written") ?? "—",
          row.words("recorded") ?? "", name(row.words("by"), dossier),
          note ?? (row["corrected"] == .bool(true) ? "corrected later" : ""),
        ]
      }
    )
    return block
  }

  private static var check: DocumentBlock {
    var block = DocumentBlock("check", "How to check it")
    block.items = [
      "entries/LOG-INDEX.entry are the bytes of an entry; its .tlog-proof (C2SP tlog-proof) shows that they stand in the "
        + "log under a signed checkpoint; verifier-key.txt is the key, which is to be compared with the one given earlier.",
      "entries/LOG-INDEX.opening.json holds salt and content: the commitment of the entry follows from both, see "
        + "docs/guides/verify.md.",
      "reports/KEY.json is a report as it was sent; its SHA-256 stands above and in the entry of its submission.",
    ]
    return block
  }
}
