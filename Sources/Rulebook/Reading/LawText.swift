internal import FoundationEssentials
internal import Ground
internal import RuleFile

/// The embedded law: one JSON line an entry, indexed once, decoded when asked for.
struct LawText: Sendable {
  private let bytes: [UInt8]
  /// Ids by kind, in the order of the files.
  private(set) var ids: [String: [String]] = [:]
  private var places: [String: Range<Int>] = [:]

  static let embedded = LawText(embeddedLaw)

  init(_ text: String) {
    bytes = Array(text.utf8)
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      let parts = bytes[start..<end].split(separator: 0x09, maxSplits: 2)
      if parts.count == 3 {
        let kind = String(decoding: parts[0], as: UTF8.self)
        let id = String(decoding: parts[1], as: UTF8.self)
        ids[kind, default: []].append(id)
        places[kind + "\t" + id] = parts[2].startIndex..<parts[2].endIndex
      }
      start = end + 1
    }
  }

  /// Whether there is an entry of a kind with this id.
  func has(_ kind: String, _ id: String) -> Bool { places[kind + "\t" + id] != nil }

  /// The entry of a kind with this id, or nil.
  func entry<Entry: Decodable>(_ kind: String, _ id: String, as type: Entry.Type) -> Entry? {
    guard let range = places[kind + "\t" + id] else { return nil }
    do {
      return try JSONDecoder().decode(type, from: Data(bytes[range]))
    } catch {
      preconditionFailure("rulec wrote an entry that cannot be read back: \(id)")
    }
  }

  /// All entries of a kind, in order.
  func all<Entry: Decodable>(_ kind: String, as type: Entry.Type) -> [Entry] {
    (ids[kind] ?? []).compactMap { entry(kind, $0, as: type) }
  }
}
