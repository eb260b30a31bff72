internal import Ground

/// What an audit of a workspace does not show, in plain sentences.
struct NotProven {
  let sentences: [String]

  init(_ report: WorkspaceReport, retained: Int, _ timestamps: Int) {
    var sentences = [
      "That what was recorded is true: the journal shows that it was not changed since.",
      "That nothing was left out before it was recorded: a log holds what it was given.",
    ]
    let isWitnessed = report.logs.contains { $0.witnessedSize > 0 }
    sentences.append(
      "That the recorded times are right: they are the clock of this machine"
        + (isWitnessed ? ", except that a witness saw a log not later than it says" : "")
        + (timestamps > 0
          ? "; \(timestamps) \(timestamps == 1 ? "timestamp" : "timestamps") of an outside authority "
            + "can be checked with systemic journal timestamp verify --ca FILE" : "") + ".")
    for log in report.logs {
      if let sentence = NotProven.unsigned(log) { sentences.append(sentence) }
    }
    for log in report.logs {
      if let sentence = NotProven.unwitnessed(log) { sentences.append(sentence) }
    }
    if retained == 0 {
      sentences.append(
        "That the whole workspace was not replaced by an older copy, or rewritten with its keys: no "
          + "head that somebody else kept was given (--head FILE).")
    }
    let closed = report.counts.closedContents
    if closed > 0 {
      sentences.append(
        "What \(closed) \(closed == 1 ? "content says" : "contents say"), that they fit their commitments, and which "
          + "were erased lawfully: the keys of the workspace are not here (systemic key import FILE)."
      )
    }
    let erased = report.counts.erasedContents
    if erased > 0 {
      sentences.append(
        erased == 1
          ? "What the one erased content was: it is gone, and only its commitment can still be seen."
          : "What the \(erased) erased contents were: they are gone, and only their commitments can "
            + "still be seen.")
    }
    sentences.append(
      "That a request which is repeated gets its first answer: the list of such requests is not in "
        + "the journal.")
    self.sentences = sentences
  }

  private static func unsigned(_ log: WorkspaceReport.Log) -> String? {
    guard log.signedSize < log.size else { return nil }
    return
      "That \(range(log.signedSize, log.size)) of the \(log.log.rawValue) log \(verb(log.signedSize, log.size)) "
      + "still as written: no checkpoint covers \(object(log.signedSize, log.size)) yet, and whoever has the files "
      + "could change \(object(log.signedSize, log.size)) together with the hashes (systemic journal checkpoint)."
  }

  private static func unwitnessed(_ log: WorkspaceReport.Log) -> String? {
    let size = min(log.size, log.signedSize)
    guard log.witnessedSize < size else { return nil }
    return "That \(range(log.witnessedSize, size)) of the \(log.log.rawValue) log "
      + "\(verb(log.witnessedSize, size)) shown to everybody alike: no trusted witness signed a "
      + "checkpoint that covers \(object(log.witnessedSize, size))."
  }

  private static func range(_ from: Int, _ until: Int) -> String {
    until - from == 1 ? "entry \(from)" : "entries \(from) to \(until - 1)"
  }

  private static func object(_ from: Int, _ until: Int) -> String {
    until - from == 1 ? "it" : "them"
  }

  private static func verb(_ from: Int, _ until: Int) -> String { until - from == 1 ? "is" : "are" }
}
