/// The parts of a mail: the text a person wrote, and the files that came with it.
///
/// Source: RFC 2045 and RFC 2046, sections 5.1 and 5.2; RFC 2183 for what is a file.
struct MailBody {
  /// Texts in order, as plain text.
  private(set) var texts: [String] = []
  /// Files, and parts that are no text.
  private(set) var files: [IncomingFile] = []
  /// What could not be read, in words that name the part.
  private(set) var doubts: [String] = []
  private var parts = 0

  /// Deepest nesting of parts.
  static let deepest = 20
  /// Most parts.
  static let mostParts = 500
  private static let mostDoubts = 20

  init(_ headers: MailHeaders, _ body: ArraySlice<UInt8>) { take(headers, body, depth: 0) }

  private mutating func doubt(_ words: String) {
    if doubts.count < MailBody.mostDoubts { doubts.append(words) }
  }

  private mutating func take(_ headers: MailHeaders, _ body: ArraySlice<UInt8>, depth: Int) {
    parts += 1
    guard parts <= MailBody.mostParts, depth <= MailBody.deepest else {
      return doubt("there are more than \(MailBody.mostParts) parts, or they are nested too deeply")
    }
    let type = headers.parameters("content-type")
    if type.value.hasPrefix("multipart/") {
      guard let boundary = type["boundary"], !boundary.isEmpty else {
        doubt("a part of several parts does not say what separates them")
        return leaf(headers, type, body)
      }
      let inner = MailBody.split(body, boundary)
      if !inner.isClosed { doubt("the mail ends before its last part does") }
      if type.value == "multipart/alternative" {
        return alternatives(inner.parts, depth)
      }
      for part in inner.parts { take(part.headers, part.body, depth: depth + 1) }
      return
    }
    leaf(headers, type, body)
  }

  /// Of forms of one text, plain text before any other; the rest say the same and stand in the original.
  private mutating func alternatives(_ forms: [Part], _ depth: Int) {
    let types = forms.map { $0.headers.parameters("content-type").value }
    let plain = types.firstIndex { $0 == "text/plain" || $0.isEmpty }
    let chosen =
      plain ?? types.firstIndex { $0.hasPrefix("multipart/") }
      ?? types.firstIndex { $0 == "text/html" } ?? types.indices.first
    guard let chosen else { return doubt("a part in several forms has none") }
    let before = texts.count
    take(forms[chosen].headers, forms[chosen].body, depth: depth + 1)
    // A program that writes an empty plain text says everything in another form.
    let isRich = { (index: Int) in
      index != chosen && (types[index] == "text/html" || types[index].hasPrefix("multipart/"))
    }
    var read = chosen
    for index in types.indices.reversed() where isRich(index) {
      guard texts.dropFirst(before).allSatisfy(IntakeText.isBlank) else { break }
      take(forms[index].headers, forms[index].body, depth: depth + 1)
      read = index
    }
    // What is no form of a text but a file of its own is kept: an invitation, a picture within the HTML.
    for (index, form) in forms.enumerated() where ![chosen, read].contains(index) {
      let isForm = types[index].hasPrefix("text/") && types[index] != "text/calendar"
      if isForm || types[index].isEmpty { continue }
      let told = texts.count
      take(form.headers, form.body, depth: depth + 1)
      texts.removeLast(texts.count - told)
    }
  }

  private mutating func leaf(
    _ headers: MailHeaders, _ type: MailParameters, _ body: ArraySlice<UInt8>
  ) {
    let disposition = headers.parameters("content-disposition")
    let name = disposition["filename"] ?? type["name"]
    let encoding = IntakeText.line(headers.text("content-transfer-encoding"), longest: 40)
    let decoded = TransferEncoding.decoded(body, encoding)
    if !decoded.isSure {
      doubt("the part “\(name ?? type.value)” is damaged or in the encoding “\(encoding)”")
    }
    let isText = type.value == "text/plain" || type.value == "text/html" || type.value.isEmpty
    guard isText, disposition.value != "attachment", name == nil else {
      let bytes = decoded.bytes
      let isEmpty = bytes.allSatisfy { $0 <= 0x20 }
      if isEmpty, name == nil { return }
      files.append(
        IncomingFile(
          name ?? MailBody.name(type.value, files.count + 1),
          type.value.isEmpty ? "application/octet-stream" : type.value, bytes))
      return
    }
    let text = Charset.text(decoded.bytes, type["charset"] ?? "")
    if !text.isSure {
      doubt("the text is not all in the character set “\(type["charset"] ?? "us-ascii")”")
    }
    let plain = text.text.replacing("\r\n", with: "\n")
    guard type.value == "text/html" else { return texts.append(plain) }
    let markup = MarkupText(plain)
    if !markup.isWhole { doubt("the HTML ends within what is not shown") }
    texts.append(markup.text)
  }

  /// A name for a file that has none.
  private static func name(_ type: String, _ number: Int) -> String {
    switch type {
    case "message/rfc822": "mail-\(number).eml"
    case "text/calendar": "calendar-\(number).ics"
    case "application/pdf": "document-\(number).pdf"
    case "text/plain": "text-\(number).txt"
    default: "part-\(number)"
    }
  }
}

extension MailBody {
  /// A part with its header.
  struct Part {
    let headers: MailHeaders
    let body: ArraySlice<UInt8>
  }

  /// The parts between lines of the boundary; what stands before the first and behind the last is left out.
  private static func split(_ body: ArraySlice<UInt8>, _ boundary: String)
    -> (parts: [Part], isClosed: Bool)
  {
    let mark = Array("--".utf8) + Array(boundary.utf8)
    var parts: [Part] = []
    var start: Int?
    var index = body.startIndex
    func close(at end: Int) {
      guard let start, parts.count < mostParts else { return }
      let bytes = body[start..<max(start, end)]
      let headers = MailHeaders(bytes)
      parts.append(Part(headers: headers, body: bytes[headers.bodyStart...]))
    }
    while index < body.endIndex {
      let (line, next) = MailHeaders.line(body, from: index)
      guard line.starts(with: mark) else {
        index = next
        continue
      }
      let rest = line.dropFirst(mark.count)
      let isLast = rest.starts(with: "--".utf8)
      guard isLast || rest.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) else {
        index = next
        continue
      }
      // The line end before a boundary belongs to the boundary.
      var end = index
      if end > body.startIndex, body[end - 1] == 0x0A { end -= 1 }
      if end > body.startIndex, end < index, body[end - 1] == 0x0D { end -= 1 }
      close(at: end)
      if isLast { return (parts, true) }
      start = next
      index = next
    }
    close(at: body.endIndex)
    return (parts, false)
  }
}
