public import Ground
public import Testing

/// An engine that is put to the contract of `RecordStore`.
public struct StoreEngine: Sendable {
  /// Gives an empty store to a body, and clears away what it left.
  public let withEmpty:
    @Sendable (_ body: @Sendable (any RecordStore) async throws -> Void) async throws -> Void
  /// Opens what `copy(to:)` wrote, for reading.
  public let openCopy: @Sendable (_ path: String) async throws -> any RecordStore

  public init(
    withEmpty:
      @escaping @Sendable (
        _ body: @Sendable (any RecordStore) async throws -> Void
      ) async throws -> Void,
    openCopy: @escaping @Sendable (_ path: String) async throws -> any RecordStore
  ) {
    self.withEmpty = withEmpty
    self.openCopy = openCopy
  }
}

/// What every engine promises, one statement at a time; a test target gives its engine to each.
public enum StoreContract {
  /// A statement and how it is tried.
  public struct Clause: Sendable, CustomTestStringConvertible {
    public let testDescription: String
    let check: @Sendable (StoreEngine) async throws -> Void

    /// A statement about one store.
    init(_ statement: String, _ check: @escaping @Sendable (any RecordStore) async throws -> Void) {
      testDescription = statement
      self.check = { try await $0.withEmpty(check) }
    }

    /// A statement about a store and its copies.
    init(
      _ statement: String,
      copying check: @escaping @Sendable (any RecordStore, StoreEngine) async throws -> Void
    ) {
      testDescription = statement
      self.check = { engine in try await engine.withEmpty { try await check($0, engine) } }
    }

    /// Tries the statement on an engine.
    public func tried(on engine: StoreEngine) async throws { try await check(engine) }
  }

  /// All statements.
  public static let clauses =
    appending + remarks + versions + requests + limits + reading + records + tailing + trees
    + erasing
    + keys + checkpoints + copies + closing
}

/// The problem that a body throws; nil when it throws none.
public func refusal<Value>(of body: () async throws -> Value) async -> Problem? {
  do {
    _ = try await body()
    return nil
  } catch {
    return error as? Problem ?? Problem("test.other-error", what: "\(error)")
  }
}
