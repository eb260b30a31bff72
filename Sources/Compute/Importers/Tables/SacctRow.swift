import Ground

/// Where the columns of an `sacct --parsable2` table stand, in any order.
struct SacctColumns {
  var jobID: Int?
  var elapsed: Int?
  var elapsedRaw: Int?
  var state: Int?
  var allocTRES: Int?
  var reqTRES: Int?
  var allocGRES: Int?
  var nodes: Int?
  var energy: Int?

  /// Nil when the header has no job or no elapsed time.
  init?(_ header: CSVFields) {
    var raw: Int?
    for index in 0..<header.count {
      switch LogName.plain(header.text(index)) {
      case "jobid": jobID = index
      case "jobidraw": raw = index
      case "elapsed": elapsed = index
      case "elapsedraw": elapsedRaw = index
      case "state": state = index
      case "alloctres": allocTRES = index
      case "reqtres": reqTRES = index
      case "allocgres": allocGRES = index
      case "nnodes", "allocnodes": nodes = index
      case "consumedenergyraw": energy = index
      default: break
      }
    }
    jobID = jobID ?? raw
    guard jobID != nil, elapsed != nil || elapsedRaw != nil else { return nil }
  }

  /// Whether a row has the fields of the header.
  ///
  /// `--parsable` (without 2) ends rows with one more delimiter; a row may lack columns at the end,
  /// but the last one it has must not be one that counts, because it may be cut off.
  func fit(_ row: CSVFields, _ width: Int) -> Bool {
    if row.count == width || row.count == width + 1 { return true }
    let needed = [jobID, elapsed, elapsedRaw].compactMap { $0 }.max() ?? 0
    let counting = [state, allocTRES, reqTRES, allocGRES, nodes, energy]
    return row.count < width && row.count - 1 > needed && !counting.contains(row.count - 1)
  }
}

/// One row of the table as far as it counts.
struct SacctRow {
  /// The number of GPUs and where it was found.
  enum GPUs: Equatable { case allocated(Int), requested(Int), none }

  let seconds: Double
  let gpus: GPUs
  /// Whether the row lists resources of any kind.
  let listsResources: Bool
  let joules: Double?
  let state: State
  let isAmbiguousGRES: Bool

  enum State { case completed, running, other }

  /// Nil when the row has no readable elapsed time.
  init?(_ row: CSVFields, _ columns: SacctColumns) {
    if let index = columns.elapsedRaw, case .number(let number) = LogNumber.read(row[index]),
      let amount = number.amount, amount < 1e11
    {
      seconds = amount
    } else if let index = columns.elapsed, let amount = LogTime.slurm(row[index]) {
      seconds = amount
    } else {
      return nil
    }
    let allocated = columns.allocTRES.flatMap { SacctRow.gpus(row[$0]) }
    let generic = columns.allocGRES.flatMap { SacctRow.gpus(row[$0]) }
    let requested = columns.reqTRES.flatMap { SacctRow.gpus(row[$0]) }
    gpus =
      (allocated ?? generic).map { .allocated($0) } ?? requested.map { .requested($0) } ?? .none
    isAmbiguousGRES =
      allocated == nil && generic != nil
      && (columns.nodes.flatMap { LogNumber.prefix(row[$0])?.0.count } ?? 1) > 1
    listsResources = columns.allocTRES.map { !row[$0].isEmpty } ?? false
    joules = columns.energy.flatMap { SacctRow.joules(row[$0]) }
    state = columns.state.map { SacctRow.state(row[$0]) } ?? .completed
  }

  /// Slurm writes 2^64 − 2 (NO_VAL64), 2^64 − 1 (INFINITE64) and their 32-bit likes for "unknown",
  /// and 0 when energy is not gathered.
  ///
  /// Source: Slurm, slurm.h; sacct manual, "ConsumedEnergyRaw" (joules).
  private static func joules(_ cell: UnsafeRawBufferPointer) -> Double? {
    guard case .number(let number) = LogNumber.read(cell), let whole = number.whole else {
      return nil
    }
    let isUnknown =
      whole == 0 || whole >= 1 << 63 || whole == 0xFFFF_FFFE || whole == 0xFFFF_FFFF
    return isUnknown ? nil : Double(whole)
  }

  private static func state(_ cell: UnsafeRawBufferPointer) -> State {
    if cell.isEmpty || cell.has("COMPLETED") || cell.has("COMPLETING") { return .completed }
    return cell.has("RUNNING") || cell.has("PENDING") || cell.has("SUSPENDED") ? .running : .other
  }

  /// GPUs in a list such as `cpu=8,gres/gpu=8,gres/gpu:a100=8` or `gpu:a100:4`; typed entries are
  /// added only when the untyped sum is not there.
  static func gpus(_ cell: UnsafeRawBufferPointer) -> Int? {
    var untyped: Int?
    var typed: Int?
    var start = 0
    while start < cell.count {
      let stop = cell.offset(of: 0x2C, from: start) ?? cell.count
      let entry = LogBytes.trimmed(UnsafeRawBufferPointer(rebasing: cell[start..<stop]))
      start = stop + 1
      var rest = entry
      if rest.has("gres/") || rest.has("gres:") { rest = LogBytes.rest(rest, from: 5) }
      guard rest.has("gpu"), rest.count > 4, rest[3] == 0x3D || rest[3] == 0x3A else { continue }
      let isPlain = rest[3] == 0x3D || rest[4] &- 0x30 < 10
      let mark: UInt8 = entry.offset(of: 0x3D) == nil ? 0x3A : 0x3D
      var value = LogBytes.rest(rest, from: 4)
      if !isPlain {
        guard let found = value.offset(of: mark) else { continue }
        value = LogBytes.rest(value, from: found + 1)
      }
      guard let (number, _) = LogNumber.prefix(value), let count = number.count, count < 10_000_000
      else { continue }
      if isPlain { untyped = count } else { typed = (typed ?? 0) + count }
    }
    return untyped ?? typed
  }
}
