import Testing

/// Each rule finds the one mistake in a small tree in memory: a rule that cannot fail says nothing.
@Suite("each house rule can fail")
struct TidyCanFailTests {
  private func tree(_ path: String, _ text: String, _ more: (String, String)...) -> Tree {
    Tree(files: [Tree.File(path, text: text)] + more.map { Tree.File($0.0, text: $0.1) })
  }

  @Test(
    "an import from a floor above is found, however it is written",
    arguments: [
      "import Workspace", "public import Workspace", "@testable import Workspace",
      "internal import struct Workspace.ClassifyTable", "  import Workspace",
    ])
  func imports(line: String) {
    let found = ImportRule.findings(tree("Sources/Ground/Day.swift", "import Glibc\n\(line)\n"))
    #expect(found.map(\.line) == [2])
  }

  @Test("a room that nobody registered is found")
  func unknownRoom() {
    #expect(ImportRule.findings(tree("Sources/Attic/Box.swift", "\n")).count == 1)
  }

  @Test("each banned word is found", arguments: WordRule.words.map(\.text))
  func words(word: String) {
    let line = "let x = \(word)\n"
    #expect(WordRule.findings(tree("Sources/Duties/X.swift", line)).count == 1)
  }

  @Test("a word inside a longer one, or where it is allowed, is not found")
  func wordsAllowed() {
    let inside = tree("Sources/Duties/X.swift", "let x = finger" + "print(y)\n")
    #expect(WordRule.findings(inside).isEmpty)
    let allowed = tree("Sources/systemic/X.swift", "let now = Date" + "()\n")
    #expect(WordRule.findings(allowed).isEmpty)
  }

  @Test("a long file and a full folder are shown")
  func sizes() {
    let long = String(repeating: "// line\n", count: SizeRule.longestFile + 1)
    #expect(SizeRule.findings(tree("Sources/Ground/X.swift", long)).count == 1)
    let full = Tree(
      files: (0...SizeRule.fullestFolder).map { Tree.File("Sources/A/\($0).swift", text: "\n") })
    #expect(SizeRule.findings(full).map(\.path) == ["Sources/A"])
  }

  @Test("a law file with a wrong key, without a day, or not checked for long is found")
  func law() {
    let path = "Sources/Rulebook/Law/a.yaml"
    #expect(!LawRule.findings(tree(path, "checked: 2026-11-20\nruels: []\n")).isEmpty)
    #expect(!LawRule.findings(tree(path, "rules: []\n")).isEmpty)
    let old = tree(
      path, "checked: 2025-05-19\n", ("Sources/Rulebook/Law/b.yaml", "checked: 2026-11-20\n"))
    #expect(LawRule.findings(old).map(\.path) == [path])
    let recent = tree(
      path, "checked: 2025-05-20\n", ("Sources/Rulebook/Law/b.yaml", "checked: 2026-11-20\n"))
    #expect(LawRule.findings(recent).isEmpty)
  }

  @Test(
    "a code without its form is found",
    arguments: ["attic.box", "ground.NoKebab", "ground.a--b", "ground.", "ground.a.b"])
  func codeForm(code: String) {
    let source = "throw Problem(\n  \"\(code)\", what: \"x\")\n"
    let found = ProblemCodeRule.findings(
      tree("Sources/Ground/X.swift", source, ("docs/problems.md", "| `\(code)` | x |\n")))
    #expect(!found.isEmpty)
  }

  @Test("a code that is not listed, and a listed one that is not thrown, are found")
  func codeList() {
    let source = "throw Problem(\"ground.lost\", what: \"x\")\n"
    let found = ProblemCodeRule.findings(
      tree("Sources/Ground/X.swift", source, ("docs/problems.md", "| `ground.stale` | x |\n")))
    #expect(found.map(\.path) == ["Sources/Ground/X.swift", "docs/problems.md"])
    let good = ProblemCodeRule.findings(
      tree("Sources/Ground/X.swift", source, ("docs/problems.md", "| `ground.lost` | x |\n")))
    #expect(good.isEmpty)
  }

  @Test("a command without page or journey, and a page without command, are found")
  func commands() {
    let source = "CommandConfiguration(commandName: \"weigh\")\n"
    let help = "Tests/JourneyTests/Golden/help/"
    let found = FixtureRule.commands(
      tree("Sources/systemic/X.swift", source, (help + "systemic-gone.txt", "x\n")))
    #expect(found.count == 2)
    let good = FixtureRule.commands(
      tree("Sources/systemic/X.swift", source, (help + "systemic-weigh.txt", "x\n")))
    #expect(good.isEmpty)
  }

