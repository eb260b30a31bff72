internal import Ground

/// What can be wrong with a timestamp, in words.
enum TimestampProblem {
  static func malformed(_ error: any Error) -> Problem {
    malformed((error as? Malformed)?.why ?? "its parts are not valid DER")
  }

  static func malformed(_ why: String) -> Problem {
    Problem(
      "sealing.bad-timestamp", what: "this is no timestamp that can be read", why: why,
      mend: "ask the authority again, or another one")
  }

  static func refused(_ why: String) -> Problem {
    Problem(
      "sealing.timestamp-refused", what: "the authority gave no timestamp", why: why,
      mend: "ask again later, or another authority")
  }

  static func mismatch(_ why: String) -> Problem {
    Problem(
      "sealing.timestamp-mismatch", what: "the timestamp is for something else", why: why,
      mend: "use the timestamp that was made for this, or ask for a new one")
  }

  static func forged(_ why: String) -> Problem {
    Problem(
      "sealing.bad-timestamp-signature", what: "the signature of the timestamp is not good",
      why: why, mend: "restore the timestamp from a backup, or ask for a new one")
  }

  static func untrusted(_ why: String) -> Problem {
    Problem(
      "sealing.timestamp-untrusted", what: "the authority of the timestamp is not trusted",
      why: why, mend: "name the root certificate of the authority, or ask another authority")
  }
}
