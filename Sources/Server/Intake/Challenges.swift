internal import Ground
internal import Sealing
internal import Synchronization

/// Challenges to strangers: signed, so that none is remembered until it was answered, and good for one report.
///
/// The key is made at the start: what was asked before is asked anew, so that a restart lets nobody use one twice.
final class Challenges: Sendable {
  /// What is asked.
  enum Kind: UInt8, Sendable {
    /// Work for a program or a script.
    case work = 1
    /// A sum for a person whose browser runs no script.
    case question = 2

    /// How long there is to answer, in seconds: a form takes a while to fill, work does not.
    var seconds: Int { self == .work ? 600 : 7200 }
  }

  /// A challenge as it is handed out.
  struct Asked: Sendable {
    let kind: Kind
    let text: String
    /// Leading zero bits of the digest.
    let bits: Int
    /// The two numbers of the sum.
    let numbers: (Int, Int)
    let until: Instant
    fileprivate let identity: Identity
  }

  fileprivate struct Identity: Hashable, Sendable {
    let first: UInt64
    let second: UInt64
  }

  private struct Used {
    /// By the minute in which they end: a minute that is over is forgotten as a whole.
    var minutes: [Int: [Identity: String]] = [:]
    var count = 0
  }

  /// Most answered challenges that are remembered.
  static let mostUsed = 1 << 21
  private static let plainCount = 28

  private let key = Commitment.salt()
  private let used = Mutex(Used())

  /// A new challenge.
  func ask(_ kind: Kind, bits: Int, now: Instant) -> Asked {
    let until = Instant(seconds: now.seconds + kind.seconds)
    let bytes =
      [
        kind.rawValue, UInt8(bits), UInt8.random(in: 2...12), UInt8.random(in: 2...12),
      ] + Challenges.bytes(UInt64(until.seconds)) + Commitment.salt().prefix(16)
    let signed = bytes + Commitment.value(content: bytes, salt: key)
    return Challenges.read(bytes, kind, Base64.addressText(signed))
  }

  /// A challenge of ours with its right answer, in time; it is not used up by that.
  ///
  /// - Throws: `server.bad-proof`, `server.proof-expired`.
  func check(_ text: String, _ answer: String, now: Instant) throws(Problem) -> Asked {
    guard text.utf8.count <= 200, answer.utf8.count <= 64,
      let signed = Base64.addressBytes(text),
      signed.count == Challenges.plainCount + Commitment.byteCount
    else { throw Challenges.wrong }
    let bytes = Array(signed.prefix(Challenges.plainCount))
    guard
      Commitment.isEqual(
        Commitment.value(content: bytes, salt: key),
        Array(signed.suffix(Commitment.byteCount))), let kind = Kind(rawValue: bytes[0])
    else { throw Challenges.wrong }
    let asked = Challenges.read(bytes, kind, text)
    guard now < asked.until else { throw Challenges.expired }
    let isRight =
      switch kind {
      case .work: WorkProof.isRight(answer, for: text, bits: asked.bits)
      case .question:
        Int(answer.filter { !$0.isWhitespace }) == asked.numbers.0 + asked.numbers.1
      }
    guard isRight else { throw Challenges.wrong }
    return asked
  }

  /// Refuses a challenge that was used up by another request; it is not used up by that.
  ///
  /// - Throws: `server.proof-used`.
  func checkUnused(_ asked: Asked, for request: String?) throws(Problem) {
    let before = used.withLock { $0.minutes[asked.until.seconds / 60]?[asked.identity] }
    if let before, request == nil || request != before { throw Challenges.again }
  }

  /// Uses a challenge up.
  ///
  /// - Parameter request: the name of a request that may be repeated with it, after its answer was lost.
  /// - Throws: `server.proof-used`, `server.busy`.
  func use(_ asked: Asked, for request: String?, now: Instant) throws(Problem) {
    try used.withLock { used throws(Problem) in
      for minute in used.minutes.keys where minute < now.seconds / 60 {
        used.count -= used.minutes.removeValue(forKey: minute)?.count ?? 0
      }
      let minute = asked.until.seconds / 60
      if let before = used.minutes[minute]?[asked.identity] {
        guard let request, request == before else { throw Challenges.again }
        return
      }
      guard used.count < Challenges.mostUsed else { throw Challenges.busy }
      used.minutes[minute, default: [:]][asked.identity] = request ?? ""
      used.count += 1
    }
  }

  private static func read(_ bytes: [UInt8], _ kind: Kind, _ text: String) -> Asked {
    func number(_ from: Int) -> UInt64 {
      bytes[from..<from + 8].reduce(0) { $0 << 8 | UInt64($1) }
    }
    return Asked(
      kind: kind, text: text, bits: Int(bytes[1]), numbers: (Int(bytes[2]), Int(bytes[3])),
      until: Instant(seconds: Int(number(4))),
      identity: Identity(first: number(12), second: number(20)))
  }

  private static func bytes(_ number: UInt64) -> [UInt8] {
    stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: number >> $0) }
  }

  private static let wrong = Problem(
    "server.bad-proof", what: "the answer to the question against floods is not right",
    why: "it keeps programs from sending thousands of reports; nothing was kept",
    mend: "answer the question that stands there now; a program asks for a new challenge",
    places: [Place("proof")])

  private static let expired = Problem(
    "server.proof-expired", what: "the question against floods is too old",
    why: "an answer is taken for some minutes, one to a question in words for two hours",
    mend: "answer the one that stands there now; a program asks for a new challenge",
    places: [Place("challenge")])

  private static let again = Problem(
    "server.proof-used", what: "this answer was sent before",
    why: "each is good for one report; the one that was sent with it is kept",
    mend: "to report something else, begin anew", places: [Place("challenge")])

  private static let busy = Problem(
    "server.busy", what: "too many reports come in at the moment",
    why: "what was answered is remembered within bounds", mend: "try again in some minutes")
}
