/// Text that nobody can foresee and that people can read aloud.
public enum RandomText {
  /// Lower-case letters and digits without those that look alike: no 0, 1, i, l, o.
  private static let alphabet = Array("23456789abcdefghjkmnpqrstuvwxyz".utf8)

  /// Text of so many characters, each of the 31 equally likely: 4.95 bits a character.
  public static func key(length: Int) -> String {
    var system = SystemRandomNumberGenerator()
    var text: [UInt8] = []
    text.reserveCapacity(length)
    while text.count < length {
      var word: UInt64 = system.next()
      for _ in 0..<12 where text.count < length {
        let index = Int(word & 31)
        word >>= 5
        // Five bits have one value more than there are characters: thrown again, none is favoured.
        if index < alphabet.count { text.append(alphabet[index]) }
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
