public import Ground

/// Secrets in a text file that a passphrase opens: for a safe, a printer, a colleague's cupboard.
///
/// Lines of ASCII ending in a line feed: a sentence that says what the file is, the header, the
/// sealed secrets in Base64 with 64 characters a line, and a check over all of it. The sealed bytes
/// are a `SealedBox` whose key comes from the passphrase by scrypt and whose context is the text
/// before them.
public enum RecoveryFile {
  /// Most secrets in bytes.
  public static let mostBytes = 1_048_576

  private static let title =
    "Systemic recovery file. With its passphrase it opens the keys of a workspace. Keep it apart."
  private static let format = "format: systemic-recovery-1"
  private static let cipher = "cipher: aes-256-gcm"
  private static let lineLength = 64

  /// The text of the file.
  ///
  /// - Throws: the codes of `Passphrase.check`, `sealing.not-derived`, `sealing.not-sealed`.
  public static func seal(
    _ secrets: [UInt8], passphrase: String, logCost: Int = Passphrase.usualLogCost
  ) throws(Problem) -> String {
    try Passphrase.check(passphrase)
    guard secrets.count <= mostBytes else {
      throw Problem(
        "sealing.not-sealed", what: "the recovery file could not be written",
        why: "it holds at most \(mostBytes) bytes", mend: "seal fewer keys")
    }
    let salt = RandomBytes.make(16)
    let key = try Passphrase.key(from: passphrase, salt: salt, logCost: logCost)
    let header = header(ScryptCost(logCost: logCost), salt: salt)
    let sealed = try SealedBox.seal(secrets, key: key, context: Array(header.utf8))
    let body = header + lines(Base64.text(sealed)) + "\n"
    return body + check(body)
  }

  /// The secrets of a file.
  ///
  /// - Throws: `sealing.damaged-recovery-file` for any changed, missing or added byte,
  ///   `sealing.wrong-passphrase`, `sealing.not-derived`.
  public static func open(_ text: String, passphrase: String) throws(Problem) -> [UInt8] {
    let (cost, salt, header, sealed) = try parts(text)
    guard !passphrase.isEmpty else { throw wrongPassphrase }
    let key = try Passphrase.key(from: passphrase, salt: salt, logCost: cost.logCost)
    do { return try SealedBox.open(sealed, key: key, context: Array(header.utf8)) } catch {
      throw wrongPassphrase
    }
  }

  private static func header(_ cost: ScryptCost, salt: [UInt8]) -> String {
    [title, format, cipher, "key: scrypt " + cost.text, "salt: " + Base64.text(salt), "", ""]
      .joined(separator: "\n")
  }

  private static func lines(_ text: String) -> String {
    var rest = text[...]
    var lines = ""
    while !rest.isEmpty {
      lines += rest.prefix(lineLength) + "\n"
      rest = rest.dropFirst(lineLength)
    }
    return lines
  }

  private static func check(_ body: String) -> String {
    "check: " + Digest(of: body.utf8).hex + "\n"
  }

  private static func parts(_ text: String) throws(Problem)
    -> (cost: ScryptCost, salt: [UInt8], header: String, sealed: [UInt8])
  {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard text.utf8.count <= 2 * mostBytes, lines.count >= 10, lines[1] == format else {
      throw damaged("it does not begin as a recovery file of format 1, or it was cut off")
    }
    let body = lines.dropLast(2).joined(separator: "\n") + "\n"
    guard text.utf8.elementsEqual((body + check(body)).utf8) else {
      throw damaged("the check in its last line does not fit: a character or line end was changed")
    }
    guard lines[3].hasPrefix("key: scrypt "), lines[4].hasPrefix("salt: "),
      let cost = ScryptCost(String(lines[3].dropFirst(12))), cost.blockSize == 8,
      cost.parallelism == 1, let salt = Base64.bytes(String(lines[4].dropFirst(6))),
      salt.count == 16, let sealed = Base64.bytes(lines[6..<(lines.count - 3)].joined())
    else { throw damaged("its header or its content is not of format 1") }
    // Written again it must be the same text, so that there is one file for each content.
    let header = header(cost, salt: salt)
    let again = header + RecoveryFile.lines(Base64.text(sealed)) + "\n"
    guard body.utf8.elementsEqual(again.utf8) else {
      throw damaged("its header or its content is not of format 1")
    }
    return (cost, salt, header, sealed)
  }

  private static func damaged(_ why: String) -> Problem {
    Problem(
      "sealing.damaged-recovery-file", what: "the recovery file is damaged", why: why,
      mend: "use another copy, byte for byte as it was written, with line feeds as line ends")
  }

  private static var wrongPassphrase: Problem {
    Problem(
      "sealing.wrong-passphrase", what: "the passphrase does not open this recovery file",
      why: "the file is whole, but the key that the passphrase gives is another one",
      mend: "type the passphrase with which the file was made")
  }
}
