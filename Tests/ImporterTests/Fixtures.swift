import Compute
import Foundation
import Ground

/// Small logs of our own in the formats of the tools.
enum Fixture {
  static let trainer = """
    {
      "best_metric": null,
      "epoch": 2.0,
      "global_step": 40,
      "log_history": [
        {"epoch": 1.0, "loss": NaN, "num_input_tokens_seen": 500000, "step": 20, "grad_norm": Infinity},
        {"epoch": 2.0, "num_input_tokens_seen": 1000000, "step": 40, "total_flos": 6.5e+15,
         "train_runtime": 120.5, "note": "a \\"quoted\\" step"}
      ],
      "max_steps": 40,
      "num_input_tokens_seen": 1000000,
      "stateful_callbacks": {"TrainerControl": {"args": {"global_step": 7}}},
      "total_flos": 6.5e+15
    }
    """
  static let megatron = """
    using world size: 16, data-parallel-size: 4, tensor-model-parallel size: 4
      checkpoint_activations .......................... True
      seq_length ...................................... 2048
     saving checkpoint at iteration       0 to here
     [2024-05-01 10:00:00] iteration        1/     100 | consumed samples:          512 | consumed tokens:      1048576 | elapsed time per iteration (s): 10.00 | global batch size:   512 | lm loss: 9.1E+00 | TFLOPs: 160.00 |
    [default7]: iteration        2/     100 | consumed samples:         1024 | consumed tokens:      2097152 | elapsed time per iteration (ms): 10000.0 | global batch size:   512 | lm loss: 9.0E+00 | TFLOPs: 160.00 |
     iteration        3/     100 | consumed samples:         1536 | consumed tokens:      3145728 | elapsed time per iteration (s): 10.00 | global batch size:   512 | lm loss: 8.9E+00 | TFLOPs: 160.00 |
     validation loss at iteration 3 | lm loss value: 8.9E+00 |

    """
  static let llmc = """
    s:0 tel:11.0092
    s:0 trl:11.0091 lr:0.000001 norm:15.37
    s:1 trl:10.9598 lr:0.000002 norm:15.24
    s:2 trl:10.8556 lr:0.000003 norm:14.84
    s:3 tel:10.1
    s:3 eval:0.25

    """
  static let nanogpt = """
    tokens per iteration will be: 491,520
    number of parameters: 123.59M
    step 0: train loss 10.9897, val loss 10.9898
    iter 0: loss 10.9886, time 2000.00ms, mfu -100.00%
    iter 1: loss 10.5000, time 250.00ms, mfu 40.00%
    iter 2: loss 10.1000, time 250.00ms, mfu 38.00%

    """
  static let sacct = """
    State|JobID|Elapsed|AllocTRES|ConsumedEnergyRaw|JobName
    COMPLETED|100|1-00:00:00|billing=8,cpu=64,gres/gpu:a100=8,gres/gpu=8,node=1|36000000000|tra"in
    COMPLETED|100.batch|1-00:00:00|cpu=64,gres/gpu=8|36000000000|batch
    COMPLETED|100.0|23:59:00|cpu=64,gres/gpu=8|36000000000|python
    FAILED|101_4|00:30:00.500|cpu=8,gres/gpu:h100=4|18000000|train

    """
  static let dcgm = """
    # HELP DCGM_FI_DEV_POWER_USAGE Power draw (in W).
    # TYPE DCGM_FI_DEV_POWER_USAGE gauge
    DCGM_FI_DEV_POWER_USAGE{gpu="0",UUID="GPU-a",Hostname="n1"} 400 1700000000000
    DCGM_FI_DEV_POWER_USAGE{gpu="1",UUID="GPU-b",Hostname="n1"} 200 1700000000000
    DCGM_FI_DEV_MEMORY_TEMP{gpu="0",UUID="GPU-a"} 9223372036854775794
    DCGM_FI_PROF_PIPE_TENSOR_ACTIVE{gpu="0",UUID="GPU-a"} 0.5
    DCGM_FI_DEV_POWER_USAGE{gpu="0",UUID="GPU-a",Hostname="n1"} 600 1700000360000
    DCGM_FI_DEV_POWER_USAGE{gpu="1",UUID="GPU-b",Hostname="n1"} 200 1700000360000

    """
  static let wandb = """
    "Step","calm-sea-1 - train/global_step","calm-sea-1 - train/global_step__MIN","calm-sea-1 - train/num_input_tokens_seen","calm-sea-1 - _runtime"
    "0","10","1","40960","30.5"
    "1","20","11","81920","60.25"

    """
  static let csv = """
    step,tokens,loss,gpus,seconds,power_w
    1,1000,3.5,8,10,5000
    2,2000,NaN,8,20,5000
    3,3000,3.1,8,30.5,5000

    """
  static let jsonl = """
    {"step": 1, "step_tokens": 1000, "nested": {"tokens": 5, "list": [1, {"step": 9}]}, "timestamp": "2024-05-01T10:00:00Z"}
    {"step": 2, "step_tokens": 1000, "loss": NaN, "timestamp": "2024-05-01T12:00:10+02:00"}

    """

  static let all: [(kind: LogKind, text: String)] = [
    (.hfTrainer, trainer), (.megatron, megatron), (.llmc, llmc), (.nanogpt, nanogpt),
    (.sacct, sacct), (.dcgm, dcgm), (.wandb, wandb), (.csv, csv), (.jsonl, jsonl),
  ]
}

/// A file that lives as long as the value.
final class Scratch {
  let path: String

  init(_ bytes: [UInt8]) throws {
    path = FileManager.default.temporaryDirectory.path + "/importers-" + UUID().uuidString
    try Data(bytes).write(to: URL(fileURLWithPath: path))
  }

  convenience init(_ text: String) throws { try self.init(Array(text.utf8)) }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

func imported(
  _ text: String, _ kind: LogKind? = nil, _ hints: ImportHints = ImportHints()
) throws -> ImportedRun {
  let file = try Scratch(text)
  return try ImportedRun.importLog(path: file.path, as: kind, hints: hints)
}

func code(of text: String, as kind: LogKind? = nil) throws -> String? {
  let file = try Scratch(text)
  do throws(Problem) {
    _ = try ImportedRun.importLog(path: file.path, as: kind)
    return nil
  } catch {
    return error.code
  }
}

extension ImportedRun {
  func warns(_ part: String) -> Bool { warnings.contains { $0.contains(part) } }
}
