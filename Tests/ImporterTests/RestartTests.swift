import Compute
import Foundation
import Testing

@Suite("Restarts and tables of runs")
struct RestartTests {
  private func run(_ text: String, _ kind: LogKind) throws -> ImportedRun {
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try text.write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    return try ImportedRun.importLog(path: file.path, as: kind)
  }

  @Test("A running total that falls where the steps fall is still a running total")
  func restarts() throws {
    let rows = [100, 200, 300, 100, 200, 100, 200, 300].map { "\($0),\($0 * 1000)" }
    let run = try run("step,tokens\n" + rows.joined(separator: "\n") + "\n", .csv)
    #expect(run.tokens == 300_000)
  }

  @Test("A column that does not rise holds the amount of each row")
  func perRow() throws {
    let run = try run("step,tokens\n1,500\n2,500\n3,500\n", .csv)
    #expect(run.tokens == 1500 && run.warnings.contains { $0.contains("does not rise") })
  }

  @Test("A table of several Weights & Biases runs is not one run")
  func tableOfRuns() throws {
    let head = "Name,State,Runtime,train/global_step,train/num_input_tokens_seen\n"
    let one = try run(head + "a,finished,100,100,1000000\n", .wandb)
    #expect(one.tokens == 1_000_000 && one.trainTimeSeconds == 100)
    let two = try run(head + "a,finished,100,100,1000000\nb,finished,300,300,3000000\n", .wandb)
    #expect(two.tokens == nil && two.warnings.contains { $0.contains("2 runs") })
  }
}
