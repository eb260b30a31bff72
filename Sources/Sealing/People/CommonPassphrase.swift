/// Passphrases that an attacker tries first.
///
/// Our own short list; it catches what people type when they do not want to choose.
enum CommonPassphrase {
  /// Words that protect nothing, even with a number behind them.
  private static let words: Set<String> = [
    "password", "passwort", "passwoord", "motdepasse", "contrasena", "contraseña", "senha",
    "parola", "haslo", "heslo", "jelszo", "salasana", "losenord", "lösenord", "adgangskode",
    "wachtwoord", "passphrase", "passcode", "secret", "geheim", "letmein", "letmeinnow",
    "welcome", "willkommen", "bienvenue", "changeme", "changemenow", "default", "administrator",
    "admin", "adminadmin", "root", "rootroot", "guest", "testtest", "test", "testing", "user",
    "username", "login", "master", "sunshine", "princess", "football", "baseball", "superman",
    "iloveyou", "trustno", "dragon", "monkey", "shadow", "starwars", "whatever", "computer",
    "internet", "summer", "winter", "spring", "autumn", "sommer", "systemic", "compliance",
    "aiact", "aioffice", "commission", "provider",
  ]

  /// Rows and orders under the fingers, forwards; backwards counts too.
  private static let rows = [
    "01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm",
    "qwertzuiopasdfghjklyxcvbnm", "azertyuiopqsdfghjklmwxcvbn", "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    "q1w2e3r4t5y6u7i8o9p0", "1q2w3e4r5t6y7u8i9o0p",
  ]

  private static let swaps: [Character: Character] = [
    "0": "o", "1": "l", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i",
  ]

  /// Whether the text is a common word with a number or sign around it, a row of keys, or a few
  /// characters over and over.
  static func contains(_ text: String) -> Bool {
    let lower = text.lowercased()
    if Set(lower).count < 4 || isRow(lower) || isRepeated(lower) { return true }
    let swapped = String(lower.map { swaps[$0] ?? $0 })
    let bare = trimmed(lower)
    let cores = [bare, trimmed(String(bare.map { swaps[$0] ?? $0 })), trimmed(swapped)]
    return cores.contains { core in
      // More than six characters around a word are more than a year and a sign.
      core.count > 3 && lower.count - core.count <= 6 && (words.contains(core) || isRow(core))
    }
  }

  /// Whether little more than a person's name stands there.
  static func isAbout(_ name: String, _ text: String) -> Bool {
    let bare = text.lowercased().filter(\.isLetter)
    let parts = name.lowercased().split { !$0.isLetter }.map(String.init)
    let whole = parts.joined()
    guard whole.count > 3 else { return false }
    return bare.hasPrefix(whole) && bare.count - whole.count <= 3
      || parts.contains { $0.count > 3 && bare == $0 } || bare == String(whole.reversed())
  }

  /// Without what is no letter at both ends.
  private static func trimmed(_ text: String) -> String {
    let front = text.drop { !$0.isLetter }
    return String(front.reversed().drop { !$0.isLetter }.reversed())
  }

  private static func isRow(_ text: String) -> Bool {
    rows.contains { $0.contains(text) || String($0.reversed()).contains(text) }
  }

  /// Whether one half, third or smaller part fills the whole, and is shorter than eight itself.
  private static func isRepeated(_ text: String) -> Bool {
    let characters = Array(text)
    return (1..<8).contains { size in
      characters.count >= 2 * size
        && characters.indices.allSatisfy {
          characters[$0] == characters[$0 % size]
        }
    }
  }
}
