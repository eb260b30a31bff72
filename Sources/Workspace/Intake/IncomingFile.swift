/// A file as it arrived.
public struct IncomingFile: Sendable, Equatable {
  /// The last part of its name, without signs that a folder or a terminal would take amiss.
  public let name: String
  /// Its media type as it was stated, or as it is known.
  public let mediaType: String
  /// What it holds.
  public let bytes: [UInt8]

  /// A file; the name is made plain.
  init(_ name: String, _ mediaType: String, _ bytes: [UInt8]) {
    self.name = IncomingFile.plain(name)
    self.mediaType = mediaType
    self.bytes = bytes
  }

  /// The last part of a path, letters and digits of all languages, and few signs.
  private static func plain(_ name: String) -> String {
    let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? ""
    let kept = last.unicodeScalars.map { scalar -> Character in
      let isLetter = scalar.properties.isAlphabetic || scalar.properties.numericType != nil
      return isLetter || "-_. ()+,".unicodeScalars.contains(scalar) ? Character(scalar) : "_"
    }
    let words = IntakeText.line(String(kept), longest: 150)
    let text = words.drop { $0 == "." || $0 == " " }
    return text.isEmpty ? "file" : String(text)
  }
}
