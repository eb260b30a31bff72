import Ground

/// Readings of many GPUs over time, added up to energy.
struct GPUTelemetry {
  /// How many GPUs are remembered.
  static let mostGPUs = 200_000
  /// The longest time between two power readings over which power is taken as steady.
  static let longestGapSeconds = 600.0

  private struct GPU {
    var counter: Double?
    var counted = 0.0
    var counterReadings = 0
    var time: Double?
    var power: Double?
    var wattSeconds = 0.0
    var powerSpans = 0
  }

  private var gpus: [UInt64: GPU] = [:]
  private(set) var resets = 0
  private(set) var gaps = 0
  private(set) var backwards = 0
  private(set) var powerWithoutTime = 0
  private(set) var readings = 0

  /// How many GPUs were seen.
  var count: Int { gpus.count }

  /// A GPU that was seen, whatever was read of it.
  mutating func see(_ gpu: UInt64) {
    if gpus[gpu] == nil { gpus[gpu] = GPU() }
  }

  /// Energy in millijoules since the driver was loaded.
  mutating func read(_ id: UInt64, millijoules: Double) {
    readings += 1
    var gpu = gpus[id] ?? GPU()
    if let before = gpu.counter {
      if millijoules < before { resets += 1 }
      gpu.counted += millijoules < before ? millijoules : millijoules - before
    }
    gpu.counter = millijoules
    gpu.counterReadings += 1
    gpus[id] = gpu
  }

  /// Power in watts at a moment, when the moment is known.
  mutating func read(_ id: UInt64, watts: Double, time: Double?) {
    readings += 1
    var gpu = gpus[id] ?? GPU()
    defer { gpus[id] = gpu }
    guard let time else {
      powerWithoutTime += 1
      return
    }
    if let before = gpu.time, let power = gpu.power {
      let span = time - before
      if span < 0 {
        backwards += 1
        return
      }
      if span > GPUTelemetry.longestGapSeconds {
        gaps += 1
      } else if span > 0 {
        gpu.wattSeconds += (power + watts) / 2 * span
        gpu.powerSpans += 1
      }
    }
    gpu.time = time
    gpu.power = watts
  }

  /// Energy over all GPUs, when each was read at least twice, and in words how it was measured.
  var energy: (megawattHours: Double, method: String)? {
    guard !gpus.isEmpty else { return nil }
    if gpus.values.allSatisfy({ $0.counterReadings > 1 }) {
      let sum = ordered.reduce(0) { $0 + $1.counted }
      return sum > 0 ? (sum / 3.6e12, "energy counters") : nil
    }
    guard gaps == 0, backwards == 0, gpus.values.allSatisfy({ $0.powerSpans > 0 }) else {
      return nil
    }
    return (ordered.reduce(0) { $0 + $1.wattSeconds } / 3.6e9, "power over time")
  }

  /// In a fixed order, because sums of fractions depend on it.
  private var ordered: [GPU] { gpus.keys.sorted().compactMap { gpus[$0] } }
}

/// Where the columns of a telemetry table stand.
///
/// Understood are `timestamp` or `time`; `uuid`, `gpu_uuid`, or `gpu`, `gpu_id`, `index` together
/// with `hostname` or `host`; power in watts as `power`, `power_w`, `power.draw`, `power_usage` or
/// `DCGM_FI_DEV_POWER_USAGE`; energy in millijoules as `energy_mj` or
/// `DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION`. A unit in brackets behind a name does not count.
struct TelemetryColumns {
  var time: Int?
  var uuid: Int?
  var index: Int?
  var host: Int?
  var power: Int?
  var energy: Int?

  init(_ header: [String]) {
    for (column, cell) in header.enumerated() {
      let name = LogName.plain(cell.split(separator: "[", maxSplits: 1).first ?? "")
      switch name {
      case "timestamp", "time": time = column
      case "uuid", "gpu_uuid": uuid = column
      case "gpu", "gpu_id", "index": index = column
      case "hostname", "host": host = column
      case "power", "power_w", "power.draw", "power_usage", "dcgm_fi_dev_power_usage":
        power = power ?? column
      case "energy_mj", "dcgm_fi_dev_total_energy_consumption": energy = column
      default: break
      }
    }
  }

  /// Whether a GPU and something measured of it can be read.
  var isUsable: Bool { (uuid != nil || index != nil) && (power != nil || energy != nil) }
}
