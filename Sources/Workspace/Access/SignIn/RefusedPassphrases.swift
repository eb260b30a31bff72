internal import FoundationEssentials
internal import Ground

extension OpenWorkspace {
  /// The name of a list in the folder of the workspace: passphrases that are refused, one on each line.
  ///
  /// An organisation puts there what was seen in breaches, and the words of its own house. It is read when somebody
  /// chooses a passphrase, line by line, so that it may be long. Source: OWASP ASVS 5.0.0, 6.2.4 and 6.2.12.
  public static let refusedPassphrases = "refused-passphrases.txt"

  /// Refuses a passphrase that stands in the list, in any case of letters.
  ///
  /// - Throws: `workspace.passphrase-refused`, `ground.file-*`.
  func checkRefused(_ passphrase: String) throws(Problem) {
    let path = folder.path + "/" + OpenWorkspace.refusedPassphrases
    guard FileManager.default.fileExists(atPath: path) else { return }
    let wanted = Array(passphrase.lowercased().utf8)
    let lines = try ByteLines(path: path)
    while let line = try lines.next() {
      guard !line.isEmpty,
        String(decoding: line, as: UTF8.self).lowercased().utf8.elementsEqual(wanted)
      else { continue }
      throw Problem(
        "workspace.passphrase-refused", what: "this passphrase is on the list of those refused",
        why: "it was seen elsewhere, or is a word of the house",
        mend: "choose several unrelated words")
    }
  }
}
