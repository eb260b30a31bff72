internal import Duties
public import Ground
internal import Sealing

/// A second factor that is being set up: what a device has to learn.
public struct SecondFactorOffer: Sendable {
  /// The secret, to be typed.
  public let secret: String
  /// The same as an address, to be shown as a picture.
  ///
  /// Source: Key URI format of authenticator programs.
  public let address: String
}

extension OpenWorkspace {
  /// How many recovery codes are made at once.
  public static let recoveryCodes = 10
  /// Letters and digits of a recovery code: 118 random bits, so that a plain digest of it tells nothing.
  ///
  /// Source: OWASP ASVS 5.0.0, 6.5.2.
  private static let recoveryLength = 24

  /// Begins to set up the second factor of whoever acts: a new secret that counts for nothing until it is confirmed.
  ///
  /// - Throws: `workspace.not-proved`, `workspace.unknown-person`, `workspace.not-allowed`.
  public func beginSecondFactor(by way: String, secret given: String?) async throws(Problem)
    -> SecondFactorOffer
  {
    let person = try await ownPerson()
    try checkAgain(given, person, way)
    let secret = OneTimeCode.secret()
    try await changeOwn("second-factor-begun", [("totp_new", .string(secret))], person)
    return offer(secret, person)
  }

  /// The second factor that was begun; nil when none was.
  public func begunSecondFactor() async throws(Problem) -> SecondFactorOffer? {
    let person = try await ownPerson()
    return person.text("totp_new").map { offer($0, person) }
  }

  /// Confirms the second factor with its first code; the one before ends.
  ///
  /// - Returns: recovery codes, shown this once.
  /// - Throws: `workspace.wrong-code`, `workspace.not-begun`.
  public func setSecondFactor(code: String) async throws(Problem) -> [String] {
    let person = try await ownPerson()
    guard let secret = person.text("totp_new") else {
      throw Problem(
        "workspace.not-begun", what: "no second factor was begun",
        why: "a device learns its secret first", mend: "begin to set it up")
    }
    guard
      let step = OneTimeCode.step(
        of: OpenWorkspace.plain(code), secret: secret, at: surroundings.now().seconds, after: 0)
    else { throw OpenWorkspace.wrongCode }
    let codes = (0..<OpenWorkspace.recoveryCodes).map { _ in
      RandomText.key(length: OpenWorkspace.recoveryLength)
    }
    try await changeOwn(
      "second-factor-set",
      [
        ("totp", .string(secret)), ("totp_new", .null), ("totp_step", .int(step)),
        ("recovery_codes", JSON(codes.map(OpenWorkspace.digest))),
      ], person)
    return codes.map(OpenWorkspace.grouped)
  }

  /// Ends the second factor of whoever acts.
  ///
  /// - Throws: `workspace.not-proved`, `workspace.wrong-code`.
  public func endOwnSecondFactor(code: String) async throws(Problem) {
    let person = try await ownPerson()
    guard person.text("totp") != nil else { return }
    try await useCode(code, of: person)
    try await changeOwn("second-factor-ended", OpenWorkspace.noFactor, try await ownPerson())
  }

  /// Whether whoever acts has a second factor, and how many recovery codes are left.
  public func secondFactor() async throws(Problem) -> (isSet: Bool, codesLeft: Int) {
    let person = try await ownPerson()
    return (person.text("totp") != nil, person.texts("recovery_codes").count)
  }

  static let noFactor: [(String, JSON)] = [
    ("totp", .null), ("totp_new", .null), ("totp_step", .null), ("recovery_codes", .null),
  ]

