internal import SwiftASN1

/// Why bytes are no timestamp, in words for the reader.
struct Malformed: Error {
  let why: String
  init(_ why: String) { self.why = why }
}

/// Reads the parts of a DER value in their order.
///
/// Source: ITU-T X.690, sections 8 and 10.
struct DERReader {
  private var rest: ArraySlice<ASN1Node>

  /// Most parts of one value.
  private static let mostParts = 64

  /// A reader of the parts of a value with this tag; the name is for messages.
  init(_ node: ASN1Node, _ tag: ASN1Identifier = .sequence, _ name: String) throws {
    guard node.identifier == tag, case .constructed(let parts) = node.content else {
      throw Malformed("\(name) has another form")
    }
    let all = Array(parts.prefix(DERReader.mostParts + 1))
    guard all.count <= DERReader.mostParts else { throw Malformed("\(name) has too many parts") }
    rest = all[...]
  }

  /// The next part.
  mutating func take(_ name: String) throws -> ASN1Node {
    guard let node = rest.popFirst() else { throw Malformed("\(name) is missing") }
    return node
  }

  /// The next part where it has this tag.
  mutating func take(if tag: ASN1Identifier) -> ASN1Node? {
    guard rest.first?.identifier == tag else { return nil }
    return rest.popFirst()
  }

  /// All that is left.
  mutating func takeAll() -> [ASN1Node] {
    defer { rest = [] }
    return Array(rest)
  }

  /// States that nothing is left.
  func end(_ name: String) throws {
    guard rest.isEmpty else { throw Malformed("\(name) has a part too many") }
  }
}

extension ASN1Identifier {
  /// A tag of the context, such as `[0]`.
  static func context(_ number: UInt) -> ASN1Identifier {
    ASN1Identifier(tagWithNumber: number, tagClass: .contextSpecific)
  }
}

extension ASN1Node {
  /// A whole number that is not negative, big-endian without zeros in front.
  func magnitude(_ name: String, _ tag: ASN1Identifier = .integer, mostBytes: Int) throws
    -> [UInt8]
  {
    let bytes = try ArraySlice<UInt8>(derEncoded: self, withIdentifier: tag)
    guard bytes.count <= mostBytes else { throw Malformed("\(name) is too large") }
    return Array(bytes)
  }

  /// A whole number from 0 to 2^32 - 1.
  func number(_ name: String, _ tag: ASN1Identifier = .integer) throws -> Int {
    try magnitude(name, tag, mostBytes: 4).reduce(0) { $0 << 8 | Int($1) }
  }

  /// The bytes of an octet string.
  func octets(_ tag: ASN1Identifier = .octetString) throws -> [UInt8] {
    Array(try ASN1OctetString(derEncoded: self, withIdentifier: tag).bytes)
  }

  /// The identifier of an algorithm whose parameters are absent or NULL.
  func algorithm(_ name: String) throws -> ASN1ObjectIdentifier {
    var parts = try DERReader(self, .sequence, name)
    let identifier = try ASN1ObjectIdentifier(derEncoded: parts.take(name))
    if let parameters = parts.take(if: .null) { _ = try ASN1Null(derEncoded: parameters) }
    try parts.end(name)
    return identifier
  }
}
