/// Keys for names: random, and those given one after the other stand together in an index.
///
/// Were all of a key random, every new name would go into another page of a store's index, and that page be written for
/// it alone. So the keys of a run share their first characters, which are random, and are counted by the next two; what
/// is left is random again. Two keys of a run differ, and keys of two runs are equal as seldom as keys that are random
/// throughout. A key is no secret: who knows one can guess at its neighbours.
public struct KeyRun: Sendable {
  /// Characters of a key.
  public static let length = 12

  private static let shared = 8
  private static let own = 2

  /// The characters that the run shares.
  private var beginning: [UInt8] = []
  /// The random ends of its keys, one after the other.
  private var ends: [UInt8] = []
  private var given = 0

  /// A run that begins with the first key.
  public init() {}

  /// The next key.
  public mutating func next() -> String {
    let letters = RandomText.alphabet
    if beginning.isEmpty || given == letters.count * letters.count {
      beginning = RandomText.letters(KeyRun.shared)
      ends = RandomText.letters(KeyRun.own * letters.count * letters.count)
      given = 0
    }
    defer { given += 1 }
    return String(unsafeUninitializedCapacity: KeyRun.length) { text in
      for (place, letter) in beginning.enumerated() { text[place] = letter }
      text[KeyRun.shared] = letters[given / letters.count]
      text[KeyRun.shared + 1] = letters[given % letters.count]
      text[KeyRun.shared + 2] = ends[KeyRun.own * given]
      text[KeyRun.shared + 3] = ends[KeyRun.own * given + 1]
      return KeyRun.length
    }
  }
}
