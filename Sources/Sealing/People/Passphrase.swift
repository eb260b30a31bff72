internal import Crypto
@_spi(_Unicode) internal import Swift
public import Ground

/// What a person knows and types.
///
/// Kept as a PHC string `$scrypt$ln=17,r=8,p=1$salt$hash`, never as text. One try takes 128 MiB:
/// whoever verifies bounds how many run at once, or signing in becomes a way to exhaust memory.
/// Source: RFC 7914; OWASP ASVS 5.0.0, 6.2 and 11.4.2.
public enum Passphrase {
  /// Fewest characters, counted as Unicode scalars, where a number, a row of keys or a repetition counts as one.
  ///
  /// Source: NIST SP 800-63B-4, section 3.1.1.2, for passphrases without a second factor.
  public static let fewestCharacters = 15
  /// Most characters, counted as Unicode scalars.
  public static let mostCharacters = 256
  /// Binary logarithm of the cost N where no other is given.
  public static let usualLogCost = ScryptCost.usualLogCost

  private static let saltByteCount = 16
  private static let hashByteCount = 32

  /// Refuses a new passphrase that is too short, too long or among the first to be guessed.
  ///
  /// - Parameter name: The name of the person, which is among the first to be guessed as well.
  /// - Throws: `sealing.passphrase-too-short`, `sealing.passphrase-too-long`,
  ///   `sealing.passphrase-too-common`.
  public static func check(_ text: String, about name: String = "") throws(Problem) {
    // One more than can compose to the greatest length: a megabyte is not normalised.
    let start = text.unicodeScalars.prefix(4 * mostCharacters + 1)
    let normal = normal(String(String.UnicodeScalarView(start)))
    let count = normal.unicodeScalars.count
    if count < fewestCharacters {
      throw Problem(
        "sealing.passphrase-too-short", what: "the passphrase is too short",
        why: "it has \(count) characters, and fewer than \(fewestCharacters) are guessed quickly",
        mend: "choose at least \(fewestCharacters) characters, such as four unrelated words")
    }
    if count > mostCharacters {
      throw Problem(
        "sealing.passphrase-too-long", what: "the passphrase is too long",
        why: "at most \(mostCharacters) characters are taken, so that nothing is ever cut off",
        mend: "choose at most \(mostCharacters) characters")
    }
    let isShort = CommonPassphrase.weight(of: normal) < fewestCharacters
    if isShort || CommonPassphrase.contains(normal) || CommonPassphrase.isAbout(name, normal) {
      throw Problem(
        "sealing.passphrase-too-common", what: "the passphrase is one of the first to be guessed",
        why:
          "common words, numbers, rows of keys and repetitions are tried before anything else, and count for little",
        mend: "choose several unrelated words")
    }
  }

  /// The SHA-1 in upper-case hexadecimal under which lists of breached passphrases name one.
  ///
  /// It finds a line in such a list and protects nothing.
  public static func nameInBreaches(_ text: String) -> String {
    Hex.text(Array(Insecure.SHA1.hash(data: typed(text) ?? []))).uppercased()
  }

  /// The PHC string to keep for a new passphrase; another one each time.
  ///
  /// - Throws: the codes of `check`, `sealing.not-derived`.
  public static func hash(_ text: String, logCost: Int = usualLogCost) throws(Problem) -> String {
    try check(text)
    let cost = ScryptCost(logCost: logCost)
    let salt = RandomBytes.make(saltByteCount)
    let hash = try cost.key(from: Array(normal(text).utf8), salt: salt, byteCount: hashByteCount)
    return "$scrypt$" + cost.text + "$" + Base64.bareText(salt) + "$" + Base64.bareText(hash)
  }

  /// Whether the text is the passphrase behind a PHC string; takes the time that its cost asks for.
  ///
  /// - Throws: `sealing.bad-passphrase-hash`, `sealing.not-derived`.
  public static func verify(_ text: String, against kept: String) throws(Problem) -> Bool {
    let (cost, salt, hash) = try parts(kept)
    let bytes = typed(text)
    let tried = try cost.key(from: bytes ?? [0], salt: salt, byteCount: hash.count)
    return Commitment.isEqual(tried, hash) && bytes != nil
  }

  /// Spends the time of `verify` for a person who is not known, and is always false.
  ///
  /// An answer that came sooner would tell who is known.
  /// - Throws: `sealing.not-derived`.
  public static func verifyNobody(_ text: String, logCost: Int = usualLogCost) throws(Problem)
    -> Bool
  {
    let salt = [UInt8](repeating: 0, count: saltByteCount)
    _ = try ScryptCost(logCost: logCost).key(
      from: typed(text) ?? [0], salt: salt, byteCount: hashByteCount)
    return false
  }

  /// Whether a PHC string was made at another cost than asked for now: hash again at sign-in.
  ///
  /// - Throws: `sealing.bad-passphrase-hash`.
  public static func isOutdated(_ kept: String, logCost: Int = usualLogCost) throws(Problem)
    -> Bool
  {
    try parts(kept).cost != ScryptCost(logCost: logCost)
  }

  /// The key that a passphrase and a salt give, at r = 8 and p = 1.
  ///
  /// - Throws: `sealing.not-derived`.
  public static func key(from text: String, salt: [UInt8], logCost: Int) throws(Problem)
    -> SecretKey
  {
    let cost = ScryptCost(logCost: logCost)
    let bytes = try cost.key(
      from: typed(text) ?? [], salt: salt, byteCount: SecretKey.byteCount)
    guard let key = SecretKey(bytes: bytes) else { throw cost.notDerived }
    return key
  }

  /// In normalisation form C: the same characters give the same bytes on every keyboard.
  private static func normal(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    scalars.append(contentsOf: text._nfc)
    return String(scalars)
  }

  /// The bytes to hash; nil for what no passphrase can be.
  private static func typed(_ text: String) -> [UInt8]? {
    // Looked at before normalising, so that a megabyte costs nothing; form C puts at most four
    // scalars into one.
    guard !text.isEmpty, text.unicodeScalars.count <= 4 * mostCharacters else { return nil }
    return Array(normal(text).utf8)
  }

  private static func parts(_ kept: String) throws(Problem)
    -> (cost: ScryptCost, salt: [UInt8], hash: [UInt8])
  {
    let parts = kept.split(separator: "$", omittingEmptySubsequences: false).map(String.init)
    if kept.utf8.count <= 256, parts.count == 5, parts[0].isEmpty, parts[1] == "scrypt",
      let cost = ScryptCost(parts[2]), let salt = Base64.bareBytes(parts[3]),
      let hash = Base64.bareBytes(parts[4]), 8...64 ~= salt.count, 16...64 ~= hash.count
    {
      return (cost, salt, hash)
    }
    throw Problem(
      "sealing.bad-passphrase-hash", what: "the kept form of a passphrase cannot be read",
      why: "it is `$scrypt$ln=…,r=…,p=…$salt$hash` with a cost of at most 256 MiB",
      mend: "set a new passphrase for this person")
  }
}
