import Compute
import Ground
import Testing

@Suite struct SacctTests {
  private func table(_ rows: String, _ header: String = "JobID|Elapsed|AllocTRES") throws
    -> ImportedRun
  {
    try imported(header + "\n" + rows)
  }

  @Test("jobs are counted, their steps are not")
  func plain() throws {
    let run = try imported(Fixture.sacct)
    #expect(run.kind == .sacct && run.gpus == 8 && run.problems.isEmpty)
    #expect(run.trainTimeSeconds == 88_200.5)
    #expect(run.gpuHours.map { abs($0 - (192 + 4 * 1800.5 / 3600)) < 1e-9 } == true)
    #expect(run.energyMWh == 10.005 && run.energyIsMeasured && run.warns("did not complete"))
  }

  @Test(
    "elapsed times of Slurm",
    arguments: [
      ("00:00:10", 10.0), ("1-00:00:01", 86_401), ("05:07", 307), ("02:00:00.250", 7200.25),
    ])
  func elapsed(text: String, seconds: Double) throws {
    #expect(try table("1|\(text)|gres/gpu=1").trainTimeSeconds == seconds)
  }

  @Test(
    "GPUs in lists of resources, typed and untyped not added",
    arguments: [
      ("cpu=4,gres/gpu=8", 8), ("gres/gpu:a100=8", 8), ("gres/gpu=8,gres/gpu:a100=8", 8),
      ("gres/gpu:a100=4,gres/gpu:h100=2", 6), ("gpu:a100:4", 4), ("gres:gpu:2", 2),
    ])
  func gpus(text: String, count: Int) throws {
    #expect(try table("1|01:00:00|\(text)").gpus == count)
  }

  @Test("a job with step rows only is counted once by its batch step")
  func stepsOnly() throws {
    let run = try table(
      "1.extern|02:00:00|gres/gpu=2\n1.batch|01:00:00|gres/gpu=2\n1.0|00:59:00|gres/gpu=2")
    #expect(run.gpuHours == 2 && run.warns("step rows only"))
  }

  @Test("array elements are jobs; equal rows count once, unequal ones are requeues")
  func arrays() throws {
    let run = try table(
      "1_1|01:00:00|gres/gpu=1\n1_2|01:00:00|gres/gpu=1\n1_1|01:00:00|gres/gpu=1\n1_1|03:00:00|gres/gpu=1"
    )
    #expect(run.gpuHours == 5 && run.warns("given twice") && run.warns("requeued"))
  }

  @Test("unknown GPUs stay unknown unless a hint tells them")
  func unknown() throws {
    let run = try table("1|01:00:00|cpu=4")
    #expect(run.gpus == nil && run.gpuHours == nil && run.missing.contains("gpus"))
    let hinted = try imported("JobID|Elapsed\n1|01:00:00\n", nil, ImportHints(gpus: 4))
    #expect(hinted.gpuHours == 4)
  }

  @Test(
    "Slurm's words for unknown energy are none",
    arguments: ["", "0", "18446744073709551614", "4294967294"])
  func energy(text: String) throws {
    let run = try table(
      "1|01:00:00|gres/gpu=1|\(text)", "JobID|Elapsed|AllocTRES|ConsumedEnergyRaw")
    #expect(run.energyMWh == nil)
  }

  @Test("bad rows are reported with their line")
  func bad() throws {
    let run = try table("1|nonsense|x\n2|01:00:00|gres/gpu=1\n3|01:00:00")
    #expect(run.problems.map { $0.places.first?.line } == [2, 4] && run.gpuHours == 1)
  }

  @Test("estimated energy and compute from hardware need every fact")
  func hardware() throws {
    let hints = ImportHints(chipPowerWatts: 700, pue: 1.25)
    let file = try Scratch("JobID|Elapsed|AllocTRES\n1|10:00:00|gres/gpu=100\n")
    let run = try ImportedRun.importLog(path: file.path, hints: hints)
    #expect(run.energyMWh == 0.875 && !run.energyIsMeasured && run.warns("estimated"))
    #expect(run.flop == nil && run.missing.contains("hardware"))
  }
}

@Suite struct TelemetryTests {
  @Test("power over time is energy; activity is not utilisation")
  func power() throws {
    let run = try imported(Fixture.dcgm)
    #expect(run.kind == .dcgm && run.gpus == 2 && run.utilisation == nil && run.flop == nil)
    #expect(run.energyMWh.map { abs($0 - 0.00007) < 1e-15 } == true && run.energyIsMeasured)
    #expect(run.warns("activity"))
  }

  @Test("energy counters are differences, and a reset begins anew")
  func counter() throws {
    let name = "DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION{gpu=\"0\",UUID=\"GPU-a\"} "
    let run = try imported([1e9, 4.6e9, 1e9].map { name + "\($0)\n" }.joined())
    #expect(run.energyMWh.map { abs($0 - 4.6e9 / 3.6e12) < 1e-15 } == true && run.warns("anew"))
    #expect(try imported(name + "1000\n").energyMWh == nil)
  }

  @Test(
    "blanks of DCGM are no readings",
    arguments: ["9223372036854775792", "2147483632", "140737488355328"])
  func blank(value: String) throws {
    let name = "DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION{UUID=\"GPU-a\"} "
    let run = try imported(name + value + "\n" + name + "5\n")
    #expect(run.energyMWh == nil && run.gpus == 1 && run.problems.isEmpty)
  }

