public import Ground
public import Journal

extension WorkspaceReport {
  /// For machines: `ok`, `size`, `root` (of the regulatory log), `logs`, `findings`, `not_proven`, `notes`, `checked`.
  public var json: JSON {
    let main = self[.regulatory]
    return .object([
      ("ok", .bool(isOK)), ("size", JSON(main?.size)), ("root", JSON(main?.root)),
      ("logs", .object(logs.map { ($0.log.rawValue, $0.json) })),
      ("findings", .array(findings.map(\.json))), ("omitted", .int(omitted)),
      ("not_proven", JSON(notProven)), ("notes", JSON(notes)), ("checked", counts.json),
    ])
  }
}

extension WorkspaceReport.Log {
  fileprivate var json: JSON {
    .object([
      ("origin", .string(origin)), ("size", .int(size)), ("root", JSON(root)),
      ("checkpoints", .int(checkpoints)), ("signed_size", .int(signedSize)),
      ("witnessed_size", .int(witnessedSize)),
    ])
  }
}

extension WorkspaceReport.Counts {
  fileprivate var json: JSON {
    .object([
      ("entries", .int(entries)), ("nodes", .int(nodes)), ("checkpoints", .int(checkpoints)),
      ("retained_heads", .int(retained)), ("records", .int(records)),
      ("contents", .int(contents)), ("erased_contents", .int(erasedContents)),
      ("erased_records", .int(erasedRecords)), ("closed_contents", .int(closedContents)),
      ("evidence_files", .int(files)), ("evidence_bytes", .int(bytes)),
    ])
  }
}

extension VerificationReport {
  /// For machines: `ok`, `origin`, `size`, `root`, `findings`, `not_proven`, `cosignatures`.
  public var json: JSON {
    .object([
      ("ok", .bool(isOK)), ("origin", JSON(origin)), ("size", JSON(size)), ("root", JSON(root)),
      ("findings", .array(findings.map(\.json))), ("omitted", .int(omitted)),
      ("not_proven", JSON(notProven)), ("cosignatures", .array(cosignatures.map(\.json))),
    ])
  }
}

extension VerifyExports {
  /// For machines: the report of one log, or of several `ok`, `size` and `root` of the regulatory one, `logs`, all
  /// `findings`, `not_proven`.
  public static func json(_ reports: [(name: String?, report: VerificationReport)]) -> JSON {
    if reports.count == 1, let one = reports.first?.report { return one.json }
    let main = reports.first { $0.name == LogName.regulatory.rawValue }?.report
    var sentences: [String] = []
    for sentence in reports.flatMap(\.report.notProven) where !sentences.contains(sentence) {
      sentences.append(sentence)
    }
    return .object([
      ("ok", .bool(reports.allSatisfy(\.report.isOK))), ("size", JSON(main?.size)),
      ("root", JSON(main?.root)),
      ("logs", .object(reports.map { ($0.name ?? "", $0.report.json) })),
      ("findings", .array(reports.flatMap(\.report.findings).map(\.json))),
      ("not_proven", JSON(sentences)),
    ])
  }
}

extension CheckProof.Shown {
  /// For machines: `ok`, `origin`, `index`, `size`, `record`, `version`, `event`, `recorded`, `cosignatures`.
  public var json: JSON {
    .object([
      ("ok", .bool(true)), ("origin", .string(origin)), ("index", .int(index)),
      ("size", .int(size)), ("record", JSON(envelope?.record.text)),
      ("version", JSON(envelope?.version)), ("event", JSON(envelope?.event)),
      ("recorded", JSON(envelope?.recorded.utc)),
      ("cosignatures", .array(cosignatures.map(\.json))),
    ])
  }
}

extension Finding {
  /// For machines: `code`, `file`, `entry`, `expected`, `actual`, `what`.
  public var json: JSON {
    .object([
      ("code", .string(code)), ("file", .string(file)), ("entry", JSON(entry)),
      ("expected", JSON(expected)), ("actual", JSON(actual)), ("what", .string(what)),
    ])
  }
}

extension VerifiedSignature {
  /// For machines: `key`, `time`.
  public var json: JSON {
    .object([("key", .string(key.text)), ("time", JSON(time?.utc))])
  }
}
