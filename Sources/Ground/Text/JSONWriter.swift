/// Writes the compact text of JSON objects as it goes, without making values first.
///
/// The caller sees to the order of members, and that each object that begins also ends.
public struct JSONWriter: Sendable {
  /// The text so far, as UTF-8.
  public private(set) var bytes: [UInt8] = []

  /// A writer with room for so many bytes; it grows when it needs more.
  public init(capacity: Int) { bytes.reserveCapacity(capacity) }

  /// Begins an object.
  public mutating func begin() { bytes.append(0x7B) }

  /// Ends the object that began last.
  public mutating func end() { bytes.append(0x7D) }

  /// The name of a member, whose value comes next.
  public mutating func name(_ name: String) {
    // No value ends with the sign that begins an object.
    if bytes.last != 0x7B { bytes.append(0x2C) }
    JSON.quote(name, to: &bytes)
    bytes.append(0x3A)
  }

  /// A member that is a text.
  public mutating func member(_ name: String, _ text: String) {
    self.name(name)
    JSON.quote(text, to: &bytes)
  }

  /// A member that is a whole number.
  public mutating func member(_ name: String, _ number: Int) {
    self.name(name)
    bytes += String(number).utf8
  }

  /// A member of any value.
  public mutating func member(_ name: String, _ value: JSON) {
    self.name(name)
    value.write(to: &bytes)
  }
}
