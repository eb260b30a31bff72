public import Ground
public import Sealing

/// The head of a log at a size, as it is signed.
///
/// Source: C2SP tlog-checkpoint.
public struct Checkpoint: Hashable, Sendable {
  /// The name of the log.
  public let origin: String
  /// Entries that it covers.
  public let size: Int
  /// The root over them.
  public let root: Digest
  /// Further signed lines; logs made here have none.
  public let extensions: [String]

  /// A head of a log.
  ///
  /// - Throws: `journal.bad-checkpoint`.
  public init(origin: String, size: Int, root: Digest) throws(Problem) {
    guard size >= 0, Checkpoint.isLine(origin) else {
      throw .badCheckpoint("it has a name on one line and a size that is not negative")
    }
    self.origin = origin
    self.size = size
    self.root = root
    extensions = []
  }

  /// Reads the text of a note strictly.
  ///
  /// - Throws: `journal.bad-checkpoint`.
  public init(text: some Collection<UInt8>) throws(Problem) {
    guard let text = String(validating: Array(text), as: UTF8.self) else {
      throw .badCheckpoint("it is UTF-8")
    }
    let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
      .map { String($0) }
    guard lines.count >= 4, lines.last == "", lines.dropLast().allSatisfy(Checkpoint.isLine) else {
      throw .badCheckpoint("name, size, root and further lines are not empty, and each line ends")
    }
    guard let size = Spelling.number(lines[1]) else {
      throw .badCheckpoint("the size is a decimal number without leading zeros")
    }
    guard let root = Spelling.digest(base64: lines[2]) else {
      throw .badCheckpoint("the root is 32 bytes in canonical base64")
    }
    origin = lines[0]
    self.size = size
    self.root = root
    extensions = Array(lines[3..<lines.count - 1])
  }

  /// The text that is signed.
  public var text: [UInt8] {
    let lines = [origin, String(size), Spelling.base64(root.bytes)] + extensions
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  /// The same text.
  public static func == (left: Checkpoint, right: Checkpoint) -> Bool { left.text == right.text }

  /// Feeds what all equal checkpoints share.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(size)
    hasher.combine(root)
  }

  private static func isLine(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { $0 >= 0x20 }
  }
}

extension Problem {
  fileprivate static func badCheckpoint(_ why: String) -> Problem {
    Problem(
      "journal.bad-checkpoint", what: "this is not a checkpoint of a log", why: why,
      mend: "take the checkpoint again from where it was published, byte for byte")
  }
}
