internal import GRDB
public import Ground

extension SQLiteStore {
  /// Most faults that are told.
  static let mostFaults = 100

  /// What is in the tables that this program did not write, as far as the other calls do not show it.
  ///
  /// Reads every table once, in one snapshot.
  public func faults() async throws(Problem) -> [StoreFault] {
    try await reading { db in
      var faults = try FaultSearch.pages(db)
      faults += try FaultSearch.schema(db)
      for search in FaultSearch.shared { faults += try search.run(db) }
      for tables in LogTables.all {
        for search in FaultSearch.all(of: tables) { faults += try search.run(db) }
      }
      return Array(faults.prefix(SQLiteStore.mostFaults))
    }
  }
}
