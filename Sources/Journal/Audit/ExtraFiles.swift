/// Files that a log of a size does not have.
enum ExtraFiles {
  static func findings(in folder: String, size: Int) -> [Finding] {
    var found: [Finding] = []
    var least = 0
    let isComplete = FolderWalk.visit(folder) { path, isFile in
      let tile = TilePath(path)
      if isFile, path == "checkpoint" || path == "vkey" { return }
      if isFile, let tile, tile.belongs(toLogOf: size) { return }
      if isFile, let beyond = tile?.leastSize { least = max(least, beyond) }
      found.append(
        Finding(
          "unexpected-file", file: path, what: sentence(tile, isFile: isFile, size: size)))
    }
    found.sort { $0.file < $1.file }
    if least > size {
      let head = Finding(
        "size-mismatch", file: "checkpoint", expected: "at least \(least) entries",
        actual: "\(size) entries",
        what: "The checkpoint is older than other files here: it covers \(size) entries,"
          + " and there are files of a log of at least \(least).")
      found.insert(head, at: 0)
    }
    if !isComplete {
      found.append(
        Finding(
          "unreadable-file", file: "tile", what: "A folder cannot be read, so that files may hide.")
      )
    }
    return found
  }

  private static func sentence(_ tile: TilePath?, isFile: Bool, size: Int) -> String {
    guard isFile else { return "A log has only regular files, up to a certain depth." }
    guard let tile else { return "A log has no file of this name." }
    let own = TilePath(level: tile.level, index: tile.index, size: size)
    guard let own else { return "The checkpoint does not cover this file." }
    let mend =
      tile.width < own.width
      ? " An export that was broken off leaves such files behind: export again into this folder, which removes them."
      : ""
    return "At \(size) entries this tile has \(own.width) hashes or entries, not \(tile.width):"
      + " it is a file of another size of the log." + mend
  }
}
