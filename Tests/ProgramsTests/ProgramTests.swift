import Ground
import Programs
import Testing

@Suite("Other programs")
struct ProgramTests {
  @Test("a program reads what it is given, in a folder of its own, and its end is told")
  func running() async throws {
    let shell = try #require(OtherProgram.named("sh"))
    let outcome = try await shell.run(
      ["-c", "cat; cat extra > made; echo bad >&2; echo $SECRET$HOME | wc -l; exit 3"],
      files: [("extra", Array("more".utf8))], input: Array("given ".utf8), output: "made")
    #expect(outcome.status == 3 && outcome.complaints == "bad\n")
    #expect(String(decoding: outcome.output, as: UTF8.self) == "more")
    let plain = try await shell.run(["-c", "cat"], input: Array("given".utf8))
    #expect(String(decoding: plain.output, as: UTF8.self) == "given")
  }

  @Test("a program that does not end is ended")
  func late() async throws {
    let shell = try #require(OtherProgram.named("sh"))
    await #expect(throws: Problem("programs.too-slow", what: "")) {
      try await shell.run(["-c", "exec tail -f /dev/null"], seconds: 1)
    }
    #expect(OtherProgram.named("no-such-program") == nil)
    await #expect(throws: Problem("programs.failed", what: "")) {
      try await OtherProgram(path: "/no/such/program").run([])
    }
  }
}
