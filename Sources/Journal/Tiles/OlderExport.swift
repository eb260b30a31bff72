internal import Glibc
internal import Ground
internal import Sealing

/// What stands in the folder that a log is to be exported to.
enum OlderExport {
  /// The writer with which an export goes on: at the size of the older one, or at nothing.
  ///
  /// - Throws: `journal.export-not-empty`, `journal.other-log`, `journal.export-newer`,
  ///   `journal.export-damaged`, and what checking its checkpoint throws.
  static func writer(
    in folder: String, toward checkpoint: Checkpoint, log: VerifierKey
  ) throws(Problem) -> TileWriter {
    let names = FolderWalk.names(in: folder).subtracting([DurableFolder.draft])
    guard !names.isEmpty else { return TileWriter() }
    let buffer = FileBuffer()
    guard names.isSubset(of: ["checkpoint", "tile", "vkey"]), names.contains("vkey") else {
      throw .exportNotEmpty(folder)
    }
    guard let key = try? buffer.bytes(folder + "/vkey", atMost: 4096),
      key == Array((log.text + "\n").utf8)
    else { throw .otherLog(try origin(in: folder, buffer), expected: log.name) }
    // Without a checkpoint an export was broken off: all of it is written again.
    guard names.contains("checkpoint") else { return TileWriter() }
    let older = try SignedCheckpoint(bytes(of: "checkpoint", in: folder, buffer))
    try older.verify(log: log)
    guard older.checkpoint.size <= checkpoint.size else {
      throw .exportNewer(folder, older.checkpoint.size, checkpoint.size)
    }
    return try edge(of: older.checkpoint, in: folder, buffer)
  }

  private static func origin(in folder: String, _ buffer: FileBuffer) throws(Problem) -> String {
    let key = try VerifierKey(
      String(decoding: bytes(of: "vkey", in: folder, buffer).dropLast(), as: UTF8.self))
    return key.name
  }

  private static func bytes(
    of name: String, in folder: String, _ buffer: FileBuffer
  ) throws(Problem) -> [UInt8] {
    do { return try buffer.bytes(folder + "/" + name, atMost: Bundle.mostBytes) } catch {
      throw .exportDamaged(folder + "/" + name, error.text)
    }
  }

  /// Reads the unfinished tiles and bundle, and checks that they lead to the signed root.
  private static func edge(
    of head: Checkpoint, in folder: String, _ buffer: FileBuffer
  ) throws(Problem) -> TileWriter {
    var levels: [[Digest]] = []
    var height = 0
    while head.size >> height > 0 {
      let index = head.size >> (height + 8)
      var hashes: [Digest] = []
      let path = TilePath(level: height / 8, index: index, size: head.size)
      if let path {
        let bytes = try bytes(of: path.text, in: folder, buffer)
        hashes = bytes.withUnsafeBytes { Digest.all(in: $0) }
        guard bytes.count == path.width * Digest.byteCount else {
          throw .exportDamaged(folder + "/" + path.text, "it has \(bytes.count) bytes")
        }
      }
      levels.append(hashes)
      height += 8
    }
    var bundle: [UInt8] = []
    if let path = TilePath(level: nil, index: head.size >> 8, size: head.size) {
      bundle = try bytes(of: path.text, in: folder, buffer)
      var leaves: [Digest] = []
      let reading = bundle.withUnsafeBytes {
        Bundle.hash($0, width: path.width, into: &leaves)
      }
      guard reading.isWhole(path.width), leaves == levels.first else {
        throw .exportDamaged(folder + "/" + path.text, "its entries do not fit their hashes")
      }
    }
    guard TreeHash.root(ofEdge: levels) == head.root else {
      throw .exportDamaged(folder, "its newest hashes do not lead to its signed root")
    }
    return TileWriter(size: head.size, bundle: bundle, levels: levels)
  }
}

extension Problem {
  fileprivate static func exportNotEmpty(_ folder: String) -> Problem {
    Problem(
      "journal.export-not-empty", what: "\"\(folder)\" is not empty",
      why: "only an empty folder or an older export of the same log is written to",
      mend: "give a new folder", places: [Place(folder)])
  }

  fileprivate static func exportNewer(_ folder: String, _ there: Int, _ asked: Int) -> Problem {
    Problem(
      "journal.export-newer",
      what: "\"\(folder)\" holds \(there) entries, the checkpoint covers only \(asked)",
      why: "an export only grows, like its log",
      mend: "export a newer checkpoint, or into a new folder", places: [Place(folder)])
  }

  fileprivate static func exportDamaged(_ file: String, _ why: String) -> Problem {
    Problem(
      "journal.export-damaged", what: "the export at \"\(file)\" cannot be continued: \(why)",
      why: "what is added must follow from what is there",
      mend: "verify the export to see what was changed, and export into a new folder",
      places: [Place(file)])
  }
}
