import Testing

/// The house rules as tests: each reads the tree, and names file, line and what to do instead.
@Suite("the house rules hold")
struct TidyTests {
  private let tree = Tree.repository

  private func expectNothing(_ found: [Finding]) {
    #expect(found.isEmpty, Comment(rawValue: found.report))
  }

  @Test("the tree is found and has its rooms")
  func tree_isFound() {
    #expect(tree.file("Package.swift") != nil)
    #expect(tree.files(below: "Sources", ending: ".swift").count > 20)
    #expect(tree.files(below: "Sources/Rulebook/Law", ending: ".yaml").count > 100)
  }

  @Test("rooms import only the floors below them")
  func imports() { expectNothing(ImportRule.findings(tree)) }

  @Test("words with a better one here do not stand in the sources")
  func words() { expectNothing(WordRule.findings(tree)) }

  @Test("sizes above what reads well are shown")
  func sizes() { SizeRule.findings(tree).show() }

  @Test("every file of law reads, refers to what exists, and was checked lately")
  func law() { expectNothing(LawRule.findings(tree)) }

  @Test("every problem code has its form and stands in docs/problems.md")
  func problemCodes() { expectNothing(ProblemCodeRule.findings(tree)) }

  @Test("every command has a help page or a journey, every help page a command")
  func commands() { expectNothing(FixtureRule.commands(tree)) }

  @Test("every log among the examples states its origin and is small")
  func fixtures() { expectNothing(FixtureRule.logs(tree)) }

  @Test("the changelog has versions and days, newest first")
  func changelog() { expectNothing(DocumentRule.changelog(tree)) }

  @Test("ARCHITECTURE.md names the rooms of the manifest and is short")
  func architecture() { expectNothing(DocumentRule.architecture(tree)) }

  @Test("files are plain text with plain names and name nobody's machine")
  func text() { expectNothing(TextRule.findings(tree)) }

  @Test("doc comments with a number of the law and no source are shown")
  func sources() { SourceRule.findings(tree).show() }

  @Test("every security requirement is met by what is named, open, or set aside for a reason")
  func requirements() { expectNothing(AsvsRule.findings(tree)) }
}
