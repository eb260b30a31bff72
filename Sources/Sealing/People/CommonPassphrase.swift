/// Passphrases that an attacker tries first.
///
/// A rule and a short list of our own; they catch what people type when they do not want to choose. Other people's list
/// of the commonest is what `scripts/check_sign_in.py` tries against them.
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
    "q1w2e3r4t5y6u7i8o9p0", "1q2w3e4r5t6y7u8i9o0p", "qazwsxedcrfvtgbyhnujmikolp",
    "12345678910111213141516171819202122232425",
  ]

  /// What is common, long enough, and follows from no rule.
  private static let long: Set<String> = [
    "friend of emily", "friend of gerly", "migrationschool", "kartoffelpuffer", "manchesterunited",
    "doomsayer.2.7mords.v", "doomsayer.2.7mords.vv", "correct horse battery staple",
    "correcthorsebatterystaple",
  ]

  private static let swaps: [Character: Character] = [
    "0": "o", "1": "l", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i",
  ]

  /// Whether the text is a common word with a number or sign around it, a row of keys, or a few
  /// characters over and over.
  static func contains(_ text: String) -> Bool {
    let lower = text.lowercased()
    if Set(lower).count < 4 || isRow(lower) || isRepeated(lower) || long.contains(lower) {
      return true
    }
    let swapped = String(lower.map { swaps[$0] ?? $0 })
    let bare = trimmed(lower)
    let cores = [bare, trimmed(String(bare.map { swaps[$0] ?? $0 })), trimmed(swapped)]
    return cores.contains { core in
      // More than six characters around a word are more than a year and a sign.
      core.count > 3 && lower.count - core.count <= 6 && (words.contains(core) || isRow(core))
    }
  }

  /// How many characters there are to guess: a number of up to eight digits, a row of keys and a repetition count as one.
  static func weight(of text: String) -> Int {
    var rest = Array(text.lowercased().unicodeScalars)[...]
    var weight = 0
    var before: Unicode.Scalar?
    while let first = rest.first {
      let row = rows(at: rest)
      let digits = rest.prefix { $0.properties.numericType == .decimal }.count
      let same = rest.prefix { $0 == first }.count
      if row >= 4, row >= digits {
        rest = rest.dropFirst(row)
        weight += 1
      } else if digits >= 2 {
        rest = rest.dropFirst(digits)
        weight += max(1, digits - 7)
      } else {
        // A character said again at once adds nothing.
        rest = rest.dropFirst(same)
        weight += first == before ? 0 : 1
      }
      before = first
    }
    return weight
  }

  /// How many characters from here on are a row of keys, forwards or backwards.
  private static func rows(at text: ArraySlice<Unicode.Scalar>) -> Int {
    rows.flatMap { [Array($0.unicodeScalars), Array($0.unicodeScalars.reversed())] }.map { row in
      var most = 0
      for start in row.indices {
        let count = zip(row[start...], text).prefix { $0 == $1 }.count
        most = max(most, count)
      }
      return most
    }.max() ?? 0
  }

  /// Whether little more than a person's name stands there.
  static func isAbout(_ name: String, _ text: String) -> Bool {
    let parts = name.lowercased().split { !$0.isLetter }.map(String.init)
    let lower = text.lowercased()
    var rest = lower
    for part in parts + [String(parts.joined().reversed())] where part.count > 2 {
      rest = rest.replacing(part, with: "")
    }
    return rest.count < lower.count && weight(of: rest) < 8
  }

  /// Without what is no letter at both ends.
  private static func trimmed(_ text: String) -> String {
    let front = text.drop { !$0.isLetter }
    return String(front.reversed().drop { !$0.isLetter }.reversed())
  }

  private static func isRow(_ text: String) -> Bool {
    rows.contains { $0.contains(text) || String($0.reversed()).contains(text) }
  }

  /// Whether one half, third or smaller part fills the whole.
  private static func isRepeated(_ text: String) -> Bool {
    let characters = Array(text)
    return (1...max(1, characters.count / 2)).contains { size in
      characters.count >= 2 * size
        && characters.indices.allSatisfy {
          characters[$0] == characters[$0 % size]
        }
    }
  }
}
