internal import GRDB
internal import Ground

/// What the stores refuse, in words: one place for the problems of this room.
enum StoreProblem {
  static func versionConflict(_ record: RecordID, made version: Int, newest: Int) -> Problem {
    Problem(
      "store.version-conflict",
      what: "\(record.text) is at version \(newest); a change was made for version \(version)",
      why: "a change follows the newest version of its record, so that none is overwritten",
      mend: "read the record again, and make the change again if it is still right",
      places: [Place(record.text)])
  }

  static func logGrown(_ record: RecordID, decidedAt size: Int, now: Int) -> Problem {
    Problem(
      "store.log-grown",
      what: "\(record.text) was decided on \(size) entries, and the log now has \(now)",
      why: "it rests on other records, which may have changed at the same moment",
      mend: "look at it again, and decide again if it is still right", places: [Place(record.text)])
  }

  static func epochEnded(_ record: RecordID, made epoch: Int, newest: Int) -> Problem {
    Problem(
      "store.epoch-ended",
      what: "the key of \(record.text) is wrapped under epoch \(epoch); epoch \(newest) has begun",
      why: "the keys of epochs that have ended are destroyed, and what they wrap is lost",
      mend: "read the keys of the workspace again, and make the change again",
      places: [Place(record.text)])
  }

  static func wrongLog(_ record: RecordID, kept: LogName, asked: LogName) -> Problem {
    Problem(
      "store.wrong-log",
      what: "\(record.text) stands in the \(kept.rawValue) log, not in \(asked.rawValue)",
      why: "all events of a record are in one log", mend: "append to the log of the record",
      places: [Place(record.text)])
  }

  static func entryTooLarge(_ record: RecordID, bytes: Int) -> Problem {
    Problem(
      "store.entry-too-large",
      what: "an entry of \(record.text) has \(bytes) bytes",
      why: "an entry has at most \(Envelope.largestEntry) bytes",
      mend: "put what is long into the content, which is kept beside the entry",
      places: [Place(record.text)])
  }

  static func contentTooLarge(_ record: RecordID, bytes: Int) -> Problem {
    Problem(
      "store.content-too-large",
      what: "the content or state of \(record.text) has \(bytes) bytes",
      why: "content and state have at most \(StoreLimits.largestContent) bytes each",
      mend: "attach what is long as an evidence file", places: [Place(record.text)])
  }

  static func tooManyDrafts(_ count: Int) -> Problem {
    Problem(
      "store.too-many-drafts", what: "one request brings \(count) changes",
      why: "a request is one transaction, of at most \(StoreLimits.draftsPerRequest) changes",
      mend: "send the changes in several requests")
  }

  static func unknownRecord(_ record: RecordID) -> Problem {
    Problem(
      "store.unknown-record", what: "there is no record \(record.text)",
      why: "only a record that was made can be changed or erased",
      mend: "check the name of the record", places: [Place(record.text)])
  }

  static func busy(_ tuning: Tuning) -> Problem {
    Problem(
      "store.busy", what: "too much is waiting to be written",
      why:
        "at most \(tuning.waitingDrafts) changes and \(tuning.waitingBytes >> 20) MiB wait at a time",
      mend: "wait a moment and send the request again")
  }

  static var closed: Problem {
    Problem(
      "store.closed", what: "the store was closed", why: "a closed store does no more work",
      mend: "open the workspace again")
  }

  static var cancelled: Problem {
    Problem(
      "store.cancelled", what: "the request was cancelled before it had an answer",
      mend: "ask again if the answer is still wanted")
  }

  static func readOnly(_ path: String) -> Problem {
    Problem(
      "store.read-only", what: "nothing can be written to \(path)",
      why: "it was opened for reading, or the file, its folder or the disk is read-only",
      mend: "give the owner the right to write to the file and its folder, and open it again",
      places: [Place(path)])
  }

  static func erasurePending(_ path: String) -> Problem {
    Problem(
      "store.erasure-pending",
      what: "the erasure is recorded, but a reader still keeps the erased bytes in \(path)-wal",
      why: "the write-ahead log is cut only when nobody reads an older state from it",
      mend: "end other programs that read the store; it is tried again after each change, and at "
        + "the next opening", places: [Place(path)])
  }

