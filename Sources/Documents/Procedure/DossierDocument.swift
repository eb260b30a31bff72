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
    [questions(dossier), categories(dossier), reports(dossier), silence(dossier), dates(dossier)]
      + [check]
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
      "Reports as they were sent", ["Report", "Status", "Sent", "Channel", "Receipt", "SHA-256"],
      (dossier["reports"]?.items ?? []).map { row in
        ["type", "status", "sent", "channel", "receipt", "sha256"].map { row.words($0) ?? "—" }
      }
    )
    return block
  }

  private static func silence(_ dossier: JSON) -> DocumentBlock {
    var block = DocumentBlock("not-reported", "Why no report was owed")
    block.items = (dossier["not_reported"]?.items ?? []).map { row in
      "\(row.words("status") ?? ""): \(row.words("reasons") ?? "")"
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
          row.words("recorded") ?? "", row.words("by") ?? "",
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
