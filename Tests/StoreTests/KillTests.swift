import Foundation
import Glibc
import Ground
import Store
import TestSupport
import Testing

/// A process that is killed at any moment loses nothing that it acknowledged.
struct KillTests {
  @Test("killed between any two acknowledgements, all that were given are kept", arguments: 0..<6)
  func killed(_ round: Int) async throws {
    try await withPath { path in
      var random = SplitMix64(seed: UInt64(round))
      var least = 0
      for _ in 0..<4 {
        let callers = random.pick([1, 3, 16, 64])
        let (process, _, output) = try Program.drill("append", path, "100000", "\(callers)").start()
        let stop = least + random.int(1...200)
        let before = output.lines { $0 == "ack \(stop)" }
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        let lines = before + output.lines { _ in false }
        least = try #require(lines.compactMap(acknowledged).max(), "\(lines)")
        #expect(least >= stop)
        let store = try SQLiteStore(path: path, access: .write)
        let entries = try await store.allEntries(.regulatory)
        #expect(entries.count >= least)
        #expect(entries.map(\.index) == Array(0..<entries.count))
        let edge = NaiveTree(entries: entries.map(\.entry)).edge()
        #expect(try await store.head(.regulatory) == StoredHead(size: entries.count, edge: edge))
        least = entries.count
        await store.close()
        let check = try Program.drill("check", path, "\(least)").run()
        #expect(check.status == 0 && check.output.hasPrefix("ok \(least) "), "\(check.output)")
      }
    }
  }

  @Test("killed while it erases, an erasure that was acknowledged stays")
  func killedErasing() async throws {
    try await withPath { path in
      let (process, _, output) = try Program.drill("erase", path, "100000").start()
      #expect(output.lines { $0 == "erased 40" }.contains("erased 40"))
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      let store = try SQLiteStore(path: path, access: .write)
      for entry in try await store.allEntries(.regulatory).prefix(41) {
        let isErased = entry.index.isMultiple(of: 2)
        #expect((entry.content == nil) == isErased)
        #expect((try await store.record(entry.record)?.key == nil) == isErased)
      }
      await store.close()
    }
  }

  private func acknowledged(_ line: String) -> Int? {
    line.hasPrefix("ack ") ? Int(line.dropFirst(4)) : nil
  }
}
