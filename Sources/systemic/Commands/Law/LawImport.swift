import ArgumentParser
import Ground
import Rulebook
import Workspace

/// `systemic law import`.
struct LawImport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract:
      "Import your own official copy of the AI Act; rules then show its wording beside ours.",
    discussion: """
      Save Regulation (EU) 2024/1689 from EUR-Lex as HTML or XML. The text is kept in your data
      folder (SYSTEMIC_HOME, else XDG_DATA_HOME, else ~/.local/share), never in a repository.
      Every short quotation in the rules is checked against it word for word.

      Example: systemic law import L_202401689EN.html
      """)
  @Argument(help: "The HTML or XML file.")
  var file: String

  func run() throws {
    try Terminal.run {
      let report = try OfficialStore.importAct(file, law: Law.at(Law.checked))
      let version = report.isConsolidated ? "consolidated text" : "text of 2024"
      Terminal.say("\(report.articles) articles imported (\(version)) to \(report.path)")
      if !report.isConsolidated {
        Terminal.say("The consolidated text differs in Art. 56(6) and Arts 75 to 75d.")
      }
      Terminal.say(
        "\(report.quotesChecked) quotations checked word for word, "
          + "\(report.quotesMissing.count) not found.")
      for (rule, quote) in report.quotesMissing { Terminal.say("  \(rule): “\(quote)”") }
      if !report.quotesMissing.isEmpty { throw ExitCode(1) }
    }
  }
}
