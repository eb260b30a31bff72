import Foundation
import Ground
import RuleFile
import TestSupport
import Testing

/// One mistake a file in `Tests/RulebookTests/Refused`; its last line holds what the compiler says first.
///
/// `RECORD=1` writes that line anew.
@Suite("What the reader of rule files refuses")
struct RefusalTests {
  private static let folder = "Tests/RulebookTests/Refused/"
  private static let mark = "# expect: "

  private static func problems(_ text: String, _ name: String) -> [Problem] {
    let file = LawFile.read(text, file: name)
    var check = LawCheck()
    check.add(file)
    return file.problems + (file.problems.isEmpty ? check.problems() : [])
  }

  @Test(
    "A mistake is refused with line, reason and remedy",
    arguments: Repository.files(in: folder, ending: ".yaml"))
  func refused(name: String) throws {
    let path = Self.folder + name
    let text = try Repository.text(path)
    let said = Self.problems(text, name).first?.compilerLine ?? "nothing"
    if isRecording {
      let body = text.split(separator: "\n", omittingEmptySubsequences: false)
        .filter { !$0.hasPrefix(Self.mark) }.joined(separator: "\n")
      try (body + Self.mark + said + "\n").write(
        toFile: Repository.path(path), atomically: true, encoding: .utf8)
      return
    }
    let expected = text.split(separator: "\n").last.map(String.init) ?? ""
    #expect(Self.mark + said == expected)
    #expect(said.contains("error: "), "a mistake that is not found")
  }

  @Test("The same file without a mistake is accepted")
  func accepted() throws {
    let text = try Repository.text(Self.folder + "unknown-key.yaml")
      .replacingOccurrences(of: "    exemtion: none\n", with: "    exemption: none\n")
    #expect(Self.problems(text, "good.yaml").isEmpty)
    #expect(LawFile.read(text, file: "good.yaml").rules.map(\.rule.exemption) == ["none"])
  }

  @Test("A quotation of fifteen words is accepted")
  func fifteenWords() throws {
    let text = try Repository.text(Self.folder + "long-quote.yaml")
      .replacingOccurrences(of: " w16\"", with: "\"")
    #expect(Self.problems(text, "good.yaml").isEmpty)
  }

  @Test("A file above the limit is refused before it is parsed")
  func huge() {
    let text = String(repeating: "# a line of a comment\n", count: RuleNode.largestFile / 20)
    let problem = #expect(throws: Problem.self) { try RuleNode.read(text, file: "huge.yaml") }
    #expect(problem?.code == "rulefile.too-large")
  }

  @Test("An empty text is refused and names the file")
  func empty() {
    let problem = #expect(throws: Problem.self) { try RuleNode.read("", file: "empty.yaml") }
    #expect(problem?.compilerLine.hasPrefix("empty.yaml:1:1: error: ") == true)
  }

  @Test("All mistakes of a file are reported, at most fifty")
  func gathered() {
    let keys = (0..<80).map { "unknown-key-\($0): x\n" }.joined()
    let problems = LawFile.read("checked: 2026-11-20\n" + keys, file: "many.yaml").problems
    #expect(problems.count == Fields.mostProblems)
    #expect(Set(problems.map(\.code)) == ["rulefile.unknown-key"])
  }

  @Test("A rule file that was cut and spoilt is read or refused with a place, never a crash")
  func cuts() throws {
    let base = Array(
      try Repository.text("Sources/Rulebook/Law/ai-act/article-52.yaml").unicodeScalars)
    let noise: [Unicode.Scalar] = [
      "&", "*", "!", ":", "-", "[", "{", "\"", "\n", "\t", "#", "\u{0}", "é",
    ]
    property(cases: 150) { random in
      var scalars = Array(base.prefix(random.int(0...min(3000, base.count))))
      for _ in 0..<random.int(0...4) {
        scalars.insert(random.pick(noise), at: random.int(0...scalars.count))
      }
      let text = String(String.UnicodeScalarView(scalars))
      let problems = LawFile.read(text, file: "cut.yaml").problems
      let isPlaced = problems.allSatisfy { $0.places.first?.file == "cut.yaml" }
      return isPlaced ? nil : "a problem has no place"
    }
  }
}
