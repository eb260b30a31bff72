internal import Glibc
public import Ground
internal import Sealing

/// Audits the directory of a log: every byte against the signed root, nothing taken on trust.
///
/// Reads each file once, with two threads; memory does not grow with the entries. Signature lines of
/// unknown keys in `checkpoint` are the only bytes that nothing vouches for.
/// Source: C2SP tlog-tiles, tlog-checkpoint; RFC 6962, section 2.1.
public struct DirectoryVerifier: Sendable {
  /// The directory.
  public var folder: String
  /// The key of the log, from its owner; nil to take the directory's own.
  public var log: VerifierKey?
  /// Keys with which the log signed earlier, for heads that were kept.
  public var earlierKeys: [VerifierKey] = []
  /// Keys of witnesses, each of which must have signed the checkpoint.
  public var witnesses: [VerifierKey] = []
  /// Signed checkpoints of this log that somebody kept.
  public var retained: [[UInt8]] = []

  /// An audit of a directory.
  public init(folder: String, log: VerifierKey? = nil) {
    self.folder = folder
    self.log = log
  }

  /// Audits the directory.
  ///
  /// - Parameter progress: Hears the number of entries done, from either thread.
  /// - Throws: `journal.no-directory` when there is none at all.
  public func report(
    progress: (@Sendable (Int) -> Void)? = nil
  ) async throws(Problem) -> VerificationReport {
    guard isDirectory else { throw .noDirectory(folder) }
    var report = VerificationReport()
    let reading = HeadReading(folder: folder, log: log, witnesses: witnesses)
    for finding in reading.findings { report.add(finding) }
    report.cosignatures = reading.cosignatures
    guard let key = reading.key, let head = reading.head?.checkpoint else {
      report.notProven = [
        "Anything about the entries: without its signed checkpoint a log says nothing."
      ]
      return report
    }
    report.origin = head.origin
    report.size = head.size
    report.root = head.root.hex
    let isCompared = await audit(head, key, &report, progress)
    report.notProven = notProven(isCosigned: !report.cosignatures.isEmpty, isCompared: isCompared)
    return report
  }

  /// Gives whether the log could be compared with heads that were kept.
  private func audit(
    _ head: Checkpoint, _ key: VerifierKey, _ report: inout VerificationReport,
    _ progress: (@Sendable (Int) -> Void)?
  ) async -> Bool {
    let folder = folder
    let reading = await TreeReading.read(folder: folder, size: head.size, progress: progress)
    let isSound = reading.faults.allSatisfy(\.isEmpty) && reading.root == head.root
    if !isSound {
      let findings = await OwnThread.run { Diagnosis(reading, root: head.root).findings }
      for finding in findings { report.add(finding) }
      if report.findings.isEmpty { report.add(.changedMeanwhile) }
    }
    let extra = await OwnThread.run { ExtraFiles.findings(in: folder, size: head.size) }
    for finding in extra { report.add(finding) }
    let kept = await RetainedHeads.findings(
      retained, keys: [key] + earlierKeys, head: head, reading: isSound ? reading : nil)
    for finding in kept { report.add(finding) }
    return isSound
  }

  private func notProven(isCosigned: Bool, isCompared: Bool) -> [String] {
    var sentences = [
      "That nothing was left out before it was written: a log holds what it was given.",
      "That what the entries say is true.",
      "That the times in the entries are right: no timestamp of an outside authority was checked.",
      "What is kept outside the entries: contents and files were not looked at.",
    ]
    if log == nil {
      sentences.append(
        "That the key is the log's own: it was taken from the directory;"
          + " compare it with the one that the owner publishes.")
    }
    if !isCosigned {
      sentences.append(
        "That everybody is shown the same log: no signature of a known witness was checked.")
    } else {
      sentences.append("That the witnesses are independent of whoever keeps the log.")
    }
    if retained.isEmpty {
      sentences.append(
        "That the log was not replaced as a whole since somebody last saw it:"
          + " no earlier head was given to compare.")
    } else if !isCompared {
      sentences.append(
        "That the log still begins as the earlier heads say: damage keeps it from being compared.")
    }
    return sentences
  }

  private var isDirectory: Bool {
    var status = stat()
    return !folder.utf8.contains(0) && stat(folder, &status) == 0
      && status.st_mode & S_IFMT == S_IFDIR
  }
}

extension Finding {
  /// What the first pass saw and the second did not.
  fileprivate static let changedMeanwhile = Finding(
    "changed-meanwhile", file: "tile",
    what: "Files were changed while they were read: audit a copy that nobody writes to.")
}

extension Problem {
  fileprivate static func noDirectory(_ folder: String) -> Problem {
    Problem(
      "journal.no-directory", what: "there is no directory \"\(folder)\"",
      why: "an exported log is a directory with checkpoint, vkey and tile",
      mend: "check the spelling of the path", places: [Place(folder)])
  }
}
