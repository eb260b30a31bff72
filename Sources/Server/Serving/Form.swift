/// Values of a query or of a form, in the order sent; a name may stand more than once.
///
/// Source: URL Standard, section 5.1 (application/x-www-form-urlencoded parsing).
public struct Form: Sendable, Equatable {
  /// Most pairs that are read.
  static let most = 1000

  /// Names and values.
  public let pairs: [(name: String, value: String)]

  /// Values given in code.
  public init(_ pairs: [(String, String)] = []) {
    self.pairs = pairs.map { (name: $0.0, value: $0.1) }
  }

  /// Reads `name=value&…`; bytes that are no UTF-8 become U+FFFD.
  init(encoded: some Sequence<UInt8>) {
    pairs = Array(encoded).split(separator: UInt8(ascii: "&")).prefix(Form.most).map { pair in
      let parts = pair.split(
        separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      return (Form.decoded(parts[0]), parts.count == 2 ? Form.decoded(parts[1]) : "")
    }
  }

  /// The first value of a name; nil when there is none, or nothing but space.
  public func text(_ name: String) -> String? {
    guard let value = pairs.first(where: { $0.name == name })?.value else { return nil }
    return value.contains { !$0.isWhitespace } ? value : nil
  }

  /// All values of a name.
  public func texts(_ name: String) -> [String] {
    pairs.filter { $0.name == name }.map(\.value)
  }

  /// Whether a name stands there.
  public func has(_ name: String) -> Bool { pairs.contains { $0.name == name } }

  /// Equal pairs in equal order.
  public static func == (left: Form, right: Form) -> Bool {
    left.pairs.elementsEqual(right.pairs) { $0 == $1 }
  }

  /// `%41` and `+` as what they stand for.
  static func decoded(_ bytes: some Collection<UInt8>) -> String {
    var result: [UInt8] = []
    var rest = Array(bytes)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "+") {
        result.append(0x20)
      } else if byte == UInt8(ascii: "%"), let value = hex(rest.prefix(2)) {
        result.append(value)
        rest = rest.dropFirst(2)
      } else {
        result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func hex(_ digits: ArraySlice<UInt8>) -> UInt8? {
    guard digits.count == 2, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit })
    else { return nil }
    return UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
  }
}
