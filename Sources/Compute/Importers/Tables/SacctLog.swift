import Ground

/// Reads a table of `sacct --parsable2` with its header.
///
/// Read are `JobID` (else `JobIDRaw`), `ElapsedRaw` or `Elapsed`, `State`, `AllocTRES`, `AllocGRES`,
/// `ReqTRES`, `NNodes` (only to doubt `AllocGRES`) and `ConsumedEnergyRaw`. A row is a job when its
/// id has no point; steps (`123.batch`, `123.0`) run inside it and are not added. Elements of an
/// array (`123_4`) are jobs of their own.
/// Source: Slurm, sacct manual.
struct SacctLog {
  /// How many jobs are remembered.
  static let mostJobs = 200_000

  private struct Job {
    var row: SacctRow?
    var batch: SacctRow?
    var rank = 0
  }

  private var jobs: [UInt64: Job] = [:]
  private var seconds = 0.0
  private var gpuSeconds = 0.0
  private var joules = 0.0
  private var count = 0
  private var measured = 0
  private var most = 0
  private var states = (other: 0, running: 0)
  private var stepsOnly = 0
  private var copies = 0
  private var requeued = 0
  private var requested = 0
  private var ambiguous = 0
  private var without: (seconds: Double, count: Int) = (0, 0)
  private var allListResources = true

  /// Reads all rows and puts what they tell into the run.
  ///
  /// - Throws: `compute.import-wrong-kind`, `compute.import-too-many`, `ground.file-unreadable`.
  static func read(_ lines: ByteLines, _ hints: ImportHints, into run: inout ImportedRun)
    throws(Problem)
  {
    let records = CSVRecords(lines, delimiter: 0x7C, quotes: false)
    guard let header = try records.nextFields(), let columns = SacctColumns(header),
      let jobID = columns.jobID
    else {
      throw .importWrongKind(
        run.file, .sacct, understood: "a header with JobID and Elapsed or ElapsedRaw, and |")
    }
    let width = header.count
    var log = SacctLog()
    while true {
      let record: CSVFields?
      do throws(Problem) {
        record = try records.nextFields()
      } catch  where problem(error) {
        run.report(error)
        continue
      }
      guard let record else { break }
      guard columns.fit(record, width), !record[jobID].isEmpty else {
        run.badRow(record.line, "it has \(record.count) fields, the header \(width)")
        continue
      }
      guard let row = SacctRow(record, columns) else {
        run.badRow(record.line, "the elapsed time cannot be read")
        continue
      }
      log.add(row, LogBytes.trimmed(record[jobID]))
      if log.jobs.count > mostJobs {
        throw .importTooMany(run.file, "jobs", limit: mostJobs)
      }
    }
    log.conclude(hints, into: &run)
  }

  /// Whether reading can go on after it.
  private static func problem(_ problem: Problem) -> Bool { problem.code.hasPrefix("ground.csv-") }

  private mutating func add(_ row: SacctRow, _ id: UnsafeRawBufferPointer) {
    let point = id.offset(of: 0x2E)
    let key = LogBytes.digest(UnsafeRawBufferPointer(rebasing: id[..<(point ?? id.count)]))
    var job = jobs[key] ?? Job()
    if let point {
      let step = UnsafeRawBufferPointer(rebasing: id[point...])
      let rank = step.has(".batch") ? 3 : step.has(".extern") ? 2 : 1
      if rank > job.rank { (job.batch, job.rank) = (row, rank) }
    } else if let known = job.row {
      if known.seconds == row.seconds, known.state == row.state {
        copies += 1
      } else {
        requeued += 1
        sum(row)
      }
    } else {
      job.row = row
      job.batch = nil
      job.rank = 4
      sum(row)
    }
    jobs[key] = job
  }

  private mutating func sum(_ row: SacctRow) {
    count += 1
    seconds += row.seconds
    switch row.state {
    case .completed: break
    case .running: states.running += 1
    case .other: states.other += 1
    }
    if row.isAmbiguousGRES { ambiguous += 1 }
    if let energy = row.joules {
      joules += energy
      measured += 1
    } else if row.seconds == 0 {
      measured += 1
    }
    switch row.gpus {
    case .allocated(let gpus):
      gpuSeconds += Double(gpus) * row.seconds
      most = max(most, gpus)
    case .requested(let gpus):
      requested += 1
      gpuSeconds += Double(gpus) * row.seconds
      most = max(most, gpus)
    case .none where row.seconds > 0:
      without = (without.seconds + row.seconds, without.count + 1)
      allListResources = allListResources && row.listsResources
    case .none: break
    }
  }

  private mutating func conclude(_ hints: ImportHints, into run: inout ImportedRun) {
    // In a fixed order, because sums of fractions depend on it.
    for key in jobs.keys.sorted() {
      if let batch = jobs[key]?.batch {
        stepsOnly += 1
        sum(batch)
      }
    }
    guard count > 0 else { return run.warn("the table has no job") }
    run.trainTimeSeconds = seconds
    concludeGPUs(hints, into: &run)
    concludeEnergy(&run)
    if count > 1 {
      run.warn("training time is the sum over \(count) jobs; jobs may have run side by side")
    }
    if states.other > 0 {
      run.warn(
        "\(states.other) job(s) did not complete (failed, cancelled, timed out …); their GPU hours "
          + "are counted: whether they are training compute is a question of law, not of the log")
    }
    if states.running > 0 { run.warn("\(states.running) job(s) had not ended: time so far") }
    if stepsOnly > 0 {
      run.warn("\(stepsOnly) job(s) have step rows only; their batch step was counted once")
    }
    if copies > 0 { run.warn("\(copies) row(s) given twice were counted once") }
    if requeued > 0 {
      run.warn("\(requeued) job(s) have several runs (requeued); each was counted")
    }
  }

  private func concludeGPUs(_ hints: ImportHints, into run: inout ImportedRun) {
    if requested > 0 {
      run.warn("\(requested) job(s) state only requested GPUs (ReqTRES); these were counted")
    }
    if ambiguous > 0 {
      run.warn("\(ambiguous) job(s) on several nodes state GPUs in AllocGRES only, maybe per node")
    }
    if most > 0, without.count > 0, allListResources {
      run.warn("\(without.count) job(s) were allocated no GPU and add none")
    } else if without.count > 0 {
      guard let gpus = hints.gpus else {
        run.warn("\(without.count) job(s) do not state their GPUs; GPU hours are not given")
        run.gpus = most > 0 ? most : nil
        return
      }
      run.warn("\(without.count) job(s) do not state their GPUs; the hint of \(gpus) was used")
      run.gpus = max(most, gpus)
      run.gpuHours = (gpuSeconds + Double(gpus) * without.seconds) / 3600
      return
    }
    guard most > 0 else { return }
    run.gpus = most
    run.gpuHours = gpuSeconds / 3600
  }

  private func concludeEnergy(_ run: inout ImportedRun) {
    guard joules > 0 else { return }
    guard measured == count else {
      run.warn("\(count - measured) of \(count) jobs have no energy reading; energy is not given")
      return
    }
    run.energyMWh = joules / 3.6e9
    run.warn(
      "energy is what Slurm measured on the nodes, without PUE; it is the job's own only when its "
        + "nodes were not shared")
  }
}
