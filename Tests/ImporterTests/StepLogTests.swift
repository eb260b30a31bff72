import Compute
import Ground
import Testing

@Suite struct TrainerStateTests {
  @Test("counters, time and total_flos of a trainer state")
  func plain() throws {
    let run = try imported(Fixture.trainer)
    #expect(run.kind == .hfTrainer && run.steps == 40 && run.tokens == 1_000_000)
    #expect(run.flop?.digits == "6500000000000000" && run.trainTimeSeconds == 120.5)
    #expect(run.warns("frozen") && run.problems.isEmpty && run.missing == ["gpus"])
  }

  @Test("parameters of the hint go before total_flos, and LoRA shows")
  func params() throws {
    let run = try imported(Fixture.trainer, nil, ImportHints(params: 1000))
    #expect(run.flop?.digits == "6000000000" && run.method == "6 × parameters × tokens")
    #expect(run.warns("LoRA"))
  }

  @Test("tokens come from the history when the state has none")
  func history() throws {
    let text = Fixture.trainer.replacing("1000000,\n  \"stateful", with: "0,\n  \"stateful")
    let run = try imported(text)
    #expect(run.tokens == 1_000_000 && run.warns("log_history"))
  }

  @Test("a zero total_flos and no tokens leave facts missing")
  func zero() throws {
    let run = try imported(#"{"global_step": 5, "log_history": [], "total_flos": 0.0}"#)
    #expect(run.flop == nil && run.tokens == nil && run.steps == 5)
    #expect(run.missing.contains("tokens_per_step") && run.missing.contains("params"))
  }

  @Test("a train_runtime that starts again means that the run was resumed")
  func resumed() throws {
    let run = try imported(
      #"{"global_step": 5, "log_history": [{"train_runtime": 9, "step": 2}, {"train_runtime": 7, "step": 5}]}"#
    )
    #expect(run.trainTimeSeconds == 7 && run.warns("resumed"))
  }

  @Test("a state that is cut off is refused", arguments: [10, 100, 400])
  func cut(length: Int) throws {
    #expect(
      try code(of: String(Fixture.trainer.prefix(length)), as: .hfTrainer)
        == "compute.import-not-json")
  }

  @Test("a counter beyond 128 bits is a bad row, one of 10^30 is not")
  func huge() throws {
    let large = try imported(
      #"{"global_step": 1, "log_history": [], "num_input_tokens_seen": 1e30}"#)
    #expect(large.tokens == 1_000_000_000_000_000_000_000_000_000_000)
    #expect(large.json["tokens"] == .string("1" + String(repeating: "0", count: 30)))
    for text in ["1e308", "-5", "1.5", String(repeating: "9", count: 60)] {
      let run = try imported(
        "{\"global_step\": 1, \"log_history\": [], \"num_input_tokens_seen\": \(text)}")
      #expect(run.tokens == nil && run.problemCount == 1)
    }
  }
}

@Suite struct MegatronTests {
  private func line(_ step: Int, of total: Int = 100, seconds: Double = 2, rest: String = "")
    -> String
  {
    " iteration \(step)/ \(total) | consumed samples: \(step * 4) | elapsed time per iteration (s): "
      + "\(seconds) |\(rest)\n"
  }

  @Test("tokens, time, corrected compute and utilisation")
  func plain() throws {
    let run = try imported(
      Fixture.megatron, nil, ImportHints(peakFLOPPerSecond: try Quantity.read("312e12")))
    #expect(run.kind == .megatron && run.steps == 3 && run.tokens == 3_145_728)
    #expect(run.trainTimeSeconds == 30 && run.gpus == 16)
    // 160 TFLOP/s × 6/8 × 16 GPUs × 30 s
    #expect(run.flop?.digits == "57600000000000000")
    #expect(run.utilisation.map { abs($0 - 120.0 / 312) < 1e-12 } == true)
    #expect(run.warns("recomputation") && run.problems.isEmpty)
  }

  @Test("throughput per GPU is model FLOP and is not corrected")
  func throughput() throws {
    let rest = " throughput per GPU (TFLOP/s/GPU): 100.0 |"
    let run = try imported(
      line(1, rest: rest) + line(2, rest: rest), nil, ImportHints(tokensPerStep: 10, gpus: 2))
    #expect(run.flop?.digits == "800000000000000" && run.tokens == 20 && !run.warns("6/8"))
  }

  @Test("a constant interval is complete, a gap or a late beginning is not")
  func coverage() throws {
    #expect(try imported(line(10) + line(20) + line(30)).trainTimeSeconds == 60)
    #expect(try imported(line(1)).trainTimeSeconds == 2)
    for text in [line(10) + line(30) + line(40), line(20) + line(30), line(10)] {
      let run = try imported(text)
      #expect(run.trainTimeSeconds == nil && run.missing.contains("train_time"))
      #expect(run.warns("not summed"))
    }
  }

