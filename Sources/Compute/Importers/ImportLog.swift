public import Ground

extension ImportedRun {
  /// Reads a training log.
  ///
  /// Rows that cannot be read are in `problems`, and the rest is read on; only a file that cannot
  /// be read as its kind at all is refused.
  /// - Parameters:
  ///   - source: The file, or what was sent.
  ///   - kind: The kind of log; nil to tell it from the first bytes.
  ///   - hints: Facts that the file does not hold.
  ///   - progress: Hears the number of bytes read, after each chunk.
  /// - Returns: What the file tells, together with the hints.
  /// - Throws: `ground.file-not-found`, `ground.file-is-directory`, `ground.file-unreadable`,
  ///   `compute.import-empty`, `compute.import-compressed`, `compute.import-encoding`,
  ///   `compute.import-unknown-kind`, `compute.import-wrong-kind`, `compute.import-not-json`,
  ///   `compute.import-too-many`.
  public static func importLog(
    _ source: ByteSource, as kind: LogKind? = nil, hints: ImportHints = ImportHints(),
    progress: ((Int) -> Void)? = nil
  ) throws(Problem) -> ImportedRun {
    let path = source.name
    let lines = ByteLines(try source.stream(progress: progress))
    let head = try lines.peek()
    guard !head.isEmpty else { throw .importEmpty(path) }
    try refuseForeign(head, path)
    guard let kind = kind ?? LogKind.detected(in: head) else { throw .importUnknownKind(path) }
    var run = ImportedRun(file: path, kind: kind)
    switch kind {
    case .hfTrainer: try TrainerStateLog.read(lines, hints, into: &run)
    case .megatron: try MegatronLog.read(lines, hints, into: &run)
    case .llmc: try LlmcLog.read(lines, into: &run)
    case .nanogpt: try NanoGPTLog.read(lines, hints, into: &run)
    case .sacct: try SacctLog.read(lines, hints, into: &run)
    case .dcgm: try TelemetryLog.read(lines, into: &run)
    case .wandb: try WandbLog.read(lines, into: &run)
    case .csv: try TableLog.readCSV(lines, into: &run)
    case .jsonl: try TableLog.readJSON(lines, into: &run)
    }
    for problem in lines.problems { run.report(problem) }
    run.settle(hints)
    return run
  }

  /// Reads a training log from a file; `-` is standard input.
  ///
  /// - Throws: as from any source.
  public static func importLog(
    path: String, as kind: LogKind? = nil, hints: ImportHints = ImportHints(),
    progress: ((Int) -> Void)? = nil
  ) throws(Problem) -> ImportedRun {
    try importLog(ByteSource(path: path), as: kind, hints: hints, progress: progress)
  }

  /// Compressed files and UTF-16, told by their first bytes.
  private static func refuseForeign(_ head: UnsafeRawBufferPointer, _ path: String)
    throws(Problem)
  {
    guard head.count >= 2 else { return }
    let isCompressed =
      head.starts(with: [0x1F, 0x8B]) || head.starts(with: [0x28, 0xB5, 0x2F, 0xFD])
      || head.starts(with: [0xFD, 0x37, 0x7A, 0x58]) || head.starts(with: [0x42, 0x5A, 0x68])
      || head.starts(with: [0x50, 0x4B, 0x03, 0x04])
    if isCompressed { throw .importCompressed(path) }
    if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) {
      throw .importEncoding(path)
    }
  }
}

extension Problem {
  static func importEmpty(_ file: String) -> Problem {
    Problem(
      "compute.import-empty", what: "the log \"\(file)\" is empty",
      why: "an empty log says nothing of a run", mend: "give the whole log",
      places: [Place(file)])
  }

  static func importCompressed(_ file: String) -> Problem {
    Problem(
      "compute.import-compressed", what: "the log \"\(file)\" is compressed",
      why: "logs are read as plain text",
      mend: "unpack it first and give - as the file, such as: zcat log.gz | systemic … -",
      places: [Place(file)])
  }

  static func importEncoding(_ file: String) -> Problem {
    Problem(
      "compute.import-encoding", what: "the log \"\(file)\" is written in UTF-16",
      why: "logs are read as UTF-8",
      mend: "convert it first: iconv -f UTF-16 -t UTF-8 log > log.utf8", places: [Place(file)])
  }

  static func importUnknownKind(_ file: String) -> Problem {
    Problem(
      "compute.import-unknown-kind", what: "the kind of the log \"\(file)\" cannot be told",
      why: "its beginning looks like none of "
        + LogKind.allCases.map(\.rawValue).joined(separator: ", "),
      mend: "name the kind", places: [Place(file)])
  }

  static func importWrongKind(_ file: String, _ kind: LogKind, understood: String) -> Problem {
    Problem(
      "compute.import-wrong-kind", what: "nothing in \"\(file)\" is that of a \(kind.title)",
      why: "understood would be: \(understood)",
      mend: "name another kind, or check that the file is whole", places: [Place(file)])
  }

  static func importTooMany(_ file: String, _ what: String, limit: Int) -> Problem {
    Problem(
      "compute.import-too-many", what: "\"\(file)\" names more than \(limit) \(what)",
      why: "each has to be remembered so that none is counted twice",
      mend: "split the file and import the parts", places: [Place(file)])
  }
}
