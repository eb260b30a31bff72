/// Text that nobody can foresee and that people can read aloud.
public enum RandomText {
  /// Lower-case letters and digits without those that look alike: no 0, 1, i, l, o.
  static let alphabet = Array("23456789abcdefghjkmnpqrstuvwxyz".utf8)

  /// Text of so many characters, each of the 31 equally likely: 4.95 bits a character.
  public static func key(length: Int) -> String {
    String(decoding: letters(length), as: UTF8.self)
  }

  /// The bytes of such text.
  static func letters(_ count: Int) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(count)
    while text.count < count {
      // Five bits have one value more than there are characters: it is passed over, so that none is favoured, and a
      // few bytes more than wanted are asked for.
      for byte in RandomBytes.make(count - text.count + 4) where text.count < count {
        let index = Int(byte & 31)
        if index < alphabet.count { text.append(alphabet[index]) }
      }
    }
    return text
  }
}
