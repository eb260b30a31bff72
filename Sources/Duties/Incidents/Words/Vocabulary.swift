/// The entries of the table of words: each is a choice of whole words and of stems.
struct Vocabulary {
  /// A stem has at least so many letters; shorter ones would match too much.
  private static let shortestStem = 3

  private var classes: [Substring: [Substring]] = [:]
  private var known: [Substring: Int32] = [:]
  private var whole: [Substring: [Int32]] = [:]
  private var stems: [Substring: [Int32]] = [:]
  /// The entries that any number is.
  private(set) var numbers: [Int32] = []

  /// Names a choice of words, so that phrases can use it.
  mutating func define(_ name: String, _ words: String) {
    classes[name[...], default: []] += words.split(separator: "/")
  }

  /// The number of an entry such as `his/her/fall*/@family/#`, or the gap for `..`.
  mutating func element(_ text: Substring) -> Int32 {
    if text == ".." { return WordTable.gap }
    if let number = known[text] { return number }
    let number = Int32(known.count)
    known[text] = number
    for word in text.split(separator: "/") { add(word, to: number) }
    return number
  }

  private mutating func add(_ word: Substring, to number: Int32) {
    if word.hasPrefix("@") {
      guard let words = classes[word] else {
        preconditionFailure("the table of words has no class \(word)")
      }
      for word in words { add(word, to: number) }
    } else if word == "#" {
      // An entry may name it twice: by itself, and in a choice of words.
      if numbers.last != number { numbers.append(number) }
    } else if word.hasSuffix("*") {
      // In bytes: a sign of Korean is a syllable.
      precondition(word.utf8.count > Vocabulary.shortestStem, "the stem \(word) is too short")
      stems[word.dropLast(), default: []].append(number)
    } else {
      whole[word, default: []].append(number)
    }
  }

  /// The trie of all entries; a number that is named itself is any number too.
  var trie: WordTrie {
    var whole = whole
    for word in whole.keys where word.allSatisfy(\.isNumber) {
      whole[word]? += numbers
    }
    // A word that no text holds, so that there is a set for numbers.
    whole["#"] = numbers
    return WordTrie(whole: whole, stems: stems)
  }
}
