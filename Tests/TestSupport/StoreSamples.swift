public import Ground

/// Drafts for stores: what they hold is made up, and says where it stands.
public enum StoreSamples {
  /// The record of a number.
  public static func record(_ number: Int, kind: String = "model") -> RecordID {
    guard let id = RecordID("\(kind)/r\(number)") else {
      preconditionFailure("a kind is a plain name")
    }
    return id
  }

  /// A wrapped key that names its record and epoch.
  public static func key(_ record: RecordID, epoch: Int = 1) -> WrappedKey {
    WrappedKey(
      epoch: epoch, bytes: Array("\(epoch) \(record.text)".utf8.prefix(40)) + [UInt8(epoch & 255)])
  }

  /// A draft with entry, content and state; a first version brings the key.
  public static func draft(
    _ record: RecordID, _ version: Int, log: LogName = .regulatory, mark: String = ""
  ) -> Draft {
    Draft(
      log: log, record: record, version: version,
      entry: Array("entry \(record.text) \(version) \(mark)".utf8),
      content: Array("content \(record.text) \(version) \(mark)".utf8),
      state: Array("state \(record.text) \(version) \(mark)".utf8),
      key: version == 1 ? key(record) : nil)
  }

  /// First versions of so many new records.
  public static func drafts(_ numbers: Range<Int>, log: LogName = .regulatory) -> [Draft] {
    numbers.map { draft(record($0), 1, log: log) }
  }
}

extension RecordStore {
  /// Appends without an idempotency key.
  @discardableResult
  public func append(_ drafts: [Draft]) async throws(Problem) -> [Receipt] {
    try await append(drafts, idempotencyKey: nil)
  }

  /// All entries of a log, read page by page.
  public func allEntries(_ log: LogName, page: Int = 1000) async throws(Problem) -> [StoredEntry] {
    var entries: [StoredEntry] = []
    while true {
      let next = try await self.entries(log, from: entries.count, limit: page)
      if next.isEmpty { return entries }
      entries += next
    }
  }
}
