internal import Duties
public import Ground
public import Journal
internal import Sealing

/// Audits a workspace: entries, hashes, signatures, contents, cached states and evidence files, against each other and
/// against what others kept.
///
/// Reads only, beside a running writer too; memory does not grow with the entries.
public struct VerifyWorkspace: Sendable {
  let workspace: OpenWorkspace
  /// Signed heads that somebody kept, with where they come from.
  public var retained: [(note: [UInt8], place: String)] = []
  /// Keys of logs that the user got from elsewhere: each must be the one in use.
  public var logKeys: [VerifierKey] = []
  /// Keys of witnesses, each of which must have signed the newest checkpoint of each log.
  public var witnesses: [VerifierKey] = []

  /// An audit of a workspace.
  public init(_ workspace: OpenWorkspace) { self.workspace = workspace }

  /// Audits the workspace.
  ///
  /// - Parameter progress: Hears the steps done and the steps there are: each entry counts twice, for its hash and for its
  ///   content.
  /// - Throws: `workspace.not-allowed`, `journal.bad-key`, `workspace.bad-description`, `store.*` when the store cannot be
  ///   read at all.
  public func report(
    progress: (@Sendable (_ done: Int, _ total: Int) -> Void)? = nil
  ) async throws(Problem) -> WorkspaceReport {
    try await workspace.authorise(.verify)
    var report = WorkspaceReport()
    var heads: [LogName: HeadAudit] = [:]
    for log in LogName.allCases { heads[log] = try await signedHeads(log) }
    takeRetained(&heads, &report)
    var total = 0
    for log in LogName.allCases { total += ((try? await workspace.store.head(log).size) ?? 0) * 2 }
    let steps = total
    var done = 0
    for log in LogName.allCases {
      guard let head = heads[log] else { continue }
      let before = done
      var audit = LogAudit(workspace.store, log, wanted: head.sizes) {
        progress?(before + $0, steps)
      }
      try await audit.run()
      done += audit.tree.size
      heads[log] = finish(head, audit, &report)
    }
    var records = RecordsAudit(workspace, sizes: report.logs)
    try await records.run { [done] in progress?(done + $0, steps) }
    try await close(&report, heads, records)
    return report
  }

  // MARK: Heads

  private func signedHeads(_ log: LogName) async throws(Problem) -> HeadAudit {
    var head = HeadAudit(log, trust: try LogKeys(log, of: workspace.description))
    head.take(try await workspace.store.checkpoints(log))
    head.take(file: try NoteFile.bytesIfThere(workspace.folder.head(log)))
    return head
  }

  private func takeRetained(_ heads: inout [LogName: HeadAudit], _ report: inout WorkspaceReport) {
    for (bytes, place) in retained {
      do {
        let note = try SignedCheckpoint(bytes)
        let origin = note.checkpoint.origin
        guard
          let log = LogName.allCases.first(where: {
            workspace.description.origin($0).utf8.elementsEqual(origin.utf8)
          })
        else {
          report.add(
            Finding(
              "retained-signature", file: place,
              what: "The head that was kept is one of “\(origin)”, which is no log of this "
                + "workspace."))
          continue
        }
        heads[log]?.take(retained: note, from: place)
      } catch {
        report.add(
          Finding(
            "retained-unreadable", file: place,
            what: "The head that was kept is not a signed checkpoint: \(error.why)."))
      }
    }
  }

  /// Compares the heads with the log that was read, and reports both.
  private func finish(
    _ head: HeadAudit, _ audit: LogAudit, _ report: inout WorkspaceReport
  ) -> HeadAudit {
    var head = head
    head.compare(audit.tree)
    report.add(audit.findings)
    report.add(head.findings)
    report.notes += audit.notes
    report.counts.entries += audit.tree.size
    report.counts.nodes += audit.nodes
    report.counts.checkpoints += head.checked - head.retained
    report.counts.retained += head.retained
    var log = WorkspaceReport.Log(log: audit.log, origin: head.trust.origin)
    log.size = audit.tree.size
    log.root = audit.tree.firstHole == nil ? audit.tree.byEntries.root.hex : nil
    log.checkpoints = head.checkpoints
    log.signedSize = min(head.signedSize, log.size)
    log.witnessedSize = min(head.witnessedSize, log.size)
    report.logs.append(log)
    return head
  }

