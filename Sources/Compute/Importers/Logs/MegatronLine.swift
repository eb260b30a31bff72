import Ground

/// One step line of Megatron-LM or Megatron-DeepSpeed, as far as it is read.
///
/// Read are `iteration N/ M`, `consumed samples`, `consumed tokens`, `elapsed time per iteration
/// (ms)` or `(s)`, `TFLOPs` and `throughput per GPU (TFLOP/s/GPU)`. A field counts only when its `|`
/// is there.
/// Source: Megatron-LM, megatron/training/training.py, training_log; Megatron-DeepSpeed, same file.
struct MegatronLine {
  let step: Int
  let total: Int?
  var samples: UInt128?
  var tokens: UInt128?
  var elapsedSeconds: Double?
  /// TFLOP per second and GPU; with recomputation in `TFLOPs`, without in `throughput per GPU`.
  var teraFLOP: Double?
  var isModelFLOP = false
  /// The last field has no `|` behind it.
  var isCut = false
  /// A field whose value is no number.
  var badField: String?

  /// The step line in the bytes; nil when they are another line.
  init?(_ line: UnsafeRawBufferPointer) {
    guard let (step, total, start) = MegatronLine.step(in: line) else { return nil }
    self.step = step
    self.total = total
    guard start > 0 else {
      isCut = true
      return
    }
    var from = start
    while let stop = line.offset(of: 0x7C, from: from) {
      take(LogBytes.trimmed(UnsafeRawBufferPointer(rebasing: line[from..<stop])))
      from = stop + 1
    }
    let last = LogBytes.rest(line, from: from)
    // Some logs lost the last `|` in copying: a whole last field with a decimal point is taken.
    if last.has("TFLOPs:"), let dot = last.offset(of: 0x2E), last.count - dot == 3 {
      take(LogBytes.trimmed(last))
    } else {
      isCut = from < line.count && !last.isEmpty
    }
  }

  /// `iteration N/ M |`: the numbers and where the fields begin, 0 when the line ends before them.
  static func step(in line: UnsafeRawBufferPointer) -> (Int, Int?, Int)? {
    guard let found = line.offset(of: "iteration ") else { return nil }
    if found > 0, !LogBytes.isSpace(line[found - 1]), line[found - 1] != 0x5D { return nil }
    var text = LogBytes.rest(line, from: found + 9)
    guard let (number, length) = LogNumber.prefix(text), let step = number.count,
      number.exponent == 0
    else { return nil }
    text = LogBytes.rest(text, from: length)
    guard text.first == 0x2F else { return nil }
    text = LogBytes.rest(text, from: 1)
    var total: Int?
    if text.has("infinity") {
      text = LogBytes.rest(text, from: 8)
    } else if let (number, length) = LogNumber.prefix(text), let count = number.count {
      total = count
      text = LogBytes.rest(text, from: length)
    } else if !text.isEmpty {
      return nil
    }
    if text.isEmpty { return (step, nil, 0) }
    return text.first == 0x7C ? (step, total, line.count - text.count + 1) : nil
  }

  private mutating func take(_ field: UnsafeRawBufferPointer) {
    switch field.first {
    case 0x63:
      if field.has("consumed samples:") { samples = number(field, 17)?.whole }
      if field.has("consumed tokens:") { tokens = number(field, 16)?.whole }
    case 0x65:
      if field.has("elapsed time per iteration (ms):") {
        elapsedSeconds = number(field, 32)?.amount.map { $0 / 1000 }
      }
      if field.has("elapsed time per iteration (s):") {
        elapsedSeconds = number(field, 31)?.amount
      }
    case 0x54: if field.has("TFLOPs:") { teraFLOP = number(field, 7)?.amount }
    case 0x74:
      if field.has("throughput per GPU (TFLOP/s/GPU):") {
        teraFLOP = number(field, 33)?.amount
        isModelFLOP = true
      }
    default: break
    }
  }

  /// The number behind a field's name; some forks print `value/mean`.
  private mutating func number(_ field: UnsafeRawBufferPointer, _ from: Int) -> LogNumber? {
    let text = LogBytes.rest(field, from: from)
    if let (number, length) = LogNumber.prefix(text), length == text.count || text[length] == 0x2F,
      !number.isNegative
    {
      return number
    }
    if badField == nil { badField = LogBytes.excerpt(field) }
    return nil
  }
}
