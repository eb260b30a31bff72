import Foundation
import Ground
import Store
import TestSupport
import Testing

/// System calls that fail, made to by strace: what the disk refuses is told, and nothing
/// acknowledged is lost.
struct FaultTests {
  /// The calls that fail, and the problem that a caller is told.
  private static let faults: [(call: String, code: String)] = [
    ("fdatasync:error=EIO:when=20", "store.broken"),
    ("fdatasync:error=EIO:when=25+", "store.broken"),
    ("pwrite64:error=EIO:when=300", "store.broken"),
    ("pwrite64:error=ENOSPC:when=200", "store.full"),
    ("pwrite64:error=ENOSPC:when=250+", "store.full"),
    ("pwrite64:error=EDQUOT:when=250+", "store.broken"),
  ]

  @Test(
    "a failing disk is told by its name and keeps what was acknowledged",
    .enabled(if: Program.system("strace") != nil), arguments: faults.map(\.call))
  func fault(_ call: String) async throws {
    let code = try #require(FaultTests.faults.first { $0.call == call }).code
    try await withPath { path in
      let drill = Program.drill("append", path, "400", "4")
      let traced = try #require(
        Program.system(
          "strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=pwrite64,fdatasync", "-e",
          "inject=\(call)", drill.url.path(), "append", path, "400", "4"))
      let lines = try traced.run().output.split(separator: "\n")
      #expect(lines.contains { $0 == code }, "\(lines.suffix(6))")
      let acknowledged = lines.compactMap { $0.hasPrefix("ack ") ? Int($0.dropFirst(4)) : nil }
      let least = try #require(acknowledged.max())
      let check = try Program.drill("check", path, "\(least)").run()
      #expect(check.status == 0, "\(check.output)")
    }
  }

  @Test(
    "after a failure to synchronise nothing more is written until the store is opened again",
    .enabled(if: Program.system("strace") != nil))
  func stays() async throws {
    try await withPath { path in
      let drill = Program.drill("persist", path, "60")
      let traced = try #require(
        Program.system(
          "strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fdatasync", "-e",
          "inject=fdatasync:error=EIO:when=30", drill.url.path(), "persist", path, "60"))
      let lines = try traced.run().output.split(separator: "\n").map(String.init)
      let failed = try #require(lines.firstIndex { $0 == "store.broken" })
      #expect(failed > 5 && failed < 59)
      #expect(lines[failed...].allSatisfy { $0 == "store.broken" })
      #expect(lines[..<failed].allSatisfy { $0.hasPrefix("ack ") })
      #expect(try Program.drill("check", path, "\(failed)").run().status == 0)
      #expect(try Program.drill("append", path, "5").run().status == 0)
    }
  }
}