  // MARK: The end

  private func close(
    _ report: inout WorkspaceReport, _ heads: [LogName: HeadAudit], _ records: RecordsAudit
  ) async throws(Problem) {
    report.add(records.findings)
    report.add(records.evidence.findings)
    report.notes += try records.notes()
    report.counts.records = records.counts.records
    report.counts.contents = records.counts.contents
    report.counts.erasedContents = records.counts.erasedContents
    report.counts.erasedRecords = records.counts.erasedRecords
    report.counts.closedContents = records.counts.closedContents
    report.counts.files = records.evidence.files
    report.counts.bytes = records.evidence.bytes
    report.add(records.keyList.findings(workspace.description))
    for log in LogName.allCases {
      guard let head = heads[log] else { continue }
      // Whom the workspace trusts stands in contents, which cannot be opened without its keys.
      if !workspace.keys.isAbsent {
        report.add(records.keyList.findings(strangers: head.strangers))
      }
      if let finding = try await lasting(head) { report.add(finding) }
    }
    report.add(askedKeys(heads))
    report.notes += earlierKeys(heads)
    for fault in try await workspace.store.faults() {
      report.add(Finding(fault.code, file: "journal.sqlite/" + fault.table, what: fault.what))
    }
    report.notProven = NotProven(report, retained: retained.count, records.timestamps).sentences
  }

  /// What differs between the file in `heads/` and the store, unless a checkpoint was just being published.
  private func lasting(_ head: HeadAudit) async throws(Problem) -> Finding? {
    guard let finding = head.fileFinding else { return nil }
    return try await signedHeads(head.log).fileFinding == finding ? finding : nil
  }

  /// Keys that the user holds and that were followed by others: that a checkpoint carries both signatures was checked.
  private func earlierKeys(_ heads: [LogName: HeadAudit]) -> [String] {
    heads.values.map(\.trust).compactMap { trust in
      guard let last = trust.keys.last, logKeys.contains(where: { trust.keys.contains($0) }),
        !logKeys.contains(last)
      else { return nil }
      return "The key of “\(trust.origin)” that was given is an earlier one; it handed over to "
        + "\(last.text) under both signatures."
    }
  }

  /// Keys that the user holds and the workspace never used.
  private func askedKeys(_ heads: [LogName: HeadAudit]) -> [Finding] {
    let own = heads.values.map(\.trust)
    var findings: [Finding] = []
    for key in logKeys where !own.contains(where: { $0.keys.contains(key) }) {
      findings.append(
        Finding(
          "vkey-differs", file: "systemic.json", expected: key.text,
          what: "The key that was given signs no log of this workspace."))
    }
    for witness in witnesses {
      for head in heads.values.sorted(by: { $0.log.rawValue < $1.log.rawValue })
      where !head.isWitnessed(by: witness) {
        findings.append(
          Finding(
            "witness-missing", in: head.log, expected: witness.text,
            what: "The witness “\(witness.name)” did not sign the newest checkpoint of the "
              + "\(head.log.rawValue) log."))
      }
    }
    return findings
  }
}

extension HeadAudit {
  /// Whether the newest checkpoint carries a good signature of a witness.
  func isWitnessed(by witness: VerifierKey) -> Bool {
    guard let newest = signed.last(where: { !$0.isRetained && !$0.place.hasPrefix("heads/") })
    else {
      return false
    }
    return (try? newest.note.note.verified(by: [witness])) != nil
  }
}
