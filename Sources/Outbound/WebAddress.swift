public import Ground

/// An address on the web, read strictly: what is sent is what was checked.
///
/// Source: RFC 3986, section 3; names of people and passwords in an address are refused, as are parts that only a browser
/// would keep to itself.
public struct WebAddress: Sendable, Hashable, CustomStringConvertible {
  /// Longest address in bytes.
  public static let longest = 2048

  /// The address as it is asked, its host in lower case.
  public let text: String
  /// Whether it is asked over TLS.
  public let isSecure: Bool
  /// The host, without brackets.
  public let host: String
  /// The port.
  public let port: Int
  /// What follows the host, beginning with a slash.
  public let path: String

  /// Reads an address.
  ///
  /// - Throws: `outbound.bad-address`.
  public init(_ text: String) throws(Problem) {
    guard text.utf8.count <= WebAddress.longest,
      text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != 0x5C && $0 != 0x22 }),
      !text.contains("#"), let mark = text.firstRange(of: "://")
    else { throw WebAddress.refusal }
    let scheme = text[..<mark.lowerBound].lowercased()
    guard scheme == "https" || scheme == "http" else { throw WebAddress.refusal }
    let rest = text[mark.upperBound...]
    let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
    guard let place = WebAddress.place(rest[..<end].lowercased()) else {
      throw WebAddress.refusal
    }
    isSecure = scheme == "https"
    host = place.host
    port = place.port ?? (isSecure ? 443 : 80)
    let tail = String(rest[end...])
    path = tail.hasPrefix("/") ? tail : "/" + tail
    let shown = host.contains(":") ? "[\(host)]" : host
    let isUsual = port == (isSecure ? 443 : 80)
    self.text = "\(scheme)://\(shown)\(isUsual ? "" : ":\(port)")\(path)"
  }

  /// The address without what follows the host, where secrets may stand.
  public var origin: String { String(text.dropLast(path.count)) }

  /// The origin: paths and queries of hooks are often secrets.
  public var description: String { origin }

  /// Host and port; nil when they are none, or when a name or a password stands before the host.
  private static func place(_ text: String) -> (host: String, port: Int?)? {
    var host = text[...]
    var digits: Substring?
    if text.hasPrefix("[") {
      guard let close = text.firstIndex(of: "]") else { return nil }
      host = text[text.index(after: text.startIndex)..<close]
      let after = text[text.index(after: close)...]
      guard after.isEmpty || after.hasPrefix(":"), IPAddress(String(host))?.isVersion6 == true
      else { return nil }
      digits = after.isEmpty ? nil : after.dropFirst()
    } else {
      let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      host = parts[0]
      digits = parts.count == 2 ? parts[1] : nil
      guard isName(host) else { return nil }
    }
    guard let digits else { return (String(host), nil) }
    guard digits.utf8.count <= 5, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let port = Int(digits), (1...65535).contains(port)
    else { return nil }
    return (String(host), port)
  }

  private static func isName(_ host: Substring) -> Bool {
    host.utf8.count <= 253
      && host.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
        !label.isEmpty && label.utf8.count <= 63 && !label.hasPrefix("-") && !label.hasSuffix("-")
          && label.utf8.allSatisfy {
            (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x5F
          }
      }
  }

  private static let refusal = Problem(
    "outbound.bad-address", what: "this is no address that can be asked",
    why:
      "it begins with https:// and a host, has at most \(longest) plain characters, and no name, "
      + "password or # in it",
    mend: "for example https://hooks.example.org/systemic")
}
