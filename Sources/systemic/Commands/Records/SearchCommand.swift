import ArgumentParser
import Duties
import Ground
import Workspace

/// `systemic search`.
struct SearchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search", abstract: "Search everything you may read.",
    discussion: """
      All words must match. "Quoted words" stand together; field:word, kind:model, status:filed, before:2026-12-01,
      after:2026-01-01 and -word narrow it.

      Examples:
        systemic search aurora kind:model
        systemic search '"training log" after:2026-06-01'
      """)
  @Argument(help: "What to look for.")
  var words: [String]
  @Option(help: "How many to show.")
  var limit = 50
  @Option(help: "text or json.")
  var format: ListFormat = .text
  @OptionGroup var remote: RemoteOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    if let desk = try remote.desk(besides: options) {
      return try await Terminal.run {
        let found = try await desk.get(
          "search", [("q", words.joined(separator: " ")), ("limit", String(limit))])
        Terminal.say(format == .json ? found.pretty : RemoteText.search(found))
      }
    }
    try await options.open(.read) { workspace in
      let found = try await workspace.search(words.joined(separator: " "), limit: limit)
      if format == .json {
        Terminal.say(found.json.pretty)
        return
      }
      for match in found.matches {
        Terminal.say(
          Terminal.bold(TextTable.plain(match.record.title))
            + "  \(match.record.id.text)  \(match.record.status ?? "")")
        for snippet in match.snippets {
          let text = snippet.parts.map { part in
            let plain = TextTable.plain(part.text, atMost: 200)
            return part.isMatch ? Terminal.bold(plain) : plain
          }
          Terminal.say("  \(snippet.field): " + text.joined())
        }
      }
      Terminal.say(
        found.total == 0
          ? "nothing that you may read matches" : "\(found.matches.count) of \(found.total) shown")
    }
  }
}
