internal import Ground
internal import Sealing

/// What came of sealing a file.
struct SealedFile: Sendable {
  /// SHA-256 of the file as it was given.
  let plain: Digest
  /// Its size in bytes.
  let bytes: Int
  /// SHA-256 of the sealed file, which is its name.
  let sealed: Digest
}

/// A file of evidence as it is kept: sealed under a key that comes from its record's key, chunk by chunk.
///
/// Who destroys the key of the record destroys the file. The context is the record, so that no file opens as the
/// evidence of another.
enum EvidenceFile {
  private static let purpose = Array("systemic evidence file 1".utf8)

  /// The key of a record's file: another one than seals the record's contents, so that no nonce meets its like.
  ///
  /// Source: RFC 5869, section 3.3: a key that is uniform may be expanded without extracting.
  static func key(_ record: SecretKey) -> SecretKey {
    let bytes = Commitment.value(content: purpose + [1], salt: record.bytes)
    guard let key = SecretKey(bytes: bytes) else {
      preconditionFailure("an HMAC-SHA256 has 32 bytes")
    }
    return key
  }

  static func context(_ record: RecordID) -> [UInt8] { Array("evidence|\(record.text)".utf8) }

  /// Seals a file of any size; memory does not grow with it.
  ///
  /// - Throws: `ground.file-*`, `workspace.not-written`, `sealing.not-sealed`.
  static func seal(
    _ source: ByteSource, of record: RecordID, key: SecretKey, into writer: DurableWriter,
    progress: ((Int) -> Void)?
  ) throws(Problem) -> SealedFile {
    var parts = try FileParts(source, length: ChunkStream.chunkByteCount, progress: progress)
    var sealer = ChunkSealer(key: EvidenceFile.key(key), context: context(record))
    var plain = DigestStream()
    var sealed = DigestStream()
    var count = 0
    func put(_ bytes: [UInt8]) throws(Problem) {
      sealed.update(bytes)
      try writer.write(bytes)
    }
    try put(sealer.header)
    while let part = try parts.part() {
      plain.update(part.bytes)
      count += part.bytes.count
      try put(sealer.seal(part.bytes, isLast: part.isLast))
    }
    return SealedFile(plain: plain.finish(), bytes: count, sealed: sealed.finish())
  }

  /// Opens a sealed file, chunk by chunk; the content counts only once this has returned.
  ///
  /// - Throws: `sealing.broken-stream` with the byte at which it is broken, `ground.file-*`, and what `take` throws.
  static func open(
    _ path: String, of record: RecordID, key: SecretKey, progress: ((Int) -> Void)?,
    take: ([UInt8]) throws(Problem) -> Void
  ) throws(Problem) -> SealedFile {
    var parts = try FileParts(
      path, length: ChunkStream.sealedChunkByteCount, skipping: ChunkStream.headerByteCount,
      progress: progress)
    var opener = try ChunkOpener(
      key: EvidenceFile.key(key), context: context(record), header: parts.head)
    var plain = DigestStream()
    var sealed = DigestStream()
    sealed.update(parts.head)
    var count = 0
    while let part = try parts.part() {
      sealed.update(part.bytes)
      let content = try opener.open(part.bytes, isLast: part.isLast)
      plain.update(content)
      count += content.count
      try take(content)
    }
    try opener.finish()
    return SealedFile(plain: plain.finish(), bytes: count, sealed: sealed.finish())
  }
}
