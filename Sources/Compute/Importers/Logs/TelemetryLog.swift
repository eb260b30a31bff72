import Ground

/// Reads telemetry of GPUs: Prometheus text of the DCGM exporter, one scrape or many, or CSV
/// (`TelemetryColumns`).
///
/// Read are `DCGM_FI_DEV_POWER_USAGE` (W) and `DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION` (mJ since the
/// driver was loaded), with the labels `UUID`, or `gpu` and `Hostname`, and the optional timestamp in
/// milliseconds. Activity (`DCGM_FI_PROF_…`) is noticed and never taken for utilisation.
/// Source: Prometheus text exposition format 0.0.4; DCGM, dcgm_fields.h and dcgm_structs.h.
struct TelemetryLog {
  private var telemetry = GPUTelemetry()
  private var hasActivity = false

  /// Reads all readings and puts what they tell into the run.
  ///
  /// - Throws: `compute.import-wrong-kind`, `compute.import-too-many`, `ground.file-unreadable`.
  static func read(_ lines: ByteLines, into run: inout ImportedRun) throws(Problem) {
    let head = try lines.peek()
    let stop = head.offset(of: 0x0A) ?? head.count
    let first = UnsafeRawBufferPointer(rebasing: head[..<stop])
    var log = TelemetryLog()
    if !first.has("#"), first.offset(of: 0x7B) == nil, first.offset(of: 0x2C) != nil {
      try log.readTable(lines, into: &run)
    } else {
      while let line = try lines.next() {
        log.addSample(line, lines.line, into: &run)
        if log.telemetry.count > GPUTelemetry.mostGPUs {
          throw .importTooMany(run.file, "GPUs", limit: GPUTelemetry.mostGPUs)
        }
      }
    }
    guard log.telemetry.count > 0 || run.problemCount > 0 else {
      throw .importWrongKind(
        run.file, .dcgm,
        understood: "DCGM_FI_DEV_…{UUID=\"…\"} lines, or a table with gpu and power")
    }
    log.conclude(&run)
  }

  /// `NAME{labels} value [timestamp]`.
  private mutating func addSample(
    _ bytes: UnsafeRawBufferPointer, _ number: Int, into run: inout ImportedRun
  ) {
    let line = LogBytes.trimmed(bytes)
    guard line.has("DCGM_FI_") else { return }
    guard let open = line.offset(of: 0x7B), let close = TelemetryLog.end(ofLabels: line, open)
    else {
      return run.badRow(number, "\(LogBytes.excerpt(line)) has no labels or is cut off")
    }
    let name = LogBytes.trimmed(UnsafeRawBufferPointer(rebasing: line[..<open]))
    let labels = UnsafeRawBufferPointer(rebasing: line[(open + 1)..<close])
    guard let gpu = TelemetryLog.identity(labels) else {
      return run.badRow(number, "the sample has neither UUID nor gpu")
    }
    let text = LogBytes.rest(line, from: close + 1)
    let space = text.offset(of: 0x20) ?? text.count
    let value = LogNumber.read(UnsafeRawBufferPointer(rebasing: text[..<space]))
    let time = LogBytes.rest(text, from: space)
    telemetry.see(gpu)
    var milliseconds: Double?
    if !time.isEmpty {
      guard case .number(let stamp) = LogNumber.read(time), let amount = stamp.amount else {
        return run.badRow(number, "the timestamp \(LogBytes.excerpt(time)) is no number")
      }
      milliseconds = amount
    }
    if name.has("DCGM_FI_PROF_") || name.has("DCGM_FI_DEV_GPU_UTIL") { hasActivity = true }
    switch value {
    case .malformed, .blank:
      run.badRow(number, "the value \(LogBytes.excerpt(text)) is no number")
    case .notFinite: break
    case .number(let reading):
      guard !TelemetryLog.isBlank(reading) else { return }
      take(name, gpu, reading, milliseconds.map { $0 / 1000 }, number, into: &run)
    }
  }

  private mutating func take(
    _ name: UnsafeRawBufferPointer, _ gpu: UInt64, _ reading: LogNumber, _ time: Double?,
    _ line: Int, into run: inout ImportedRun
  ) {
    let isPower = name.count == 23 && name.has("DCGM_FI_DEV_POWER_USAGE")
    let isEnergy = name.count == 36 && name.has("DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION")
    guard isPower || isEnergy else { return }
    guard let amount = reading.amount else {
      return run.badRow(line, "a reading is negative or not finite")
    }
    if isPower {
      telemetry.read(gpu, watts: amount, time: time)
    } else {
      telemetry.read(gpu, millijoules: amount)
    }
  }

  private mutating func readTable(_ lines: ByteLines, into run: inout ImportedRun) throws(Problem) {
    let records = CSVRecords(lines)
    guard let header = try records.nextFields() else { return }
    let columns = TelemetryColumns((0..<header.count).map(header.text))
    guard columns.isUsable else { return }
    while let row = try TableLog.nextRow(records, &run) {
      addRow(row, columns, into: &run)
      if telemetry.count > GPUTelemetry.mostGPUs {
        throw .importTooMany(run.file, "GPUs", limit: GPUTelemetry.mostGPUs)
      }
    }
  }