  @Test("a log of unknown origin and a large example are found")
  func fixtures() {
    #expect(FixtureRule.logs(tree("examples/logs/a.log", "x\n")).count == 1)
    let large = String(repeating: "x", count: FixtureRule.largestBytes + 1)
    #expect(FixtureRule.logs(tree("examples/a.csv", large)).count == 1)
    let listed = tree(
      "examples/logs/a.log", "x\n", ("Tests/SOURCES.md", "| `examples/logs/a.log` |\n"))
    #expect(FixtureRule.logs(listed).isEmpty)
  }

  @Test(
    "a changelog out of order or out of shape is found",
    arguments: [
      "## 0.1.0 - 2026-11-20\n## 0.2.0 - 2026-11-20\n",
      "## 0.2.0 - 2026-11-20\n## 0.1.0 - 2026-11-21\n",
      "## next\n", "## 0.1 - 2026-11-20\n", "## 0.1.0 - 2026-02-30\n", "nothing\n",
    ])
  func changelog(text: String) {
    #expect(!DocumentRule.changelog(tree("CHANGELOG.md", text)).isEmpty)
  }

  @Test("a room missing from ARCHITECTURE.md, one too many, and a long one are found")
  func architecture() {
    let manifest = (
      "Package.swift", "room(\"Ground\"), .executableTarget(\n  name: \"systemic\")\n"
    )
    let rows = "| 0 | `Ground` | x |\n| 8 | `systemic` | x |\n"
    #expect(DocumentRule.architecture(tree("ARCHITECTURE.md", rows, manifest)).isEmpty)
    let missing = tree("ARCHITECTURE.md", "| 0 | `Ground` | x |\n", manifest)
    #expect(DocumentRule.architecture(missing).count == 1)
    let more = tree("ARCHITECTURE.md", rows + "| 9 | `Attic` | x |\n", manifest)
    #expect(DocumentRule.architecture(more).count == 1)
    let long = tree("ARCHITECTURE.md", rows + String(repeating: "x\n", count: 200), manifest)
    #expect(DocumentRule.architecture(long).count == 1)
  }

  @Test(
    "what is not plain text is found",
    arguments: [
      "no end", "two ends\n\n", "a\ttab\n", "spaces at the end \n", "bell\u{07}\n", "cr\r\n",
      "see /ho" + "me/somebody/x\n",
    ])
  func text(content: String) {
    #expect(TextRule.findings(tree("docs/x.md", content)).count == 1)
  }

  @Test("a name with a space, and text that is not UTF-8, are found")
  func names() {
    #expect(TextRule.findings(tree("docs/a b.md", "x\n")).count == 1)
    #expect(TextRule.findings(Tree(files: [Tree.File("docs/x.md", [0xFF, 0x0A])])).count == 1)
    #expect(TextRule.findings(tree("Makefile", "a:\n\tb\n")).isEmpty)
  }

  @Test("a doc comment with a number and no source is shown")
  func sources() {
    let path = "Sources/Duties/X.swift"
    #expect(SourceRule.findings(tree(path, "/// Within 14 days of it.\nlet x = 1\n")).count == 1)
    #expect(SourceRule.findings(tree(path, "/// The 30% margin.\nlet x = 1\n")).count == 1)
    let good = "/// Within 14 days of it.\n/// Source: Art. 52(1).\nlet x = 1\n"
    #expect(SourceRule.findings(tree(path, good)).isEmpty)
  }

  @Test(
    "a requirement without what shows it, without reason, twice, or missing is found",
    arguments: [
      ("| 1.1.1 | 1 | done | asks this | in this way | ATests.gone |", 2),
      ("| 1.1.1 | 1 | done | asks this | in this way | |", 2),
      ("| 1.1.1 | 1 | done | asks this | in this way | docs/gone.md |", 2),
      ("| 1.1.1 | 1 | not-applicable | asks this | | |", 2),
      ("| 1.1.1 | 1 | open | asks this | for now | ATests.there |", 2),
      ("| 1.1.1 | 1 | maybe | asks this | in this way | |", 2),
      ("| 1.1.1 | 1 | done | asks this | in this way | ATests.there |", 1),
      (
        "| 1.1.1 | 1 | open | asks this | for now | |\n| 1.1.1 | 1 | open | asks this | for now | |",
        2
      ), ("| 1.1.1 | 1 | open | asks this |", 1),
    ])
  func requirements(rows: String, findings: Int) {
    // The count of each level is one finding in each of these small tables.
    let table = tree(
      AsvsRule.path, rows + "\n", ("Tests/RoomTests/ATests.swift", "  func there() {}\n"))
    #expect(AsvsRule.findings(table).count == findings, "\(AsvsRule.findings(table))")
  }
}
