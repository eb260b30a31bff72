extension JSON {
  /// The text, when this is one.
  public var text: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  /// The number, when this is a whole one.
  public var count: Int? {
    guard case .int(let count) = self else { return nil }
    return count
  }

  /// The items of a list; none where this is no list.
  public var items: [JSON] {
    guard case .array(let items) = self else { return [] }
    return items
  }

  /// The texts of a list; what is no text is left out.
  public var texts: [String] { items.compactMap(\.text) }

  /// The members of an object, in their order; none where this is no object.
  public var members: [(String, JSON)] {
    guard case .object(let members) = self else { return [] }
    return members
  }
}
