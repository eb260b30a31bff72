import Foundation
import Ground
import Store
import TestSupport

/// SQLite in a file, as an engine under the contract.
let sqlite = StoreEngine(
  withEmpty: { body in
    try await withFolder { folder in
      let store = try SQLiteStore(path: folder + "/test.store", access: .write)
      try await body(store)
      await store.close()
    }
  },
  openCopy: { try SQLiteStore(path: $0, access: .readOnly) })

/// Runs a body with the path of a store that is not there yet.
func withPath<Result>(_ body: (String) async throws -> Result) async throws -> Result {
  try await withFolder { try await body($0 + "/test.store") }
}
