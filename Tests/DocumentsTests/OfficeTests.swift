import Foundation
import Ground
import TestSupport
import Testing

@testable import Documents

@Suite("Documents for a word processor and for paper")
struct OfficeTests {
  private static let document = OfficeDocument(
    title: "Fictional-1, a <b>test</b>",
    markdown: """
      # Fictional-1

      Result: **yes**, above 10²⁵ FLOP -- "exactly".

      4. (a) Parameters: not stated.

      <script>alert(1)</script>

      Then ![a picture](/etc/hostname) <b>follows</b>.

      | Figure | Value |
      |--|--|
      | Compute | 3.8 × 10²⁵ FLOP |
      """, moment: Instant(seconds: 1_780_000_000))

  private func text(
    _ program: String, _ arguments: [String], _ file: [UInt8], _ name: String
  ) async throws -> String {
    try await aside { try OfficeTests.wait(program, arguments, file, name) }
  }

  private static func wait(
    _ program: String, _ arguments: [String], _ file: [UInt8], _ name: String
  ) throws -> String {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(file).write(to: folder.appending(path: name))
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/" + program)
    process.arguments = arguments
    process.currentDirectoryURL = folder
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return String(decoding: output, as: UTF8.self)
  }

  @Test("both forms hold the text letter by letter, and nothing that a record smuggled in")
  func content() async throws {
    let docx = try await OfficeTests.document.file(.docx)
    let word = try await text(
      "pandoc", ["--from=docx", "--to=plain", "--columns=200", "a.docx"], docx, "a.docx")
    let pdf = try await OfficeTests.document.file(.pdf)
    let paper = try await text("pdftotext", ["-layout", "a.pdf", "-"], pdf, "a.pdf")
    for shown in [word, paper] {
      #expect(shown.contains("Result: yes, above 10²⁵ FLOP -- \"exactly\"."))
      #expect(shown.contains("(a) Parameters: not stated."))
      #expect(shown.contains("3.8 × 10²⁵ FLOP") && shown.contains("a picture"))
    }
    let names = try await text("unzip", ["-Z1", "a.docx"], docx, "a.docx")
    #expect(!names.contains("media/"))
    let whole = try await text(
      "unzip", ["-p", "a.docx", "word/document.xml", "word/styles.xml"], docx, "a.docx")
    #expect(!whole.contains("<script") && whole.contains("Times New Roman"))
    let facts = try await text("pdfinfo", ["a.pdf"], pdf, "a.pdf")
    #expect(facts.contains("Fictional-1, a <b>test</b>") && facts.contains("A4"))
  }

  @Test("equal documents give equal files", arguments: OfficeDocument.Form.allCases)
  func equal(_ form: OfficeDocument.Form) async throws {
    #expect(try await OfficeTests.document.file(form) == OfficeTests.document.file(form))
  }

  /// Writes a DOCX as pandoc has it, with one change in its styles.
  private static let changing = """
    import base64, io, subprocess, sys, zipfile
    given = subprocess.run(["pandoc", "--print-default-data-file", "reference.docx"], capture_output=True).stdout
    source, out = zipfile.ZipFile(io.BytesIO(given)), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            text = source.read(name)
            if name == "word/styles.xml":
                head, rest = text.split(b"?>", 1)
                if sys.argv[1] == "entity":
                    head += b'?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]'
                    rest = rest.replace(b'w:val="Title"', b'w:val="&e;"', 1)
                if sys.argv[1] == "unfolding":
                    rest = rest.replace(b"</w:styles>", b"<!--" + b"A" * 80_000_000 + b"--></w:styles>")
                text = head + b"?>" + rest
            archive.writestr(name, text)
    sys.stdout.buffer.write(base64.b64encode(out.getvalue()))
    """

  @Test(
    "own styles are taken over; those that read other files or unfold without end are refused",
    arguments: ["none", "entity", "unfolding"])
  func ownStyles(_ change: String) async throws {
    let made = try await text("python3", ["-c", OfficeTests.changing, change], [], "none")
    let styles = Array(try #require(Data(base64Encoded: made)))
    try #require(!styles.isEmpty && styles.count < 700 << 10)
    let document = OfficeDocument(
      title: "Fictional-1", markdown: "# Fictional-1\n", moment: Instant(seconds: 1_780_000_000),
      styles: styles)
    guard change != "none" else {
      #expect(try await document.file(.docx).starts(with: [0x50, 0x4B]))
      return
    }
    let problem = await #expect(throws: Problem.self) { try await document.file(.docx) }
    #expect(problem?.code == "documents.not-made")
    #expect(problem?.mend.contains("template") == true)
  }

  @Test("the checksum of an archive is that of the standard")
  func checksum() {
    #expect(StoredZip.checksum(Array("123456789".utf8)) == 0xCBF4_3926)
  }
}
