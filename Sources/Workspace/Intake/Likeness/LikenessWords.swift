/// The words by which incidents are compared: folded, each once, without those that say little.
enum LikenessWords {
  /// How much of a narrative is looked at, in bytes.
  static let mostBytes = 32 * 1024
  /// Most words of one incident.
  static let mostWords = 400

  /// Gives each word of title and narrative that may say something, also when it stands there again, with its key.
  ///
  /// - Parameter body: false ends it.
  static func each(of trace: IncidentTrace, _ body: (UInt64, ArraySlice<UInt8>) -> Bool) {
    let text = trace.title + "\n" + IntakeText.cut(trace.narrative, bytes: mostBytes)
    let bytes = FoldedText(text).bytes
    var start: Int?
    for index in 0...bytes.count {
      if index < bytes.count, isLetterOrDigit(bytes[index]) {
        start = start ?? index
      } else if let from = start {
        start = nil
        guard index - from >= 3, index - from <= 40 else { continue }
        let word = bytes[from..<index]
        let key = key(of: word)
        if !common.contains(key), !body(key, word) { return }
      }
    }
  }

  /// A number for a word; two words with one number would only be proposed in vain.
  ///
  /// Source: Fowler, Noll and Vo, hash FNV-1a with 64 bits.
  private static func key(of word: some Sequence<UInt8>) -> UInt64 {
    word.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte >= 0x61 && byte <= 0x7A || byte >= 0x30 && byte <= 0x39
  }

  /// References without case and spaces, each with its source: two sources may use one number for two events.
  static func references(of trace: IncidentTrace) -> [(text: String, key: String)] {
    trace.references.map { ($0, plain(trace.source) + "\n" + plain($0)) }
  }

  private static func plain(_ text: String) -> String {
    String(decoding: FoldedText(text).bytes.filter { $0 > 0x20 }, as: UTF8.self)
  }

  /// An address without scheme, `www.` and what leads only to a place on the page.
  static func address(_ address: String) -> String {
    var rest = Substring(address.lowercased().prefix { $0 != "#" })
    for start in ["https://", "http://", "www."] where rest.hasPrefix(start) {
      rest = rest.dropFirst(start.count)
    }
    while rest.last == "/" { rest = rest.dropLast() }
    return String(rest)
  }

  /// Words that stand in most reports, in five languages.
  private static let common: Set<UInt64> = Set(
    """
    the and for that with was were has have had this from not are but they their its who which
    when where into after before about also been being than then there these those would could
    should will may can all any more most other such only over under out our your his her him she
    you one two some said says report reported reports incident incidents model models system
    systems user users der die das und ein eine einen einem einer des den dem von mit auf fur ist
    war nicht auch sich als bei nach aus wurde werden hat les des une est pas que qui dans pour par
    sur avec aux ont ete los las una del por con para que fue sus dei della delle che gli non per
    """.split(whereSeparator: \.isWhitespace).map { key(of: $0.utf8) })
}
