internal import FoundationEssentials
public import Ground
internal import Journal

/// Where the parts of a workspace lie.
///
/// ```
/// systemic.json      form, name of the origin, public keys
/// journal.sqlite     entries, sealed contents, cached states
/// evidence/          sealed files
/// heads/             the newest signed checkpoint of each log
/// shelf/             sealed drafts of forms, for hours; there when there are any
/// keys/              signing keys and keys of epochs: for the owner only
/// ```
public struct WorkspaceFolder: Sendable, Hashable {
  /// The folder.
  public let path: String

  /// The folder at a path.
  public init(_ path: String) {
    self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }

  /// The description of the workspace.
  public var description: String { path + "/systemic.json" }
  /// The store.
  public var store: String { path + "/journal.sqlite" }
  /// The sealed files.
  public var evidence: String { path + "/evidence" }
  /// The newest checkpoints.
  public var heads: String { path + "/heads" }
  /// The keys.
  public var keys: String { path + "/keys" }
  /// The local socket of a running server.
  public var socket: String { path + "/socket" }

  /// The newest signed checkpoint of a log, kept beside the store so that a store put back by itself is noticed.
  public func head(_ log: LogName) -> String { heads + "/" + log.rawValue }

  /// Whether a workspace lies here.
  public var exists: Bool { FileManager.default.fileExists(atPath: description) }

  /// The workspace at a path or above it, as `git` looks for its folder.
  ///
  /// - Throws: `workspace.no-workspace`.
  public static func found(from path: String) throws(Problem) -> WorkspaceFolder {
    var folder = WorkspaceFolder(absolute(path))
    while true {
      if folder.exists { return folder }
      guard let slash = folder.path.lastIndex(of: "/"), folder.path != "/" else { break }
      let above = String(folder.path[..<slash])
      folder = WorkspaceFolder(above.isEmpty ? "/" : above)
    }
    throw Problem(
      "workspace.no-workspace", what: "there is no workspace at \(path) or above it",
      why: "records are kept in a workspace",
      mend: "make one with: systemic init FOLDER --provider “…”, or name one with --workspace")
  }

  private static func absolute(_ path: String) -> String {
    guard !path.hasPrefix("/") else { return URL(filePath: path).standardizedFileURL.path() }
    let here = FileManager.default.currentDirectoryPath
    return URL(filePath: here + "/" + path).standardizedFileURL.path(percentEncoded: false)
  }
}

/// What `systemic.json` says.
public struct WorkspaceDescription: Sendable, Equatable {
  /// The form of workspaces that this program writes.
  public static let form = 1
  /// The name before the log's own in every origin.
  public var origin: String
  /// When it was made.
  public var made: Instant
  /// The public keys of each log, oldest first; the last signs.
  public var keys: [LogName: [String]]
  /// Public keys of trusted witnesses.
  public var witnesses: [String]
  /// Where a witness is asked, by its public key.
  public var witnessURLs: [String: String] = [:]

  /// The origin of a log, the first line of its checkpoints.
  public func origin(_ log: LogName) -> String { origin + "/" + log.rawValue }

  /// As JSON.
  public var json: JSON {
    .object([
      ("form", .int(WorkspaceDescription.form)), ("origin", .string(origin)),
      ("made", .string(made.utc)),
      (
        "keys",
        .object(LogName.allCases.map { ($0.rawValue, JSON(keys[$0] ?? [])) })
      ),
      ("witnesses", JSON(witnesses)),
      (
        "witness_urls",
        .object(witnessURLs.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
      ),
    ])
  }

  /// A description with all its parts.
  public init(origin: String, made: Instant, keys: [LogName: [String]], witnesses: [String] = []) {
    self.origin = origin
    self.made = made
    self.keys = keys
    self.witnesses = witnesses
  }

  /// Reads the description of a workspace.
  ///
  /// - Throws: `workspace.bad-description`, `workspace.newer`, `ground.*`.
  public init(_ folder: WorkspaceFolder) throws(Problem) {
    let json = try JSON(
      parsing: Array(try TextFile.read(folder.description).utf8), file: folder.description)
    if case .int(let form) = json["form"], form > WorkspaceDescription.form {
      throw Problem(
        "workspace.newer", what: "this workspace was made by a newer program",
        why: "it has form \(form); this program knows \(WorkspaceDescription.form)",
        mend: "use the newer program", places: [Place(folder.description)])
    }
    guard case .string(let origin) = json["origin"], case .string(let made) = json["made"],
      let made = Instant(made), case .object(let members) = json["keys"]
    else { throw WorkspaceDescription.bad(folder) }
    self.init(origin: origin, made: made, keys: [:], witnesses: json["witnesses"]?.texts ?? [])
    for (name, _) in members {
      guard let log = LogName(rawValue: name) else { throw WorkspaceDescription.bad(folder) }
      keys[log] = json["keys"]?[name]?.texts ?? []
    }
    for key in witnesses { witnessURLs[key] = json["witness_urls"]?[key]?.text }
  }

  private static func bad(_ folder: WorkspaceFolder) -> Problem {
    Problem(
      "workspace.bad-description", what: "the description of the workspace cannot be read",
      why: "it names the origin and the public keys of the journal",
      mend: "restore it from a backup", places: [Place(folder.description)])
  }
}
