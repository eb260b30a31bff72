internal import FoundationEssentials
internal import Ground
internal import RuleFile

/// The embedded law: one JSON line an entry, indexed once, decoded when asked for.
struct LawText: Sendable {
  /// The lines as they were embedded.
  let bytes: [UInt8]
  /// Ids by kind, in the order of the files.
  let ids: [String: [String]]
  private let places: [String: Range<Int>]

  static let embedded = LawText(embeddedLaw)

  init(_ text: String) {
    let bytes = Array(text.utf8)
    var ids: [String: [String]] = [:]
    var places: [String: Range<Int>] = [:]
    places.reserveCapacity(1024)
    bytes.withUnsafeBufferPointer { all in
      var start = 0
      while start < all.count {
        var end = start
        var tabs = (first: 0, second: 0)
        while end < all.count, all[end] != 0x0A {
          if all[end] == 0x09, tabs.second == 0 {
            if tabs.first == 0 { tabs.first = end } else { tabs.second = end }
          }
          end += 1
        }
        if tabs.second > 0 {
          let kind = String(decoding: all[start..<tabs.first], as: UTF8.self)
          let id = String(decoding: all[(tabs.first + 1)..<tabs.second], as: UTF8.self)
          let key = String(decoding: all[start..<tabs.second], as: UTF8.self)
          ids[kind, default: []].append(id)
          places[key] = (tabs.second + 1)..<end
        }
        start = end + 1
      }
    }
    self.bytes = bytes
    self.ids = ids
    self.places = places
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
