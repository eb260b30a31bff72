import Foundation
import Ground
import Store
import Synchronization
import TestSupport
import Testing

/// Copies of a store in use.
struct CopyTests {
  /// What a copy told of its progress.
  private final class Told: Sendable {
    let pages = Mutex<[SQLiteStore.CopyProgress]>([])
  }

  @Test("a copy tells how far it is, ends with all pages, and is one file")
  func progress() async throws {
    try await withStore { store, path in
      let told = Told()
      try await store.copy(to: path + ".copy") { progress in
        told.pages.withLock { $0.append(progress) }
      }
      let steps = told.pages.withLock { $0 }
      #expect(steps.count > 2)
      #expect(steps.map(\.pages) == steps.map(\.pages).sorted())
      #expect(steps.last?.pages == steps.last?.total)
      let copy = try SQLiteStore(path: path + ".copy", access: .readOnly)
      #expect(try await copy.head(.regulatory) == store.head(.regulatory))
      await copy.close()
      let folder = URL(filePath: path).deletingLastPathComponent().path()
      let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(names.filter { $0.contains("copy") } == ["test.store.copy"])
      let mode = try FileManager.default.attributesOfItem(atPath: path + ".copy")
      #expect(mode[.posixPermissions] as? Int == 0o600)
    }
  }

  @Test("a copy that is cancelled leaves nothing behind")
  func cancelled() async throws {
    try await withStore { store, path in
      let told = Told()
      let task = Task {
        try await store.copy(to: path + ".copy") { progress in
          told.pages.withLock { $0.append(progress) }
          withUnsafeCurrentTask { $0?.cancel() }
        }
      }
      let refused = await refusal { try await task.value }
      #expect(refused?.code == "store.cancelled")
      #expect(told.pages.withLock { $0 }.count == 1)
      let folder = URL(filePath: path).deletingLastPathComponent().path()
      let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(!names.contains { $0.contains("copy") })
    }
  }

  @Test("a copy can be opened for writing and goes its own way")
  func goesOn() async throws {
    try await withStore { store, path in
      try await store.copy(to: path + ".copy")
      let copy = try SQLiteStore(path: path + ".copy", access: .writeExisting)
      try await copy.append([StoreSamples.draft(StoreSamples.record(5_000), 1)])
      #expect(try await copy.head(.regulatory).size == 901)
      #expect(try await store.head(.regulatory).size == 900)
      await copy.close()
    }
  }

  /// A store of some hundred pages.
  private func withStore(_ body: (SQLiteStore, String) async throws -> Void) async throws {
    try await withPath { path in
      let store = try SQLiteStore(path: path, access: .write)
      var drafts = StoreSamples.drafts(0..<900)
      for index in drafts.indices { drafts[index].content = [UInt8](repeating: 1, count: 3_000) }
      try await store.append(drafts)
      try await body(store, path)
      await store.close()
    }
  }
}
