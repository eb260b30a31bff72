import Duties
import Foundation
import Ground
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Sealing
import Testing
import Workspace

@testable import Server

@Suite("Files sent with a form")
struct UploadTests {
  private static let boundary = "----FictionalBoundary7MA4YWxkTrZu0gW"

  private static func body(
    _ values: [(String, String)], file: (name: String, content: String)?
  ) -> String {
    var text = ""
    for (name, value) in values {
      text +=
        "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
    }
    if let file {
      text +=
        "--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(file.name)\"\r\n"
        + "Content-Type: text/plain\r\n\r\n\(file.content)\r\n"
    }
    return text + "--\(boundary)--\r\n"
  }

  private static let log = "step,tokens,flop\n1,1000000,6e20\n2,2000000,1.2e21\n"

  private func read(_ text: String, pieces: Int) throws -> (MultipartReader, [UInt8]) {
    var reader = try #require(
      MultipartReader(contentType: "multipart/form-data; boundary=" + Self.boundary))
    var kept: [UInt8] = []
    let bytes = Array(text.utf8)
    for start in stride(from: 0, to: bytes.count, by: pieces) {
      try reader.read(bytes[start..<min(start + pieces, bytes.count)]) { kept += $0 }
    }
    return (reader, kept)
  }

  @Test("a form with a file reads alike in pieces of any size", arguments: [1, 2, 7, 64, 100_000])
  func pieces(_ size: Int) throws {
    let content = "a\r\n--\(Self.boundary.dropLast())\r\n\r\nb\r\n"
    let text = Self.body([("name", "pré"), ("empty", "")], file: ("..\\x/run.log", content))
    let (reader, kept) = try read(text, pieces: size)
    #expect(reader.isComplete)
    #expect(reader.pairs.map(\.0) == ["name", "empty"] && reader.pairs.map(\.1) == ["pré", ""])
    #expect(reader.files.map(\.name) == ["run.log"])
    #expect(String(decoding: kept, as: UTF8.self) == content)
  }

  @Test("what is cut off is not complete, at whichever byte")
  func cutOff() throws {
    let text = Self.body([("name", "x")], file: ("a.log", "abc"))
    for count in stride(from: 0, to: text.utf8.count - 4, by: 3) {
      let part = String(decoding: Array(text.utf8)[..<count], as: UTF8.self)
      #expect(try read(part, pieces: 11).0.isComplete == false, "\(count)")
    }
  }

  @Test("another type of content is no form with a file")
  func types() {
    for type in ["", "text/plain", "multipart/form-data", "multipart/form-data; boundary="] {
      #expect(MultipartReader(contentType: type) == nil, "\(type)")
    }
  }

  @Test("no plain byte of what is sent reaches the disk, whole or in part")
  func sealed() async throws {
    let fixture = try await DeskFixture()
    let folder = fixture.workspace.folder
    let marker = "PLAIN-MARKER-5d1f"
    let content = (0..<20_000).map { "\(marker) \($0)\n" }.joined()
    let writer = try ScratchWriter(in: folder)
    for start in stride(from: 0, to: content.utf8.count, by: 10_007) {
      try writer.write(Array(content.utf8.dropFirst(start).prefix(10_007)))
    }
    #expect(try Self.held(folder.path).contains { $0.count > 300_000 }, "the file is looked at")
    #expect(try Self.held(folder.path).allSatisfy { !$0.contains(marker) })
    let scratch = try writer.finish()
    #expect(try Self.held(folder.path).allSatisfy { !$0.contains(marker) })
    #expect(scratch.count == content.utf8.count)
    for _ in 0..<2 {
      let lines = ByteLines(try scratch.source("a.log").stream())
      var read = 0
      while let line = try lines.next() {
        #expect(String(decoding: line, as: UTF8.self) == "\(marker) \(read)")
        read += 1
      }
      #expect(read == 20_000)
    }
    #expect(try FileDigest.of(scratch.source("a")) == Digest(of: content.utf8).hex)
  }

  @Test(
    "what arrived reads as it was sent, at every length around the size of a chunk",
    arguments: [
      0, 1, 65_535, 65_536, 65_537, 131_071, 131_072, 131_073,
    ])
  func lengths(_ count: Int) async throws {
    let fixture = try await DeskFixture()
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let writer = try ScratchWriter(in: fixture.workspace.folder)
    try writer.write(bytes)
    let source = try writer.finish().source("x")
    #expect(try FileDigest.of(source) == Digest(of: bytes).hex)
  }

  /// What the files of this process below a folder hold that have no name any more.
  private static func held(_ folder: String) throws -> [String] {
    let open = "/proc/self/fd"
    return try FileManager.default.contentsOfDirectory(atPath: open).compactMap { name in
      let place = try? FileManager.default.destinationOfSymbolicLink(atPath: open + "/" + name)
      guard let place, place.hasPrefix(folder + "/.incoming"),
        let data = FileManager.default.contents(atPath: open + "/" + name)
      else { return nil }
      return String(decoding: data, as: UTF8.self)
    }
  }

  @Test("a training log becomes a line of the ledger, and evidence where that is wanted")
  func ledger() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    let model = try await fixture.model("Fictional-1")
    let path = "/models/\(model.id.key)/logs"
    try await fixture.asking { browser in
      let jane = try await fixture.signedIn("jane", browser)
      let values = [("name", "pretraining"), ("activity", "pre-training"), ("keep", "yes")]
      let sent = try await jane.upload(
        path, Self.body(values + [("key", jane.key)], file: ("steps.csv", Self.log)),
        Self.boundary)
      #expect(sent.status.code == 303, "\(sent.text)")
      let run = try #require(try await fixture.workspace.states(.trainingRun).first)
      #expect(run.title == "pretraining" && run.text("log_kind") == "csv")
      let evidence = try #require(try await fixture.workspace.states(.evidence).first)
      #expect(evidence.text("file") == "steps.csv")
      #expect(run.text("evidence") == evidence.id.text)
    }
  }

  @Test("a log that nobody can read is refused by its own name, and strangers send nothing")
  func refused() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    let model = try await fixture.model("Fictional-1")
    let path = "/models/\(model.id.key)/logs"
    try await fixture.asking { browser in
      let jane = try await fixture.signedIn("jane", browser)
      let odd = try await jane.upload(
        path,
        Self.body(
          [("name", "a"), ("activity", "evaluation"), ("key", jane.key)],
          file: ("odd.log", "nothing\n")),
        Self.boundary)
      #expect(odd.status.code == 422)
      #expect(odd.text.contains("odd.log") && !odd.text.contains("/proc/"))
      let forged = try await jane.upload(
        path, Self.body([("name", "a"), ("key", "0")], file: ("a.csv", Self.log)), Self.boundary)
      #expect(forged.status.code == 403)
      let stranger = try await browser.upload(
        path, Self.body([("name", "a")], file: ("a.csv", Self.log)), Self.boundary)
      #expect(stranger.status.code == 401)
      #expect(try await fixture.workspace.states(.trainingRun).isEmpty)
    }
  }
}

extension Browser {
  /// The key of the forms of this session.
  var key: String {
    cookie.map { SessionCookie.formKey(String($0.drop { $0 != "=" }.dropFirst())) } ?? ""
  }

  /// Sends a form with a file.
  func upload(_ path: String, _ body: String, _ boundary: String) async throws -> TestResponse {
    var fields = HTTPFields()
    if let cookie { fields[.cookie] = cookie }
    fields[.contentType] = "multipart/form-data; boundary=" + boundary
    return try await client.execute(
      uri: path, method: .post, headers: fields, body: ByteBuffer(string: body)
    ) { $0 }
  }
}
