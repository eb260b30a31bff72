import Compute
import Foundation
import Ground
import Testing

@Suite struct DetectionTests {
  @Test("each kind of log is told from its beginning", arguments: Fixture.all)
  func detected(kind: LogKind, text: String) throws {
    #expect(try imported(text).kind == kind)
    #expect(try imported("\u{FEFF}" + text).kind == kind)
    #expect(
      try imported(text.replacing("\n", with: "\r\n")).json["steps"] == imported(text).json["steps"]
    )
  }

  @Test("a log whose preamble is long is still told")
  func preamble() throws {
    let text = String(repeating: "building the model …\n", count: 10_000) + Fixture.megatron
    #expect(try imported(text).kind == .megatron)
  }

  @Test("a file of no known kind is refused by name")
  func refused() throws {
    #expect(try code(of: "") == "compute.import-empty")
    #expect(try code(of: "hello\nworld\n") == "compute.import-unknown-kind")
    #expect(try code(of: "a,b\n1,2\n", as: .csv) == "compute.import-wrong-kind")
    for kind in LogKind.allCases where ![.hfTrainer, .jsonl].contains(kind) {
      #expect(try code(of: "hello, world\n", as: kind) == "compute.import-wrong-kind")
    }
    for bytes: [UInt8] in [[0x1F, 0x8B, 8, 0, 1], [0xFF, 0xFE, 0x61, 0]] {
      let file = try Scratch(bytes)
      #expect(throws: Problem.self) { try ImportedRun.importLog(path: file.path) }
    }
  }

  @Test("the JSON has its keys in their order")
  func json() throws {
    guard case .object(let members) = try imported(Fixture.csv).json else {
      Issue.record("no object")
      return
    }
    #expect(
      members.map(\.0) == [
        "file", "kind", "steps", "tokens", "flop", "gpus", "gpu_hours", "train_time_s",
        "energy_mwh",
        "utilisation", "missing", "warnings",
      ])
  }
}

/// Real logs that are not part of the repository; they lie beside it where they were fetched.
enum SampleLogs {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("../shared/data/training-logs").standardizedFileURL.path
  static let isThere = FileManager.default.fileExists(atPath: folder + "/llmc_main.log")
}

@Suite(.enabled(if: SampleLogs.isThere)) struct SampleTests {
  private func run(_ name: String, _ hints: ImportHints = ImportHints()) throws -> ImportedRun {
    try ImportedRun.importLog(path: SampleLogs.folder + "/" + name, hints: hints)
  }

  @Test("a trainer state")
  func trainer() throws {
    let run = try run("hf_trainer_state.json")
    #expect(run.steps == 768 && run.tokens == 24_689_312 && run.trainTimeSeconds == 5980.6912)
    #expect(run.flop?.digits == "2077236399857205200")
  }

  @Test("a log of llm.c")
  func llmc() throws {
    let run = try run("llmc_main.log", ImportHints(params: 124_475_904, tokensPerStep: 524_288))
    #expect(run.steps == 19_560 && run.tokens == 10_255_073_280)
    #expect(run.flop?.digits == "7659057102685470720" && run.warnings.isEmpty)
  }

  @Test("pieces of several Megatron logs")
  func megatron() throws {
    let run = try run("megatron.log")
    #expect(run.steps == 168_000 && run.tokens == 364_403_064_832 && run.trainTimeSeconds == nil)
    #expect(run.warns("different totals") && run.warns("6/8") && run.problemCount == 0)
  }

  @Test("Slurm rows of nine jobs without GPUs")
  func sacct() throws {
    let run = try run("sacct.psv")
    #expect(
      run.trainTimeSeconds == 1_294_204 && run.gpuHours == nil && run.missing.contains("gpus"))
  }

  @Test("one scrape of one GPU")
  func dcgm() throws {
    let run = try run("dcgm.prom")
    #expect(run.kind == .dcgm && run.gpus == 1 && run.energyMWh == nil && run.flop == nil)
  }
}
