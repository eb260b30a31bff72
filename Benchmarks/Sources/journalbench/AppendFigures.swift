/// What came of appending.
struct AppendFigures {
  let rows: Int
  let rowsPerSecond: Double
  /// Milliseconds that half of the appends took at most.
  let p50: Double
  let p99: Double
  let commits: Int
  let entryBytes: Int
  let contentBytes: Int
  let stateBytes: Int

  var json: String {
    """
    {"rows":\(rows),"rows_per_second":\(rowsPerSecond),"p50_ms":\(p50),"p99_ms":\(p99),\
    "commits":\(commits),"entry_bytes":\(entryBytes),"content_bytes":\(contentBytes),\
    "state_bytes":\(stateBytes)}
    """
  }
}
