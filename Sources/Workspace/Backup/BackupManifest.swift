public import Ground
internal import Sealing

/// What a backup holds, written last: a backup without it was not finished.
public struct BackupManifest: Sendable, Equatable {
  /// The form of backups that this program writes.
  public static let form = 1

  /// A log as of the backup.
  public struct Log: Sendable, Equatable {
    /// Entries.
    public var size: Int
    /// The root over them in hexadecimal.
    public var root: String
  }

  /// A file of the backup.
  public struct File: Sendable, Equatable {
    /// Its size in bytes.
    public var bytes: Int
    /// Its SHA-256 in hexadecimal.
    public var sha256: String
  }

  /// Its name, which stays the same when it is brought up to date.
  public var name: String
  /// The name before the logs' own in every origin: which workspace it is of.
  public var origin: String
  /// The moment it was made, or last brought up to date.
  public var made: Instant
  /// When its wrapped keys were last replaced by those of the workspace.
  public var refreshed: Instant?
  /// The logs.
  public var logs: [LogName: Log]
  /// The epochs under which its keys are wrapped.
  public var epochs: [Int]
  /// Its files but for the sealed ones, by path.
  public var files: [String: File]
  /// The sealed files, by name, which is the SHA-256 of each; sorted.
  public var evidence: [String]

  /// As JSON, with a check over all of it.
  var text: String {
    get throws(Problem) {
      guard case .object(let members) = json else { return "" }
      let check = Digest(of: try json.canonicalBytes()).hex
      return JSON.object(members + [("check", .string(check))]).pretty + "\n"
    }
  }

  private var json: JSON {
    .object([
      ("form", .int(BackupManifest.form)), ("name", .string(name)), ("origin", .string(origin)),
      ("made", .string(made.utc)), ("refreshed", JSON(refreshed?.utc)),
      (
        "logs",
        .object(
          LogName.allCases.compactMap { log in
            logs[log].map { state in
              (
                log.rawValue,
                .object([("size", .int(state.size)), ("root", .string(state.root))])
              )
            }
          })
      ),
      ("epochs", .array(epochs.map { .int($0) })),
      (
        "files",
        .object(
          files.sorted { $0.key < $1.key }.map { path, file in
            (path, .object([("bytes", .int(file.bytes)), ("sha256", .string(file.sha256))]))
          })
      ),
      ("evidence", JSON(evidence)),
    ])
  }
}

extension BackupManifest {
  /// Reads a manifest.
  ///
  /// - Throws: `workspace.bad-manifest`, `workspace.newer-backup`, `ground.file-*`.
  init(_ path: String) throws(Problem) {
    let json: JSON
    do { json = try JSON(parsing: Array(try TextFile.read(path).utf8), file: path) } catch {
      throw error.code == "ground.not-json" ? BackupManifest.bad(path) : error
    }
    if case .int(let form) = json["form"], form > BackupManifest.form {
      throw Problem(
        "workspace.newer-backup", what: "this backup was made by a newer program",
        why: "it has form \(form); this program knows \(BackupManifest.form)",
        mend: "use the newer program", places: [Place(path)])
    }
    guard let name = json["name"]?.text, let origin = json["origin"]?.text,
      let made = json["made"]?.text.flatMap({ Instant($0) }),
      case .object(let logs) = json["logs"], case .array(let epochs) = json["epochs"],
      case .object(let files) = json["files"]
    else { throw BackupManifest.bad(path) }
    self.init(
      name: name, origin: origin, made: made,
      refreshed: json["refreshed"]?.text.flatMap { Instant($0) }, logs: [:],
      epochs: epochs.compactMap { if case .int(let epoch) = $0 { epoch } else { nil } },
      files: [:], evidence: json["evidence"]?.texts ?? [])
    for (name, value) in logs {
      guard let log = LogName(rawValue: name), case .int(let size) = value["size"],
        let root = value["root"]?.text
      else { throw BackupManifest.bad(path) }
      self.logs[log] = Log(size: size, root: root)
    }
    for (name, value) in files {
      guard BackupFolder.parts.contains(name), case .int(let bytes) = value["bytes"],
        let digest = value["sha256"]?.text
      else { throw BackupManifest.bad(path) }
      self.files[name] = File(bytes: bytes, sha256: digest)
    }
    // The check covers every member, so that what was left out or added above does not pass.
    guard let check = json["check"]?.text, check == Digest(of: try self.json.canonicalBytes()).hex
    else { throw BackupManifest.bad(path) }
  }

  private static func bad(_ path: String) -> Problem {
    Problem(
      "workspace.bad-manifest", what: "the manifest of the backup is damaged",
      why: "its check does not fit what it says, or a member is missing",
      mend: "use another backup", places: [Place(path)])
  }
}