  /// Takes a code once: of the half minute, or a recovery code.
  ///
  /// - Throws: `workspace.wrong-code`; the attempt is noted.
  func useCode(_ text: String, of person: RecordState) async throws(Problem) {
    let code = OpenWorkspace.plain(text)
    var event = "code-used"
    var set: [(String, JSON)]?
    if code.utf8.count == OneTimeCode.digitCount {
      let step = OneTimeCode.step(
        of: code, secret: person.text("totp") ?? "", at: surroundings.now().seconds,
        after: OpenWorkspace.lastStep(person))
      set = step.map { [("totp_step", .int($0))] }
    } else {
      let digest = OpenWorkspace.digest(code)
      let left = person.texts("recovery_codes")
      if left.contains(digest) {
        event = "recovery-code-used"
        set = [("recovery_codes", JSON(left.filter { $0 != digest }))]
      }
    }
    if let set {
      // On the version that was read: of two who give one code at once, one is refused.
      do {
        _ = try await acting(as: .system).record(
          RecordCommand(
            .person, person.id,
            Change(event, set: set, effective: .day(surroundings.today)),
            expectedVersion: person.version))
        return
      } catch { guard error.code == "store.version-conflict" else { throw error } }
    }
    try await noteRefusedSignIn(person.id, "wrong code")
    throw OpenWorkspace.wrongCode
  }

  private static func lastStep(_ person: RecordState) -> Int {
    guard case .int(let step)? = person.fields["totp_step"] else { return 0 }
    return step
  }

  /// The record of whoever acts, with what is hidden.
  ///
  /// - Throws: `workspace.unknown-person`.
  func ownPerson() async throws(Problem) -> RecordState {
    guard let id = RecordID("person/" + who.id), let person = try await own(id),
      person.status == "active"
    else {
      throw Problem(
        "workspace.unknown-person", what: "you are not registered",
        why: "only people who are registered sign in",
        mend: "ask an administrator: systemic person add")
    }
    return person
  }

  /// Asks once more for the passphrase before what proves who somebody is changes: a session left open is not enough.
  ///
  /// Whoever has none, or came by a one-time link just to set one, has nothing to give.
  /// Source: OWASP ASVS 5.0.0, 6.2.3 and 7.5.1.
  /// - Throws: `workspace.not-proved`.
  func checkAgain(_ given: String?, _ person: RecordState, _ way: String) throws(Problem) {
    guard way != Session.link, let kept = person.text("passphrase") else { return }
    guard let given, try Passphrase.verify(given, against: kept) else {
      throw Problem(
        "workspace.not-proved", what: "that is not your passphrase of now",
        why:
          "what proves who you are is changed by whoever knows it, not by whoever finds a screen",
        mend: "give the passphrase you signed in with, or ask an administrator for a one-time link")
    }
  }

  /// Asks whoever acts to prove once more who they are, before their sessions are ended: by the passphrase, or by a code
  /// where they have a second factor and no passphrase.
  ///
  /// Source: OWASP ASVS 5.0.0, 7.5.2.
  /// - Throws: `workspace.not-proved`, `workspace.wrong-code`, `workspace.unknown-person`.
  public func proveAgain(_ given: String?, by way: String) async throws(Problem) {
    let person = try await ownPerson()
    guard person.text("passphrase") == nil, person.text("totp") != nil, way != Session.link else {
      return try checkAgain(given, person, way)
    }
    try await useCode(given ?? "", of: person)
  }

  private func changeOwn(
    _ event: String, _ set: [(String, JSON)], _ person: RecordState
  ) async throws(Problem) {
    _ = try await record(
      RecordCommand(
        .person, person.id, Change(event, set: set, effective: .day(surroundings.today)),
        expectedVersion: person.version))
  }

  private func offer(_ secret: String, _ person: RecordState) -> SecondFactorOffer {
    let name = person.title
    return SecondFactorOffer(
      secret: secret,
      address: "otpauth://totp/Systemic:\(name)?secret=\(secret)&issuer=Systemic")
  }

  private static let wrongCode = Problem(
    "workspace.wrong-code", what: "that code is not right, or was used",
    why: "a code stands for half a minute and counts once",
    mend: "wait for the next code and look at the clock of the device; or give a recovery code")

  /// Without the spaces and hyphens that make it readable.
  private static func plain(_ code: String) -> String {
    String(code.lowercased().filter { $0 != " " && $0 != "-" }.prefix(64))
  }

  private static func digest(_ code: String) -> String { Digest(of: ("code " + code).utf8).hex }

  private static func grouped(_ code: String) -> String {
    let letters = Array(code)
    return stride(from: 0, to: letters.count, by: 6).map {
      String(letters[$0..<min($0 + 6, letters.count)])
    }.joined(separator: "-")
  }
}
