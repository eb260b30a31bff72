import Foundation
import Ground
import Synchronization
import Testing
import Workspace

@testable import Server

@Suite("The server's own TLS")
struct CertificateTests {
  private func run(_ arguments: [String]) throws -> (status: Int32, text: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/openssl")
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }

  private func server(_ fixture: DeskFixture, chain: String, key: String) throws -> DeskServer {
    let configuration = try Configuration(
      file: nil,
      environment: [
        "SYSTEMIC_LISTEN": "127.0.0.1:0", "SYSTEMIC_TLS_CERTIFICATE": chain,
        "SYSTEMIC_TLS_KEY": key,
      ])
    return DeskServer(
      fixture.workspace, try #require(try Entrance(configuration)), configuration)
  }

  @Test("takes TLS 1.2 and 1.3 and nothing older, and suites with forward secrecy only")
  func versions() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "tls-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (chain, key) = (folder.path() + "/chain.pem", folder.path() + "/key.pem")
    let made = try run([
      "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-days", "2",
      "-keyout", key, "-out", chain,
    ])
    #expect(made.status == 0, "\(made.text)")
    let fixture = try await DeskFixture()
    let server = try server(fixture, chain: chain, key: key)
    let (ports, found) = AsyncStream<Int>.makeStream()
    let task = Task { try await server.run { found.yield($0) } }
    var iterator = ports.makeAsyncIterator()
    let port = try #require(await iterator.next())
    func connect(_ more: [String]) throws -> (status: Int32, text: String) {
      // The client itself would refuse old versions: it is told not to.
      try run(
        ["s_client", "-connect", "127.0.0.1:\(port)", "-cipher", "ALL:@SECLEVEL=0"] + more)
    }
    for version in ["-tls1_2", "-tls1_3"] {
      let answer = try connect([version])
      #expect(answer.status == 0 && answer.text.contains("BEGIN CERTIFICATE"), "\(version)")
    }
    for version in ["-tls1", "-tls1_1"] {
      #expect(try connect([version]).status != 0, "\(version)")
    }
    let weak = try run([
      "s_client", "-connect", "127.0.0.1:\(port)", "-tls1_2", "-cipher",
      "AES128-SHA:AES256-GCM-SHA384",
    ])
    #expect(weak.status != 0, "without forward secrecy")
    // It ends in order, also with connections that never became one.
    task.cancel()
    try await task.value
  }

  @Test("a certificate that cannot be read is said before anybody connects")
  func missing() async throws {
    let fixture = try await DeskFixture()
    let server = try server(fixture, chain: "/nowhere/chain.pem", key: "/nowhere/key.pem")
    await #expect(throws: Problem.self) { try await server.run { _ in } }
  }
}
