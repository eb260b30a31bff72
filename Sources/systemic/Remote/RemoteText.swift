import Duties
import Ground
import Workspace

/// What a server told, as a terminal shows it: the same lines as from a folder.
enum RemoteText {
  /// The deadlines as `docket` lists them.
  static func docket(_ json: JSON, names: [String: String]) -> String {
    let today = json["as_of"]?.text.flatMap { Day(iso: $0) }
    let rows = (json["deadlines"]?.items ?? []).map { deadline -> [String] in
      func text(_ name: String) -> String? { deadline[name]?.text }
      let alarm = text("alarm_day").flatMap { Day(iso: $0) }
      var days = ""
      if let alarm, let today { days = String(alarm.sinceEpoch - today.sinceEpoch) }
      let owner = text("assigned_to").map {
        TextTable.plain(names[$0] ?? $0, atMost: 30)
      }
      let citation = text("citation")
      return [
        text("alarm_day") ?? "unknown", days, text("statutory_day") ?? "unknown",
        text("status") ?? "", citation == nil ? "own date" : text("force") ?? "",
        owner ?? text("owner") ?? "",
        TextTable.plain(text("title") ?? "", atMost: 90) + (citation.map { " [\($0)]" } ?? ""),
      ]
    }
    return TextTable.text(
      ["act by", "in days", "binding", "status", "force", "owner", "what"], rows,
      empty: "no deadline is open")
  }

  /// The matches of a search.
  static func search(_ json: JSON) -> String {
    var lines: [String] = []
    let matches = json["matches"]?.items ?? []
    for match in matches {
      lines.append(
        Terminal.bold(TextTable.plain(match["title"]?.text ?? ""))
          + "  \(match["record"]?.text ?? "")  \(match["status"]?.text ?? "")")
      for snippet in match["snippets"]?.items ?? [] {
        lines.append(
          "  \(snippet["field"]?.text ?? ""): "
            + TextTable.plain(snippet["text"]?.text ?? "", atMost: 200))
      }
    }
    guard case .int(let total)? = json["total"], total > 0 else {
      return "nothing that you may read matches"
    }
    return (lines + ["\(matches.count) of \(total) shown"]).joined(separator: "\n")
  }

  /// The history of a record.
  static func history(_ json: JSON) -> String {
    (json["items"]?.items ?? []).map { event -> String in
      func text(_ name: String) -> String { event[name]?.text ?? "" }
      var lines = [
        "\(event["version"]?.compact ?? "")  \(text("recorded"))  " + Terminal.bold(text("event"))
          + "  true \(text("effective")), by \(text("name")) as \(text("role")), entry "
          + (event["index"]?.compact ?? "")
      ]
      if let reason = event["reason"]?.text {
        lines.append("   reason: \(TextTable.plain(reason, atMost: 400))")
      }
      if event["erased"] == .bool(true) { lines.append("   its content was erased") }
      if case .object(let members)? = event["set"] {
        for (name, value) in members { lines.append("   \(name): \(RecordText.value(value))") }
      }
      return lines.joined(separator: "\n")
    }.joined(separator: "\n")
  }
}
