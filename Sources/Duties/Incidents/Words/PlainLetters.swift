/// The plain form of letters: small, without accents.
enum PlainLetters {
  /// What one sign of a text is.
  enum Sign {
    /// A letter or a digit, as plain letters.
    case letters([UInt8])
    /// A sign that is a word of its own, as plain letters: those scripts part no words.
    case word([UInt8])
    /// A mark that only accompanies a letter.
    case mark
    /// What parts words.
    case other
  }

  /// What a sign beyond ASCII is.
  ///
  /// Letters of the Latin script lose their accents; those of other scripts are only made small.
  static func sign(_ scalar: Unicode.Scalar) -> Sign {
    switch scalar.value {
    case 0x300...0x36F, 0xAD, 0x200B...0x200D, 0x2060, 0xFEFF: return .mark
    case 0xC0...0x17F, 0x218...0x21B:
      if let known = accented[scalar] { return .letters(known) }
    default: break
    }
    if let same = compatible(scalar) { return .letters([same]) }
    guard scalar.properties.isAlphabetic else { return .other }
    switch scalar.value {
    // Hiragana, katakana, and signs of Chinese, Japanese and Korean.
    case 0x3041...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF: return .word(Array(String(scalar).utf8))
    default: break
    }
    return .letters(Array(scalar.properties.lowercaseMapping.utf8))
  }

  /// The plain letter behind a full-width one, or one of a style that is made for formulas.
  private static func compatible(_ scalar: Unicode.Scalar) -> UInt8? {
    switch scalar.value {
    case 0xFF10...0xFF19: UInt8(scalar.value - 0xFF10) + 0x30
    case 0xFF21...0xFF3A: UInt8(scalar.value - 0xFF21) + 0x61
    case 0xFF41...0xFF5A: UInt8(scalar.value - 0xFF41) + 0x61
    // Thirteen alphabets, each of 26 large letters and 26 small ones.
    case 0x1D400...0x1D6A3: UInt8((scalar.value - 0x1D400) % 26) + 0x61
    default: nil
    }
  }

  private static let accented: [Unicode.Scalar: [UInt8]] = {
    var table: [Unicode.Scalar: [UInt8]] = [:]
    for (plain, letters) in [
      ("a", "áàâäãåāăąÁÀÂÄÃÅĀĂĄ"), ("ae", "æÆ"), ("c", "çćĉċčÇĆĈĊČ"), ("d", "ďđðĎĐÐ"),
      ("e", "éèêëēĕėęěÉÈÊËĒĔĖĘĚ"), ("g", "ĝğġģĜĞĠĢ"), ("h", "ĥħĤĦ"), ("i", "íìîïĩīĭįıÍÌÎÏĨĪĬĮİ"),
      ("ij", "ĳĲ"), ("j", "ĵĴ"), ("k", "ķĶ"), ("l", "łĺļľŁĹĻĽ"), ("n", "ñńņňÑŃŅŇ"),
      ("o", "óòôöõøōŏőÓÒÔÖÕØŌŎŐ"), ("oe", "œŒ"), ("r", "ŕŗřŔŖŘ"), ("s", "śŝşšșŚŜŞŠȘ"), ("ss", "ß"),
      ("t", "ţťŧțŢŤŦȚ"), ("th", "þÞ"), ("u", "úùûüũūŭůűųÚÙÛÜŨŪŬŮŰŲ"), ("w", "ŵŴ"), ("y", "ýÿŷÝŶŸ"),
      ("z", "źżžŹŻŽ"),
    ] {
      for letter in letters.unicodeScalars { table[letter] = Array(plain.utf8) }
    }
    return table
  }()
}
