internal import Ground
internal import Sealing

/// Names what is wrong in a directory whose entries, tiles and signed root do not agree.
struct Diagnosis {
  private let reading: TreeReading
  private let buffer = FileBuffer()
  private var truth: TreeTruth
  private var suspects: [Set<Int>]
  private(set) var findings: [Finding] = []

  /// Goes down from the signed root to what differs.
  init(_ reading: TreeReading, root: Digest) {
    self.reading = reading
    truth = TreeTruth(reading, root: root)
    suspects = reading.faults.map { Set($0) }
    if truth.edge.isEmpty, truth.hasRoot {
      findings.append(Diagnosis.rootMismatch(reading, root))
    }
    for level in (0..<reading.levels).reversed() {
      for index in suspects[level].sorted() {
        guard let path = TilePath(level: level, index: index, size: reading.size) else { continue }
        examine(path)
      }
    }
  }

  private mutating func examine(_ path: TilePath) {
    if path.level == 0 { examineBundle(TilePath(level: nil, index: path.index, width: path.width)) }
    examineTile(path)
    let anchor = truth.anchor(of: path)
    switch truth.settle(path) {
    case .both: break
    case .computed: tileChanged(path)
    case .stored: belowChanged(path)
    case .neither: undecided(path, anchor)
    }
  }

  // MARK: Files that are not whole

  private mutating func examineBundle(_ path: TilePath) {
    var leaves: [Digest] = []
    do {
      let (reading, count) = try buffer.withFile(
        reading.folder + "/" + path.text, atMost: Bundle.mostBytes
      ) { (Bundle.hash($0, width: path.width, into: &leaves), $0.count) }
      let entry = path.index * TilePath.fullWidth + reading.count
      if reading.isCut {
        findings.append(
          Finding(
            "bundle-truncated", file: path.text, entry: entry,
            expected: "\(path.width) entries", actual: "\(reading.count) whole entries",
            what: "The file ends within entry \(entry), or a length in it was changed."))
      } else if reading.trailing > 0 {
        findings.append(
          Finding(
            "trailing-bytes", file: path.text, expected: "\(count - reading.trailing) bytes",
            actual: "\(count) bytes",
            what: "\(reading.trailing) bytes follow the last entry that belongs here."))
      }
    } catch { findings.append(Finding(unreadable: path.text, error)) }
  }

  private mutating func examineTile(_ path: TilePath) {
    do {
      let count = try buffer.withFile(
        reading.folder + "/" + path.text, atMost: TilePath.mostTileBytes
      ) { $0.count }
      guard count != path.width * Digest.byteCount else { return }
      findings.append(Finding(tile: path, bytes: count))
    } catch .tooLarge(let count) {
      findings.append(Finding(tile: path, bytes: count))
    } catch { findings.append(Finding(unreadable: path.text, error)) }
  }

  // MARK: What was changed

  /// The entries are as signed, the tile is not.
  private mutating func tileChanged(_ path: TilePath) {
    guard let stored = truth.stored(path), let level = path.level else { return }
    let computed = truth.computed(path)
    let runs = Diagnosis.runs(computed, stored)
    if runs.first?.count == path.width, let place = truth.place(of: stored, level: level) {
      let other = TilePath(level: level, index: place, width: path.width)
      findings.append(
        Finding(
          "tile-moved", file: path.text, what: "The file holds the hashes of \(other.text)."))
      return
    }
    for run in runs {
      findings.append(
        Finding(
          "tile-changed", file: path.text, entry: level == 0 ? path.first + run.lowerBound : nil,
          expected: computed[run.lowerBound]?.hex, actual: stored[run.lowerBound].hex,
          what: "\(path.words(of: run)) in this tile \(run.count == 1 ? "was" : "were") changed;"
            + " the entries below are as signed."))
    }
  }

