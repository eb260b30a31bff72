/// A value of a header field with its parameters, such as `text/plain; charset=utf-8`.
///
/// Source: RFC 2045, section 5.1; RFC 2231, sections 3 and 4, for names in several parts and in other character sets.
struct MailParameters: Sendable {
  /// What stands before the parameters, in small letters.
  let value: String
  private let parameters: [(name: String, value: [UInt8])]

  private static let mostParameters = 100

  init(_ bytes: [UInt8]) {
    let parts = MailParameters.split(bytes)
    value = MailParameters.word(parts.first ?? []).lowercased()
    parameters = parts.dropFirst().prefix(MailParameters.mostParameters).compactMap { part in
      guard let equals = part.firstIndex(of: 0x3D) else { return nil }
      let name = MailParameters.word(part[..<equals]).lowercased()
      return (name, MailParameters.unquoted(part[(equals + 1)...]))
    }
  }

  /// A parameter as text, whatever way it is written; nil where there is none.
  subscript(_ name: String) -> String? {
    if let plain = parameters.first(where: { $0.name == name }) {
      return EncodedWords.text(plain.value)
    }
    return extended(name)
  }

  /// A parameter in another character set, or in several parts: `name*=utf-8''…`, `name*0*=…`, `name*1=…`.
  private func extended(_ name: String) -> String? {
    var bytes: [UInt8] = []
    var charset = "us-ascii"
    for index in 0..<MailParameters.mostParameters {
      let keys =
        index == 0
        ? [name + "*", name + "*0*", name + "*0"]
        : [
          "\(name)*\(index)*", "\(name)*\(index)",
        ]
      guard let part = parameters.first(where: { keys.contains($0.name) }) else { break }
      guard part.name.hasSuffix("*") else {
        bytes += part.value
        continue
      }
      var value = part.value[...]
      let quotes = value.indices.filter { value[$0] == 0x27 }
      if index == 0, quotes.count >= 2 {
        charset = String(decoding: value[..<quotes[0]], as: UTF8.self)
        value = value[(quotes[1] + 1)...]
      }
      bytes += MailParameters.percentDecoded(value)
    }
    return bytes.isEmpty
      ? nil : IntakeText.line(Charset.text(bytes, charset).text, longest: 1000)
  }

  /// Parts between semicolons that stand in no quotes; comments are left out.
  private static func split(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var parts: [[UInt8]] = [[]]
    var (isQuoted, isEscaped, depth) = (false, false, 0)
    for byte in bytes {
      if isEscaped {
        isEscaped = false
        if depth == 0 { parts[parts.count - 1].append(byte) }
        continue
      }
      switch byte {
      case 0x5C where isQuoted || depth > 0:
        isEscaped = true
        if depth == 0 { parts[parts.count - 1].append(byte) }
      case 0x28 where !isQuoted: depth += 1
      case 0x29 where !isQuoted && depth > 0: depth -= 1
      case 0x3B where !isQuoted && depth == 0: parts.append([])
      default:
        if depth > 0 { continue }
        if byte == 0x22 { isQuoted.toggle() }
        parts[parts.count - 1].append(byte)
      }
    }
    return parts.map { $0[...] }
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let start = bytes.drop { $0 <= 0x20 }
    guard let last = start.lastIndex(where: { $0 > 0x20 }) else { return [] }
    return start[...last]
  }

  private static func word(_ bytes: some Collection<UInt8>) -> String {
    String(decoding: trimmed(Array(bytes)[...]), as: UTF8.self)
  }

  private static func unquoted(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    let bytes = trimmed(bytes)
    guard bytes.first == 0x22 else { return Array(bytes) }
    var found: [UInt8] = []
    var isEscaped = false
    for byte in bytes.dropFirst() {
      if isEscaped {
        found.append(byte)
        isEscaped = false
      } else if byte == 0x5C {
        isEscaped = true
      } else if byte == 0x22 {
        break
      } else {
        found.append(byte)
      }
    }
    return found
  }

  private static func percentDecoded(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    // An escape of a quoted-printable text is one with another sign.
    let swapped = bytes.map { $0 == 0x25 ? UInt8(0x3D) : $0 == 0x3D ? 0x25 : $0 }
    return TransferEncoding.quotedPrintable(swapped[...]).bytes
  }
}
