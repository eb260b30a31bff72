import Ground
import Store
import TestSupport
import Testing

/// What every engine promises, tried on SQLite.
struct ContractTests {
  @Test("a store in SQLite keeps the contract", arguments: StoreContract.clauses)
  func contract(_ clause: StoreContract.Clause) async throws {
    try await clause.tried(on: sqlite)
  }

  @Test(
    "a store in SQLite answers random commands as a simple model does",
    arguments: StoreMachine.seeds(12))
  func machine(seed: UInt64) async throws {
    try await withPath { path in
      var machine = StoreMachine(seed: seed, store: try SQLiteStore(path: path, access: .write)) {
        await $0.close()
        return try SQLiteStore(path: path, access: .write)
      }
      try await machine.run(commands: 150).close()
    }
  }
}