  /// The tile is as signed, what is below it is not.
  private mutating func belowChanged(_ path: TilePath) {
    guard let stored = truth.stored(path), let level = path.level else { return }
    let computed = truth.computed(path)
    guard level == 0 else {
      for place in stored.indices where computed[place] != stored[place] {
        suspects[level - 1].insert(path.first + place)
      }
      return
    }
    let bundle = TilePath(level: nil, index: path.index, width: path.width)
    let runs = Diagnosis.runs(computed, stored)
    if runs.first?.count == path.width,
      let place = truth.place(of: computed.compactMap { $0 }, level: 0)
    {
      let other = TilePath(level: nil, index: place, width: path.width)
      findings.append(
        Finding(
          "bundle-moved", file: bundle.text, entry: path.first,
          what: "The file holds the entries of \(other.text)."))
      return
    }
    for run in runs {
      let first = path.first + run.lowerBound
      findings.append(
        Finding(
          "entry-changed", file: bundle.text, entry: first,
          expected: stored[run.lowerBound].hex, actual: computed[run.lowerBound]?.hex,
          what: run.count == 1
            ? "Entry \(first) is not the one that was signed."
            : "Entries \(first) to \(first + run.count - 1) are not those that were signed;"
              + " a changed length moves all that follow."))
    }
  }

  /// Neither leads to the signed root.
  private mutating func undecided(_ path: TilePath, _ anchor: Digest?) {
    let computed = truth.computed(path)
    let stored = truth.stored(path)
    let isEntry = path.level == 0
    let bundle = TilePath(level: nil, index: path.index, width: path.width).text
    let runs = stored.map { Diagnosis.runs(computed, $0) } ?? []
    for run in runs {
      findings.append(
        Finding(
          isEntry ? "entry-changed" : "tile-changed", file: isEntry ? bundle : path.text,
          entry: isEntry ? path.first + run.lowerBound : nil,
          expected: stored?[run.lowerBound].hex, actual: computed[run.lowerBound]?.hex,
          what: "\(path.words(of: run)) in \(path.text) and what is below disagree,"
            + " and neither leads to the signed root."))
    }
    guard runs.isEmpty, let anchor else { return }
    var whole = computed.compactMap { $0 }
    let isWhole = whole.count == path.width
    guard isWhole || stored != nil else { return }
    if !isWhole { whole = stored ?? [] }
    findings.append(
      Finding(
        isWhole ? "changed-together" : "tile-changed",
        file: isWhole && isEntry ? bundle : path.text,
        entry: isWhole && isEntry ? path.first : nil, expected: anchor.hex,
        actual: TreeHash.fold(&whole)?.hex,
        what: "\(path.words(of: 0..<path.width)) do not lead to the signed root:"
          + " at least one was changed, and there is nothing here to compare them with."))
  }

  private static func rootMismatch(_ reading: TreeReading, _ root: Digest) -> Finding {
    Finding(
      "root-mismatch", file: "checkpoint", expected: root.hex, actual: reading.root?.hex,
      what: "The log signed another root than the entries in this folder have.")
  }

  /// Stretches in which two tiles differ; hashes that could not be computed do not count.
  private static func runs(_ computed: [Digest?], _ stored: [Digest]) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    for (place, hash) in stored.enumerated() {
      guard let other = computed[place], other != hash else { continue }
      if let last = runs.last, last.upperBound == place {
        runs[runs.count - 1] = last.lowerBound..<place + 1
      } else {
        runs.append(place..<place + 1)
      }
    }
    return runs
  }
}

extension TilePath {
  /// The place of the tile's first hash in its level: the index of its first entry on level 0.
  fileprivate var first: Int { index * TilePath.fullWidth }

  /// Hashes of the tile in words.
  fileprivate func words(of run: Range<Int>) -> String {
    let places =
      run.count == 1
      ? "Hash \(run.lowerBound)" : "Hashes \(run.lowerBound) to \(run.upperBound - 1)"
    let height = 8 * (level ?? 0)
    let from = (first + run.lowerBound) << height
    let to = (first + run.upperBound) << height
    return places + (to - from == 1 ? " (of entry \(from))" : " (of entries \(from) to \(to - 1))")
  }
}

extension Finding {
  /// A file that is needed and cannot be read.
  init(unreadable file: String, _ fault: FileFault) {
    let isMissing = if case .missing = fault { true } else { false }
    self.init(
      isMissing ? "missing-file" : "unreadable-file", file: file,
      what: isMissing
        ? "The file is not there, and an export has one."
        : "The file is needed, and " + fault.text + ".")
  }

  fileprivate init(tile path: TilePath, bytes: Int) {
    self.init(
      "tile-length", file: path.text, expected: "\(path.width * Digest.byteCount) bytes",
      actual: "\(bytes) bytes",
      what: "A tile of \(path.width) hashes has another length than this file.")
  }
}
