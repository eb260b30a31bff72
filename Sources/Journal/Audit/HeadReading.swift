internal import Ground

/// The signed head of a directory: its key, its checkpoint, the signatures of witnesses.
struct HeadReading {
  private(set) var key: VerifierKey?
  private(set) var head: SignedCheckpoint?
  private(set) var cosignatures: [VerifiedSignature] = []
  private(set) var findings: [Finding] = []

  /// Reads and checks `vkey` and `checkpoint`; the head is nil unless the log signed it.
  init(folder: String, log: VerifierKey?, witnesses: [VerifierKey]) {
    let buffer = FileBuffer()
    key = log
    readKey(folder, buffer)
    guard let key, let head = readCheckpoint(folder, buffer) else { return }
    do {
      try head.verify(log: key)
      self.head = head
    } catch {
      findings.append(
        Finding(
          "checkpoint-signature", file: "checkpoint", expected: key.text,
          what: "The log did not sign this checkpoint: \(error.what)."))
      return
    }
    for witness in witnesses { check(witness, head) }
  }

  private mutating func readKey(_ folder: String, _ buffer: FileBuffer) {
    do {
      let bytes = try buffer.bytes(folder + "/vkey", atMost: 4096)
      if let key {
        guard bytes != Array((key.text + "\n").utf8) else { return }
        findings.append(
          Finding(
            "vkey-differs", file: "vkey", expected: key.text,
            actual: String(decoding: bytes.filter { $0 != 0x0A }, as: UTF8.self),
            what: "The folder names another key than the one that was given."))
      } else {
        readKey(bytes)
      }
    } catch { findings.append(Finding(unreadable: "vkey", error)) }
  }

  private mutating func readKey(_ bytes: [UInt8]) {
    do throws(Problem) {
      guard bytes.last == 0x0A, let text = String(validating: bytes.dropLast(), as: UTF8.self)
      else {
        return findings.append(
          Finding(
            "vkey-unreadable", file: "vkey",
            what: "The file is not one line with a verifier key."))
      }
      key = try VerifierKey(text)
    } catch {
      findings.append(
        Finding(
          "vkey-unreadable", file: "vkey",
          what: "The file does not hold a verifier key: \(error.why)."))
    }
  }

  private mutating func readCheckpoint(_ folder: String, _ buffer: FileBuffer) -> SignedCheckpoint?
  {
    let bytes: [UInt8]
    do { bytes = try buffer.bytes(folder + "/checkpoint", atMost: SignedNote.mostBytes) } catch {
      findings.append(Finding(unreadable: "checkpoint", error))
      return nil
    }
    do { return try SignedCheckpoint(bytes) } catch {
      findings.append(
        Finding(
          "checkpoint-unreadable", file: "checkpoint",
          what: "The file is not a signed checkpoint: \(error.why)."))
      return nil
    }
  }

  private mutating func check(_ witness: VerifierKey, _ head: SignedCheckpoint) {
    do {
      cosignatures += try head.note.verified(by: [witness])
    } catch  where error.code == "journal.unsigned" {
      findings.append(
        Finding(
          "witness-missing", file: "checkpoint", expected: witness.text,
          what: "The witness “\(witness.name)” did not sign this checkpoint."))
    } catch {
      findings.append(
        Finding(
          "witness-signature", file: "checkpoint", expected: witness.text,
          what: "The signature of the witness “\(witness.name)” does not fit the checkpoint."))
    }
  }
}
