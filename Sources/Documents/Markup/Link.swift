/// An address that may stand behind a link: http, https, a place on the page, or a relative path.
///
/// Source: RFC 3986, sections 3 and 4.2; WHATWG URL Standard for what browsers strip and repair.
public struct Link: Sendable, Hashable {
  /// The address.
  public let address: String

  /// The address, or nil when a browser might read it as anything but a page.
  ///
  /// Whitespace, control characters and backslashes are refused because browsers repair them; so are user names before a
  /// host, which make one site look like another, and addresses that begin with two slashes.
  public init?(_ text: String) {
    let isPlain = text.unicodeScalars.allSatisfy { scalar in
      scalar.value > 0x20 && scalar != "\\" && scalar != "<" && scalar != ">" && scalar != "\""
        && !scalar.isDeceptive && !scalar.properties.isWhitespace
    }
    guard !text.isEmpty, isPlain, Link.isWeb(text) || Link.isHere(text) else { return nil }
    address = text
  }

  /// Whether it leads to another site.
  public var isAbsolute: Bool { Link.isWeb(address) }

  private static func isWeb(_ text: String) -> Bool {
    let lower = text.lowercased()
    for scheme in ["https://", "http://"] where lower.hasPrefix(scheme) {
      let host = lower.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
      return !host.isEmpty && !host.contains("@")
    }
    return false
  }

  private static func isHere(_ text: String) -> Bool {
    guard !text.hasPrefix("//") else { return false }
    return !text.prefix { !"/?#".contains($0) }.contains(":")
  }
}

extension HTML {
  /// A link, or the bare content where there is no address that may be linked to.
  public static func link(_ content: HTML, to address: String?) -> HTML {
    guard let link = address.flatMap({ Link($0) }) else { return content }
    return link.isAbsolute
      ? "<a href=\"\(link)\" rel=\"noreferrer\">\(content)</a>"
      : "<a href=\"\(link)\">\(content)</a>"
  }

  /// A text in which web addresses are links.
  public static func linked(_ text: String) -> HTML {
    joined(
      WebAddress.split(text).map { part in
        part.isAddress ? link("\(part.text)", to: part.text) : "\(part.text)"
      })
  }
}

/// Finds web addresses inside a text.
enum WebAddress {
  /// The text in pieces, in order; together they are the text.
  static func split(_ text: String) -> [(text: String, isAddress: Bool)] {
    var pieces: [(text: String, isAddress: Bool)] = []
    var plain = ""
    for word in words(text) {
      guard let start = ["https://", "http://"].compactMap({ word.firstRange(of: $0) }).first
      else {
        plain += word
        continue
      }
      plain += word[..<start.lowerBound]
      var address = word[start.lowerBound...]
      var tail = ""
      while let last = address.last, ".,;:)]'\"’”>".contains(last) {
        if last == ")", address.count(where: { $0 == "(" }) >= address.count(where: { $0 == ")" }) {
          break
        }
        tail = String(last) + tail
        address.removeLast()
      }
      guard Link(String(address)) != nil else {
        plain += word[start.lowerBound...]
        continue
      }
      if !plain.isEmpty { pieces.append((plain, false)) }
      pieces.append((String(address), true))
      plain = tail
    }
    if !plain.isEmpty { pieces.append((plain, false)) }
    return pieces
  }

  /// Words and the gaps between them.
  private static func words(_ text: String) -> [Substring] {
    var result: [Substring] = []
    var rest = Substring(text)
    while let first = rest.first {
      let piece = rest.prefix { $0.isWhitespace == first.isWhitespace }
      result.append(piece)
      rest = rest.dropFirst(piece.count)
    }
    return result
  }
}
