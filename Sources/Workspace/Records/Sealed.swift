internal import Duties
internal import Ground
internal import Sealing

/// How contents and states are sealed: under the record's key, bound to record, class and version, so that none can be
/// put in the place of another.
enum Sealed {
  /// Random bytes for an event: the salt of its content, and two nonces.
  static func random() -> RandomSupply {
    RandomSupply(Commitment.byteCount + 2 * SealedBox.nonceBytes)
  }

  /// Salt and content of an event, with the commitment that stands in its entry.
  static func content(
    _ content: JSON, of record: RecordID, confidentiality: Confidentiality, version: Int,
    key: SecretKey, from random: inout RandomSupply
  ) throws(Problem) -> (sealed: [UInt8], commitment: [UInt8]) {
    let bytes = try content.canonicalBytes()
    let salt = Commitment.salt(from: &random)
    let sealed = try SealedBox.seal(
      salt + bytes, key: key, context: context("content", record, confidentiality, version),
      from: &random)
    return (sealed, Commitment.value(content: bytes, salt: salt))
  }

  /// The content of an entry, its commitment checked.
  ///
  /// - Throws: `sealing.not-opened`, `workspace.content-differs`.
  static func opened(
    _ sealed: [UInt8], of envelope: Envelope, key: SecretKey
  ) throws(Problem) -> JSON {
    try JSON(parsing: opening(sealed, of: envelope, key: key).content, file: "content")
  }

  /// Salt and canonical content of an entry, from which anybody computes its commitment.
  ///
  /// - Throws: `sealing.not-opened`, `workspace.content-differs`.
  static func opening(
    _ sealed: [UInt8], of envelope: Envelope, key: SecretKey
  ) throws(Problem) -> (salt: [UInt8], content: [UInt8]) {
    let opened = try SealedBox.open(
      sealed, key: key,
      context: context("content", envelope.record, envelope.confidentiality, envelope.version))
    let salt = Array(opened.prefix(Commitment.byteCount))
    let bytes = Array(opened.dropFirst(Commitment.byteCount))
    guard let commitment = envelope.commitment, salt.count == Commitment.byteCount,
      Commitment.isEqual(Commitment.value(content: bytes, salt: salt), commitment)
    else {
      throw Problem(
        "workspace.content-differs",
        what:
          "the content of \(envelope.record.text) version \(envelope.version) is not what its entry binds to",
        why: "the entry holds a commitment to the content",
        mend: "restore the content from a backup")
    }
    return (salt, bytes)
  }

  /// The state of a record for the cache.
  static func state(
    _ state: RecordState, key: SecretKey
  ) throws(Problem) -> [UInt8] {
    var random = RandomSupply(SealedBox.nonceBytes)
    return try Sealed.state(state, key: key, from: &random)
  }

  /// The state of a record for the cache, with a nonce from a supply of random bytes.
  static func state(
    _ state: RecordState, key: SecretKey, from random: inout RandomSupply
  ) throws(Problem) -> [UInt8] {
    try SealedBox.seal(
      state.compactBytes, key: key,
      context: context("state", state.id, nil, state.version), from: &random)
  }

  /// The state in the cache.
  ///
  /// - Throws: `sealing.not-opened`, `workspace.bad-state`.
  static func state(
    _ sealed: [UInt8], of record: RecordID, version: Int, key: SecretKey
  ) throws(Problem) -> RecordState {
    let bytes = try SealedBox.open(
      sealed, key: key, context: context("state", record, nil, version))
    guard let state = RecordState(json: try JSON(parsing: bytes, file: record.text)) else {
      throw Problem(
        "workspace.bad-state", what: "the cached state of \(record.text) cannot be read",
        why: "it was written by another program, or damaged",
        mend: "rebuild it from the journal: systemic journal rebuild")
    }
    return state
  }

  private static func context(
    _ part: String, _ record: RecordID, _ confidentiality: Confidentiality?, _ version: Int
  ) -> [UInt8] {
    var context: [UInt8] = []
    context.reserveCapacity(part.utf8.count + RecordID.longest + 48)
    context += part.utf8
    for word in [record.text, confidentiality?.rawValue ?? "", String(version)] {
      context.append(0x7C)
      context += word.utf8
    }
    return context
  }
}