  @Test("a restart counts its time and says how much was trained twice")
  func restart() throws {
    let run = try imported(line(1) + line(2) + line(3) + line(2) + line(3) + line(4))
    #expect(run.steps == 4 && run.trainTimeSeconds == 12)
    #expect(run.warns("from 3 back to 2, at least 2 again"))
  }

  @Test("several totals are said, a line printed twice counts once")
  func totals() throws {
    let run = try imported(line(1) + line(2) + line(1, of: 50))
    #expect(run.warns("different totals") && run.trainTimeSeconds == nil && !run.warns("goes back"))
    let twice = try imported(line(1) + line(1) + line(2))
    #expect(twice.trainTimeSeconds == 4 && twice.warns("printed twice"))
  }

  @Test("a step line that is cut off is a problem with its line, other text is none")
  func cut() throws {
    let run = try imported(
      line(1) + "loading iteration data\n" + line(2) + " iteration 3/ 100 | consumed sam\n")
    #expect(run.steps == 2 && run.problems.map { $0.places.first?.line } == [4])
    #expect(run.trainTimeSeconds == nil)
  }

  @Test("samples are no tokens without a sequence length")
  func samples() throws {
    let run = try imported(line(1))
    #expect(
      run.tokens == nil && run.missing.contains("tokens_per_step") && run.warns("sequence length"))
    let known = try imported("  seq_length ........ 2048\n" + line(1))
    #expect(known.tokens == 8192)
  }

  @Test("a utilisation above one is refused")
  func refused() throws {
    let run = try imported(
      Fixture.megatron, nil, ImportHints(peakFLOPPerSecond: try Quantity.read("1e12")))
    #expect(run.utilisation == nil && run.warns("refused"))
  }
}

@Suite struct SmallTrainerTests {
  @Test("llm.c steps are the highest training step and one")
  func llmc() throws {
    let run = try imported(Fixture.llmc, nil, ImportHints(params: 10, tokensPerStep: 100))
    #expect(run.kind == .llmc && run.steps == 3 && run.tokens == 300 && run.flop?.digits == "18000")
    let bare = try imported(Fixture.llmc)
    #expect(bare.tokens == nil && bare.missing.contains("tokens_per_step"))
  }

  @Test("llm.c going back is a restart, a cut line a problem")
  func llmcRestart() throws {
    let run = try imported(Fixture.llmc + "s:1 trl:9.0 lr:0.1 norm:1.0\ns:2 tr")
    #expect(run.steps == 3 && run.warns("goes back 1 time") && run.problemCount == 1)
  }

  @Test("what llm.c prints has time and MFU")
  func printed() throws {
    let text = """
      num_parameters: 124475904 => bytes: 248951808
      batch_size B=64 * seq_len T=1024 * num_processes=8 and total_batch_size=524288
      val loss 11.009
      step    1/19560 | loss 11.0 (+nanz)| norm 15.3 (+nanz)| lr 1.00e-06 | 500.00 ms | -100.0% bf16 MFU | 1748000 tok/s
      step    2/19560 | loss 10.9 (+nanz)| norm 15.2 (+nanz)| lr 2.00e-06 | 300.00 ms | 55.0% bf16 MFU | 1748000 tok/s
      """
    let run = try imported(text)
    #expect(run.kind == .llmc && run.steps == 2 && run.tokens == 1_048_576 && run.gpus == 8)
    #expect(run.trainTimeSeconds == 0.8 && run.utilisation == 0.55)
    #expect(run.flop?.digits == String(6 * 124_475_904 * 1_048_576))
  }

  @Test("nanoGPT prints what is needed")
  func nanogpt() throws {
    let run = try imported(Fixture.nanogpt)
    #expect(run.kind == .nanogpt && run.steps == 3 && run.tokens == 1_474_560)
    #expect(run.trainTimeSeconds == 2.5 && run.utilisation.map { abs($0 - 0.39) < 1e-12 } == true)
    #expect(run.flop?.digits == String(6 * 123_590_000 * 1_474_560))
    #expect(run.warns("rounded") && run.warns("A100"))
  }

  @Test("nanoGPT's times are not summed when iterations are left out")
  func sampled() throws {
    let run = try imported(
      "iter 0: loss 1.0, time 10.0ms, mfu 10.00%\niter 10: loss 1.0, time 10.0ms, mfu 10.00%\n",
      nil,
      ImportHints(peakFLOPPerSecond: try Quantity.read("624e12")))
    #expect(run.steps == 11 && run.trainTimeSeconds == nil && run.utilisation == 0.05)
  }
}