  @Test("power without timestamps or with gaps is no energy")
  func gaps() throws {
    let name = "DCGM_FI_DEV_POWER_USAGE{UUID=\"GPU-a\"} "
    #expect(try imported(name + "5\n" + name + "6\n").warns("without timestamps"))
    #expect(try imported(name + "5 1000\n" + name + "6 9000000\n").warns("gap"))
  }

  @Test("a table of nvidia-smi")
  func table() throws {
    let run = try imported(
      """
      timestamp, uuid, power.draw [W]
      2024/05/01 10:00:00.000, GPU-a, 300.00 W
      2024/05/01 10:06:00.000, GPU-a, 300.00 W
      2024/05/01 10:06:00.000, GPU-a, [N/A]
      2024/05/01 10:07, GPU-a, 300.00 W
      """)
    #expect(run.kind == .dcgm && run.gpus == 1 && run.energyMWh == 0.00003 && run.problemCount == 1)
  }
}

@Suite struct TableTests {
  @Test("counters of a Weights & Biases export")
  func wandb() throws {
    let run = try imported(Fixture.wandb)
    #expect(run.kind == .wandb && run.steps == 20 && run.tokens == 81_920)
    #expect(run.trainTimeSeconds == 60.25)
  }

  @Test("several runs in one export are not added together")
  func severalRuns() throws {
    let run = try imported(
      "Step,a - tokens,b - tokens\n1,5,6\n2,7,8\n", nil, ImportHints(params: 10, tokensPerStep: 5))
    #expect(run.tokens == nil && run.flop == nil && run.steps == nil && run.warns("2 runs (a, b)"))
  }

  @Test("the counter of Weights & Biases is not one of optimizer steps")
  func counter() throws {
    let run = try imported(
      "_step,_runtime,loss\n1,5,1\n2,9,1\n", nil, ImportHints(tokensPerStep: 5))
    #expect(run.kind == .wandb && run.steps == 2 && run.tokens == nil)
  }

  @Test("a plain table")
  func csv() throws {
    let run = try imported(Fixture.csv, nil, ImportHints(params: 7))
    #expect(
      run.kind == .csv && run.steps == 3 && run.tokens == 3000 && run.flop?.digits == "126000")
    #expect(run.trainTimeSeconds == 30.5 && run.gpus == 8)
    #expect(run.energyMWh.map { abs($0 - 5000 * 20.5 / 3.6e9) < 1e-15 } == true)
  }

  @Test("JSON Lines: values inside values do not count")
  func jsonl() throws {
    let run = try imported(Fixture.jsonl)
    #expect(
      run.kind == .jsonl && run.steps == 2 && run.tokens == 2000 && run.trainTimeSeconds == 10)
  }

  @Test("tokens of single steps are summed only when no step is left out")
  func stepTokens() throws {
    #expect(try imported("step,step_tokens\n1,10\n2,20\n").tokens == 30)
    #expect(try imported("step_tokens\n10\n20\n").tokens == 30)
    #expect(try imported("step,tokens_per_step\n10,5\n20,5\n").tokens == 100)
    let run = try imported("step,tokens_per_step\n10,5\n20,6\n")
    #expect(run.tokens == nil && run.warns("not summed"))
  }

  @Test("the column flop is the file's own count")
  func flop() throws {
    let run = try imported("step,tokens,flop\n1,10,1e24\n2,20,2e24\n", nil, ImportHints(params: 1))
    #expect(run.flop?.digits == "2" + String(repeating: "0", count: 24) && run.warns("own compute"))
    #expect(
      try imported("step_flop\n5e23\n5e23\n").flop?.digits == "1"
        + String(repeating: "0", count: 24))
  }

  @Test("compute from hardware when all four are known")
  func hardware() throws {
    let run = try imported(
      "gpus,seconds,utilisation\n100,1000,0.5\n", nil,
      ImportHints(peakFLOPPerSecond: try Quantity.read("1e15")))
    #expect(
      run.flop.map { abs($0.approximate / 5e19 - 1) < 1e-12 } == true && run.warns("hardware"))
  }

  @Test("bad rows have their line, at most fifty are listed")
  func bad() throws {
    let run = try imported("step,tokens\n1,10\n2,x\n3,-4\n4\n5,50\n")
    #expect(run.problems.map { $0.places.first?.line } == [3, 4, 5] && run.tokens == 50)
    let many = try imported("step\n1\n" + String(repeating: "x\n", count: 80))
    #expect(many.problems.count == 50 && many.problemCount == 80 && many.warns("30 more"))
  }

  @Test(
    "numbers beyond every limit are bad rows, not crashes",
    arguments: ["1e30", "1e308", "-1", "1e-400", "9e99999"])
  func limits(number: String) throws {
    for column in [
      "step", "tokens", "step_tokens", "flop", "gpus", "seconds", "energy_wh", "timestamp",
    ] {
      for kind in ["\(column)\n\(number)\n\(number)\n", "{\"\(column)\": \(number)}\n"] {
        let hints = ImportHints(
          params: .max, tokensPerStep: .max, gpus: .max,
          peakFLOPPerSecond: Quantity(.max, exponent: 300))
        _ = try imported(kind, nil, hints).json.compact
      }
    }
  }
}