  static func broken(_ path: String, code: Int32) -> Problem {
    Problem(
      "store.broken",
      what: "what was to be written to \(path) was not taken"
        + (code == 0 ? "" : " (SQLite error \(code))"),
      why: "whether the changes of this request are kept is known only after opening again; "
        + "until then nothing more is written",
      mend: "check the disk and open the workspace again; a request that is repeated under its "
        + "idempotency key is not written twice", places: [Place(path)])
  }

  static func damaged(_ path: String, _ what: String, at label: String = "") -> Problem {
    Problem(
      "store.damaged", what: "\(path) is damaged: \(what)",
      why: "what is stored must fit its own hashes before anything is added",
      mend: "keep the file, run `systemic journal verify`, and restore the newest backup",
      places: [Place(path, label: label)])
  }

  static func full(_ path: String) -> Problem {
    Problem(
      "store.full", what: "there is no room left to write to \(path)",
      why: "a change that cannot be kept whole is not kept at all",
      mend: "free space on the disk and send the request again", places: [Place(path)])
  }

  static func notOpened(_ path: String) -> Problem {
    Problem(
      "store.not-opened", what: "\(path) cannot be opened",
      why: "the file, its folder or the files beside it (-wal, -shm) cannot be read or made",
      mend: "check that the folder exists and who may read and write it", places: [Place(path)])
  }

  static func copyExists(_ path: String) -> Problem {
    Problem(
      "store.copy-exists", what: "\(path) is there already",
      why: "a copy never takes the place of another file", mend: "choose another name",
      places: [Place(path)])
  }

  static func notFound(_ path: String) -> Problem {
    Problem(
      "store.not-found", what: "there is no store at \(path)",
      why: "the file is missing or empty, and a store is made only when a workspace is made",
      mend: "check the path, restore the newest backup, or run `systemic init`",
      places: [Place(path)])
  }

  static func notDurable(_ path: String, setting: String) -> Problem {
    Problem(
      "store.not-durable", what: "SQLite does not keep \(setting) on for \(path)",
      why: "without it an acknowledged change could be lost or an entry removed",
      mend: "use the SQLite library that the program was tested with (Debian 12, or newer)",
      places: [Place(path)])
  }

  static func foreign(_ path: String) -> Problem {
    Problem(
      "store.foreign", what: "\(path) is not a store of Systemic",
      why: "a store is an SQLite database that bears Systemic's mark in its header",
      mend: "name the workspace's own file; what is there is left as it is",
      places: [Place(path)])
  }

  static func newer(_ path: String, version: Int, known: Int) -> Problem {
    Problem(
      "store.newer", what: "\(path) has form \(version); this program knows forms up to \(known)",
      why: "a store that a newer program wrote is not touched by an older one",
      mend: "install the newer program", places: [Place(path)])
  }

  /// What an error of SQLite means for who asked; everything but a `Problem` loses its details
  /// here, because messages of SQLite may quote what was stored.
  static func of(_ error: any Error, _ path: String) -> Problem {
    if let problem = error as? Problem { return problem }
    if error is CancellationError { return cancelled }
    guard let error = error as? DatabaseError else { return broken(path, code: 0) }
    // The shared memory beside the log could not be made larger: nothing was written yet, and no room is why.
    if error.extendedResultCode == .SQLITE_IOERR_SHMSIZE { return full(path) }
    switch error.resultCode {
    case .SQLITE_FULL: return full(path)
    case .SQLITE_READONLY, .SQLITE_PERM: return readOnly(path)
    case .SQLITE_CORRUPT: return damaged(path, "its pages do not fit together")
    case .SQLITE_ERROR, .SQLITE_SCHEMA: return damaged(path, "its tables are not those of a store")
    case .SQLITE_NOTADB: return foreign(path)
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      return Problem(
        "store.locked", what: "another program holds \(path) for writing",
        why: "only the process that opened the workspace writes to it",
        mend: "end the other program; read the file with `sqlite3 'file:…?mode=ro'` only",
        places: [Place(path)])
    case .SQLITE_CANTOPEN: return notOpened(path)
    default: return broken(path, code: error.extendedResultCode.rawValue)
    }
  }
}
