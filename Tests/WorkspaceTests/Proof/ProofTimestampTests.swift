import Duties
import Foundation
import GRDB
import Ground
import Journal
import Sealing
import Store
import Testing

@testable import Workspace

/// A timestamp authority made with OpenSSL, for the tests alone.
@Suite(
  "timestamps of an outside authority",
  .enabled(if: FileManager.default.fileExists(atPath: "/usr/bin/openssl")))
struct ProofTimestampTests {
  private let folder = FileManager.default.temporaryDirectory
    .appending(path: "authority-" + UUID().uuidString).path()

  private func openssl(_ arguments: String...) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/openssl")
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: folder)
    process.standardError = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "openssl \(arguments.joined(separator: " "))")
  }

  private func makeAuthority() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let configuration = """
      [tsa]
      serial = serial
      crypto_device = builtin
      signer_digest = sha256
      default_policy = 1.2.3.4.1
      digests = sha256
      accuracy = secs:1
      ess_cert_id_alg = sha256
      [stamping]
      extendedKeyUsage = critical,timeStamping
      """
    try configuration.write(toFile: folder + "/tsa.cnf", atomically: true, encoding: .utf8)
    try "01".write(toFile: folder + "/serial", atomically: true, encoding: .utf8)
    for name in ["ca", "other"] {
      try openssl(
        "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", name + ".key", "-out",
        name + ".pem",
        "-days", "30", "-subj", "/CN=Fictional root")
    }
    try openssl(
      "req", "-newkey", "rsa:2048", "-nodes", "-keyout", "tsa.key", "-out", "tsa.csr", "-subj",
      "/CN=Fictional timestamps")
    try openssl(
      "x509", "-req", "-in", "tsa.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
      "-out", "tsa.pem", "-days", "20", "-extfile", "tsa.cnf", "-extensions", "stamping")
  }

  private func reply() throws {
    try openssl(
      "ts", "-reply", "-config", "tsa.cnf", "-section", "tsa", "-queryfile", "q.tsq", "-inkey",
      "tsa.key", "-signer", "tsa.pem", "-out", "r.tsr")
  }

  @Test("one is asked for, kept, and checked against the authority and the entries as they are")
  func kept() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try makeAuthority()
    let fixture = try await ProofFixture.filled()
    let query = try await fixture.open { try await TimestampCheckpoint($0).query(.regulatory) }
    let note = try query.write(to: folder + "/q.tsq")
    try reply()
    try openssl(
      "ts", "-verify", "-data", note, "-in", "r.tsr", "-CAfile", "ca.pem", "-untrusted", "tsa.pem")
    let added = try await fixture.open { workspace in
      _ = try await TimestampCheckpoint(workspace).add(ByteSource(path: folder + "/r.tsr"))
      return try await TimestampCheckpoint(workspace).add(ByteSource(path: folder + "/r.tsr"))
    }
    #expect(added.log == .regulatory)
    #expect(added.size == 7)
    let roots = try String(contentsOfFile: folder + "/ca.pem", encoding: .utf8)
    let checked = try await fixture.open(.readOnly) {
      try await TimestampCheckpoint($0).check(authorities: roots)
    }
    #expect(checked.count == 1)
    #expect(checked.first?.timestamp?.time == added.time)
    let others = try String(contentsOfFile: folder + "/other.pem", encoding: .utf8)
    let untrusted = try await fixture.open(.readOnly) {
      try await TimestampCheckpoint($0).check(authorities: others)
    }
    #expect(untrusted.first?.problem?.code == "sealing.timestamp-untrusted")
    let report = try await fixture.report()
    #expect(report.findings == [])
    #expect(report.notProven.contains { $0.contains("1 timestamp") })
  }

  @Test("a reply over something else is not kept")
  func ofNothing() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try makeAuthority()
    let fixture = try await ProofFixture.filled()
    try Data([1]).write(to: URL(filePath: folder + "/other"))
    try openssl("ts", "-query", "-data", "other", "-sha256", "-cert", "-out", "q.tsq")
    try reply()
    await #expect(throws: Problem("workspace.timestamp-of-nothing", what: "")) {
      try await fixture.open {
        _ = try await TimestampCheckpoint($0).add(ByteSource(path: folder + "/r.tsr"))
      }
    }
  }

  @Test("a timestamp of a history that was rewritten fails")
  func rewritten() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try makeAuthority()
    let fixture = try await ProofFixture.filled()
    let query = try await fixture.open { try await TimestampCheckpoint($0).query(.regulatory) }
    _ = try query.write(to: folder + "/q.tsq")
    try reply()
    try await fixture.open {
      _ = try await TimestampCheckpoint($0).add(ByteSource(path: folder + "/r.tsr"))
    }
    try fixture.tamper { db in
      try db.execute(sql: "UPDATE regulatory SET leaf = zeroblob(32) WHERE seq = 2")
    }
    let roots = try String(contentsOfFile: folder + "/ca.pem", encoding: .utf8)
    let checked = try await fixture.open(.audit) {
      try await TimestampCheckpoint($0).check(authorities: roots)
    }
    #expect(checked.first?.problem?.code == "workspace.inconsistent-journal")
  }
}