  private mutating func addRow(
    _ row: CSVFields, _ columns: TelemetryColumns, into run: inout ImportedRun
  ) {
    var id: UInt64
    if let uuid = columns.uuid {
      id = LogBytes.digest(LogBytes.trimmed(row[uuid]))
    } else {
      id = columns.index.map { LogBytes.digest(LogBytes.trimmed(row[$0])) } ?? 0
      if let host = columns.host { id = LogBytes.digest(LogBytes.trimmed(row[host]), id) }
    }
    guard !LogBytes.trimmed(row[columns.uuid ?? columns.index ?? 0]).isEmpty else {
      return run.badRow(row.line, "it names no GPU")
    }
    let time = columns.time.flatMap { LogTime.instant(row[$0]) }
    if let column = columns.time, time == nil, !row[column].isEmpty {
      return run.badRow(row.line, "the time \(LogBytes.excerpt(row[column])) cannot be read")
    }
    telemetry.see(id)
    for (column, isPower) in [(columns.power, true), (columns.energy, false)] {
      guard let column else { continue }
      let cell = LogBytes.trimmed(row[column])
      guard let (number, length) = LogNumber.prefix(cell) else {
        if case .malformed = LogNumber.read(cell) {
          run.badRow(row.line, "\(LogBytes.excerpt(cell)) is no number")
        }
        continue
      }
      let unit = LogBytes.rest(cell, from: length)
      guard unit.isEmpty || unit.has(isPower ? "W" : "mJ"), let amount = number.amount else {
        run.badRow(row.line, "\(LogBytes.excerpt(cell)) is not a reading")
        continue
      }
      if TelemetryLog.isBlank(number) { continue }
      if isPower {
        telemetry.read(id, watts: amount, time: time)
      } else {
        telemetry.read(id, millijoules: amount)
      }
    }
  }

  private func conclude(_ run: inout ImportedRun) {
    run.gpus = telemetry.count > 0 ? telemetry.count : nil
    if hasActivity {
      run.warn("DCGM's activity is not model FLOP utilisation and is not used as such")
    }
    if let energy = telemetry.energy {
      run.energyMWh = energy.megawattHours
      run.warn("energy is that of the GPUs alone, from \(energy.method), without PUE or hosts")
    } else if telemetry.readings > 0 {
      run.warn(
        "energy is not given: it needs at least two readings of each GPU over time"
          + (telemetry.powerWithoutTime > 0 ? "; power was read without timestamps" : "")
          + (telemetry.gaps > 0 ? "; power has \(telemetry.gaps) gap(s) above ten minutes" : "")
          + (telemetry.backwards > 0 ? "; timestamps go backwards" : ""))
    }
    if telemetry.resets > 0 {
      run.warn(
        "an energy counter began anew \(telemetry.resets) time(s); what was used between the last "
          + "reading and the reset is not in the sum")
    }
    run.stepsAreOptimizerSteps = false
  }

  /// Where the labels end: the closing brace outside quotes.
  private static func end(ofLabels line: UnsafeRawBufferPointer, _ open: Int) -> Int? {
    var isQuoted = false
    var index = open + 1
    while index < line.count {
      let byte = line[index]
      if byte == 0x5C, isQuoted { index += 1 }
      if byte == 0x22 { isQuoted.toggle() }
      if byte == 0x7D, !isQuoted { return index }
      index += 1
    }
    return nil
  }

  /// A digest of `UUID`, or of `gpu` and `Hostname`.
  private static func identity(_ labels: UnsafeRawBufferPointer) -> UInt64? {
    if let uuid = label("UUID=\"", labels), !uuid.isEmpty { return LogBytes.digest(uuid) }
    guard let gpu = label("gpu=\"", labels), !gpu.isEmpty else { return nil }
    let id = LogBytes.digest(gpu)
    return label("Hostname=\"", labels).map { LogBytes.digest($0, id) } ?? id
  }

  private static func label(_ name: StaticString, _ labels: UnsafeRawBufferPointer)
    -> UnsafeRawBufferPointer?
  {
    var from = 0
    while let found = labels.offset(of: name, from: from) {
      let start = found + name.utf8CodeUnitCount
      if found == 0 || labels[found - 1] == 0x2C || labels[found - 1] == 0x20 {
        guard let stop = labels.offset(of: 0x22, from: start) else { return nil }
        return UnsafeRawBufferPointer(rebasing: labels[start..<stop])
      }
      from = start
    }
    return nil
  }

  /// DCGM's words for "no value": sixteen numbers from each of three bases.
  ///
  /// Source: DCGM, dcgm_structs.h (DCGM_INT32_BLANK, DCGM_INT64_BLANK, DCGM_FP64_BLANK).
  static func isBlank(_ number: LogNumber) -> Bool {
    let value = number.double
    return value >= 9.22e18 || (2_147_483_632...2_147_483_647).contains(value)
      || (140_737_488_355_328...140_737_488_355_343).contains(value)
  }
}
