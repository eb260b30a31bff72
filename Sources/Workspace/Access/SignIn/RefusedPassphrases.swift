internal import FoundationEssentials
internal import Ground
internal import Sealing

extension OpenWorkspace {
  /// The name of a list in the folder of the workspace: passphrases that are refused, one on each line.
  ///
  /// An organisation puts there the words of its own house. It is read when somebody chooses a passphrase, line by line.
  /// Source: OWASP ASVS 5.0.0, 6.2.11.
  public static let refusedPassphrases = "refused-passphrases.txt"

  /// The name of a file or folder there, or of a link to one, that holds the SHA-1 of passphrases seen in breaches.
  ///
  /// A file has a line for each, sorted, as `5BAA61…:52256372`; a folder has a file for each beginning of five digits,
  /// `5BAA6.txt`, with lines of the other 35. Both are how Have I Been Pwned publishes its list.
  /// Source: OWASP ASVS 5.0.0, 6.2.12.
  public static let breachedPassphrases = "breached-passphrases"

  /// Refuses a passphrase that stands in a list: in any case of letters in that of the house, as it is in that of
  /// breaches.
  ///
  /// - Throws: `workspace.passphrase-refused`, `ground.file-*`.
  func checkRefused(_ passphrase: String) throws(Problem) {
    if try isRefusedHere(passphrase) {
      throw OpenWorkspace.refused("it is a word of the house, or was seen elsewhere")
    }
    if try isBreached(passphrase) {
      throw OpenWorkspace.refused("it was seen in a breach, and is tried from then on")
    }
  }

  private func isRefusedHere(_ passphrase: String) throws(Problem) -> Bool {
    let path = folder.path + "/" + OpenWorkspace.refusedPassphrases
    guard FileManager.default.fileExists(atPath: path) else { return false }
    let wanted = Array(passphrase.lowercased().utf8)
    let lines = try ByteLines(path: path)
    while let line = try lines.next() {
      if !line.isEmpty,
        String(decoding: line, as: UTF8.self).lowercased().utf8.elementsEqual(wanted)
      {
        return true
      }
    }
    return false
  }

  private func isBreached(_ passphrase: String) throws(Problem) -> Bool {
    let path = folder.path + "/" + OpenWorkspace.breachedPassphrases
    var isFolder = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return false }
    let name = Passphrase.nameInBreaches(passphrase)
    guard isFolder else { return try SortedLines(path).holds(name) }
    let part = path + "/" + name.prefix(5) + ".txt"
    guard FileManager.default.fileExists(atPath: part) else { return false }
    return try SortedLines(part).holds(String(name.dropFirst(5)))
  }

  private static func refused(_ why: String) -> Problem {
    Problem(
      "workspace.passphrase-refused", what: "this passphrase is on a list of those refused",
      why: why, mend: "choose several unrelated words")
  }
}
