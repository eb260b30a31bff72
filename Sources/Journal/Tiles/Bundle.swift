internal import Ground
internal import Sealing

/// A bundle of entries: each with two bytes of length before it.
///
/// Source: C2SP tlog-tiles, log entries.
enum Bundle {
  /// Most bytes of a bundle.
  static let mostBytes = TilePath.fullWidth * (2 + Envelope.largestEntry)

  /// What was read of a bundle.
  struct Reading {
    /// How many entries are whole.
    var count = 0
    /// How many bytes follow the last entry; 0 when an entry is cut off.
    var trailing = 0
    /// Whether the bytes end within an entry.
    var isCut = false
    /// Whether it holds exactly so many entries.
    func isWhole(_ width: Int) -> Bool { count == width && trailing == 0 && !isCut }
  }

  /// Hashes the entries of a bundle; the array is filled anew.
  static func hash(
    _ bytes: UnsafeRawBufferPointer, width: Int, into leaves: inout [Digest]
  ) -> Reading {
    leaves.removeAll(keepingCapacity: true)
    var reading = Reading()
    var start = 0
    while reading.count < width {
      guard let end = end(of: bytes, from: start) else {
        reading.isCut = true
        return reading
      }
      leaves.append(TreeHash.leaf(UnsafeRawBufferPointer(rebasing: bytes[start + 2..<end])))
      reading.count += 1
      start = end
    }
    reading.trailing = bytes.count - start
    return reading
  }

  /// Where the entry ends that begins with its length at `start`; nil when it is cut off.
  private static func end(of bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
    guard bytes.count - start >= 2 else { return nil }
    let length = Int(bytes[start]) << 8 | Int(bytes[start + 1])
    guard bytes.count - start - 2 >= length else { return nil }
    return start + 2 + length
  }
}

extension Digest {
  /// Hashes from the bytes of a tile, one after the other.
  static func all(in bytes: UnsafeRawBufferPointer) -> [Digest] {
    stride(from: 0, to: bytes.count - Digest.byteCount + 1, by: Digest.byteCount).compactMap {
      Digest(bytes: UnsafeRawBufferPointer(rebasing: bytes[$0..<$0 + Digest.byteCount]))
    }
  }
}
