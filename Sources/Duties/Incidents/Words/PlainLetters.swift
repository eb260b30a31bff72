/// The plain form of letters: small, without accents.
enum PlainLetters {
  /// What one sign of a text is.
  enum Sign {
    /// A letter or a digit, as plain letters.
    case letters([UInt8])
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
    guard scalar.properties.isAlphabetic else { return .other }
    return .letters(Array(scalar.properties.lowercaseMapping.utf8))
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
