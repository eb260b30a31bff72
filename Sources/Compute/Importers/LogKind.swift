import Ground

/// A kind of training log that can be read.
public enum LogKind: String, CaseIterable, Sendable {
  /// `trainer_state.json` of the Hugging Face Trainer.
  case hfTrainer = "hf-trainer"
  /// What Megatron-LM and Megatron-DeepSpeed print.
  case megatron
  /// `main.log` of llm.c, or what it prints.
  case llmc
  /// What nanoGPT prints.
  case nanogpt
  /// `sacct --parsable2` of Slurm.
  case sacct
  /// Telemetry of GPUs: Prometheus text of the DCGM exporter, or CSV.
  case dcgm
  /// CSV export of Weights & Biases.
  case wandb
  /// A plain table.
  case csv
  /// A plain table, one JSON object a line.
  case jsonl

  /// What the kind is, for messages.
  public var title: String {
    switch self {
    case .hfTrainer: "trainer_state.json of the Hugging Face Trainer"
    case .megatron: "Megatron-LM or Megatron-DeepSpeed log"
    case .llmc: "llm.c log"
    case .nanogpt: "nanoGPT output"
    case .sacct: "sacct --parsable2 table"
    case .dcgm: "DCGM or power telemetry"
    case .wandb: "Weights & Biases CSV export"
    case .csv: "CSV table"
    case .jsonl: "JSON Lines table"
    }
  }
}

extension LogKind {
  /// The kind that the first bytes of a file show, or nil when they show none.
  static func detected(in head: UnsafeRawBufferPointer) -> LogKind? {
    var start = 0
    while start < head.count, LogBytes.isSpace(head[start]) { start += 1 }
    let text = UnsafeRawBufferPointer(rebasing: head[start...])
    guard let first = text.first else { return nil }
    if first == 0x7B { return json(text) }
    let stop = text.offset(of: 0x0A) ?? text.count
    let header = LogBytes.trimmed(UnsafeRawBufferPointer(rebasing: text[..<stop]))
    return table(header) ?? lines(text)
  }

  private static func json(_ text: UnsafeRawBufferPointer) -> LogKind? {
    if text.offset(of: "\"log_history\"") != nil { return .hfTrainer }
    let stop = text.offset(of: 0x0A) ?? text.count
    let line = LogBytes.trimmed(UnsafeRawBufferPointer(rebasing: text[..<stop]))
    if line.count > 1, line.last == 0x7D { return .jsonl }
    return text.offset(of: "\"global_step\"") == nil ? nil : .hfTrainer
  }

  /// By the names in the header of a table.
  private static func table(_ header: UnsafeRawBufferPointer) -> LogKind? {
    guard header.count < 1 << 20, header.first != 0x23 else { return nil }
    let text = String(decoding: header, as: UTF8.self)
    if text.contains("|") {
      let names = text.split(separator: "|", omittingEmptySubsequences: false).map(LogName.plain)
      let isSacct = names.contains("jobid") || names.contains("jobidraw")
      return isSacct && names.count > 1 ? .sacct : nil
    }
    let cells = text.split(separator: ",", omittingEmptySubsequences: false)
      .map { $0.filter { $0 != "\"" } }
    if WandbColumns.recognise(cells) { return .wandb }
    if TelemetryColumns(cells).isUsable { return .dcgm }
    return cells.contains { TableColumn(name: LogName.plain($0)) != nil } ? .csv : nil
  }

  /// By the first line that one of the tools would have written.
  private static func lines(_ text: UnsafeRawBufferPointer) -> LogKind? {
    var start = 0
    while start < text.count {
      let stop = text.offset(of: 0x0A, from: start) ?? text.count
      let line = LogBytes.trimmed(UnsafeRawBufferPointer(rebasing: text[start..<stop]))
      if line.has("# HELP DCGM_") || line.has("DCGM_FI_") { return .dcgm }
      if LlmcLog.recognises(line) { return .llmc }
      if NanoGPTLog.recognises(line) { return .nanogpt }
      if MegatronLine.step(in: line) != nil { return .megatron }
      start = stop + 1
    }
    return nil
  }
}
