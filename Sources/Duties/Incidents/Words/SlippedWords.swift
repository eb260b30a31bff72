/// Words that are known with one slip of the pen, too: a letter more, less, another, or two that changed places.
///
/// For a few long words only, which no other word resembles; its first letter is taken to be right.
struct SlippedWords: Sendable {
  /// The shortest word that is looked at: shorter ones resemble too much.
  static let shortest = 7

  private let words: [(letters: [UInt8], set: Int)]

  /// Words with the sets of entries that a trie gives them.
  init(_ words: [Substring], _ trie: WordTrie) {
    self.words = words.map { word in
      var cursor = WordTrie.Cursor()
      for byte in word.utf8 { trie.feed(byte, &cursor) }
      let set = trie.set(cursor)
      precondition(set != 0, "“\(word)” suggests nothing by itself")
      return (Array(word.utf8), set)
    }
  }

  /// The set of entries of the word that is meant; 0 where there is none.
  ///
  /// - Parameter written: the word as it stands in the text, of at least `shortest` letters.
  func set(_ written: UnsafeBufferPointer<UInt8>) -> Int {
    guard let first = written.first.map({ $0 | 0x20 }) else { return 0 }
    for word in words
    where word.letters[0] == first && abs(word.letters.count - written.count) <= 1 {
      if SlippedWords.isOneApart(word.letters, written) { return word.set }
    }
    return 0
  }

  private static func isOneApart(
    _ word: [UInt8], _ written: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    let same = zip(word, written).prefix { $0 == $1 | 0x20 }.count
    let (left, right) = (word.count - same, written.count - same)
    func endsAlike(_ ours: Int, _ theirs: Int) -> Bool {
      left - ours == right - theirs
        && zip(word.dropFirst(same + ours), written.dropFirst(same + theirs))
          .allSatisfy { $0 == $1 | 0x20 }
    }
    if endsAlike(1, 1) || endsAlike(1, 0) || endsAlike(0, 1) { return true }
    return left > 1 && right > 1 && word[same] == written[same + 1] | 0x20
      && word[same + 1] == written[same] | 0x20 && endsAlike(2, 2)
  }
}
