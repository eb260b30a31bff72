internal import Documents
internal import Ground
internal import Workspace

/// What can be shown of a file without trusting it: text as text, pictures and PDF behind a policy of their own.
///
/// What a file is follows from its first bytes, never from what its sender called it. Source: WHATWG MIME Sniffing
/// Standard, section 6 (signatures); Content Security Policy Level 3, section 6.3.2 (sandbox).
enum EvidencePreview {
  case text(String, isWhole: Bool)
  case picture(type: String)
  case paper
  case none

  /// Most bytes of a text that are shown.
  static let mostText = 64 << 10
  /// Most bytes of a picture or paper that is shown.
  static let mostShown = 32 << 20

  init(_ content: EvidenceContent) throws(Problem) {
    let head = try content.head(EvidencePreview.mostText)
    if let type = EvidencePreview.picture(head), content.count <= EvidencePreview.mostShown {
      self = .picture(type: type)
    } else if head.starts(with: "%PDF-".utf8), content.count <= EvidencePreview.mostShown {
      self = .paper
    } else if let text = EvidencePreview.text(head, isWhole: head.count == content.count) {
      self = .text(text, isWhole: head.count == content.count)
    } else {
      self = .none
    }
  }

  /// The media type of what is sent to be shown; nil where nothing is.
  var type: String? {
    switch self {
    case .picture(let type): type
    case .paper: "application/pdf"
    case .text, .none: nil
    }
  }

  private static func picture(_ head: [UInt8]) -> String? {
    if head.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return "image/png" }
    if head.starts(with: [0xFF, 0xD8, 0xFF]) { return "image/jpeg" }
    if head.starts(with: "GIF87a".utf8) || head.starts(with: "GIF89a".utf8) { return "image/gif" }
    if head.starts(with: "RIFF".utf8), head.dropFirst(8).starts(with: "WEBP".utf8) {
      return "image/webp"
    }
    return nil
  }

  /// Text in UTF-8; of a longer one the last letter may be cut.
  private static func text(_ head: [UInt8], isWhole: Bool) -> String? {
    guard !head.isEmpty, !head.contains(0) else { return nil }
    for cut in 0...(isWhole ? 0 : min(3, head.count - 1)) {
      if let text = String(validating: head.dropLast(cut), as: UTF8.self) { return text }
    }
    return nil
  }

  /// The part of the page; the rest of the page never runs what a file holds.
  func html(of key: String, title: String) -> HTML {
    let path = "/evidence/\(key)/preview"
    switch self {
    case .text(let text, let isWhole):
      let more: HTML =
        isWhole
        ? ""
        : "<p class=\"note\">The first \(EvidencePreview.mostText >> 10) KiB. The file holds more.</p>\n"
      return
        "<pre class=\"preview\" tabindex=\"0\" role=\"region\" aria-label=\"Beginning of the file\">\(text)</pre>\n\(more)"
    case .picture:
      return
        "<p><img class=\"preview\" src=\"\(path)\" alt=\"The picture in this file: \(title)\"></p>\n"
    case .paper:
      return """
        <iframe class="preview" src="\(path)" title="The paper in this file: \(title)"></iframe>
        <p class="note">Where nothing shows, <a href="\(path)">open it by itself</a>.</p>

        """
    case .none:
      return
        "<p class=\"note\">There is no safe way to show a file of this form here. Download it to look at it.</p>\n"
    }
  }

  /// What a shown file may do: nothing at all; only our own page may frame it.
  static let policy =
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; form-action 'none'"
}
