internal import Ground
internal import Hummingbird
internal import Sealing
internal import Workspace

/// What strangers may send, as it was configured: which pages are open, their text, and what holds floods back.
struct Intake: Sendable {
  /// Whether anybody may report at all, and whether without saying who they are.
  let isOpen: Bool
  let isConfidentialOpen: Bool
  /// What stands above the form: Markdown; nil for nothing.
  let text: String?
  /// Public names of models, to choose from.
  let models: [String]
  /// Leading zero bits of the work for one report.
  let bits: Int
  /// Most bytes of a file; 0 takes none.
  let mostFile: Int
  /// Free megabytes below which no file is taken.
  private let freeMegabytes: Int
  private let challenges = Challenges()
  private let reports: RateLimit
  private let allReports: RateLimit
  private let questions: RateLimit
  private let lookUps: RateLimit
  private let messages: RateLimit
  private let wrongCodes: RateLimit

  /// As configured.
  init(_ configuration: Configuration, text: String?) {
    isOpen = configuration.isOn("intake.public")
    isConfidentialOpen = configuration.isOn("intake.confidential")
    self.text = text
    models = configuration.texts("intake.models")
    bits = configuration.number("intake.bits")
    mostFile = configuration.number("intake.file_megabytes") << 20
    freeMegabytes = configuration.number("limits.free_megabytes")
    reports = RateLimit(perMinute: configuration.number("intake.per_minute"))
    lookUps = RateLimit(perMinute: configuration.number("intake.per_minute"))
    messages = RateLimit(perMinute: configuration.number("intake.per_minute"))
    allReports = RateLimit(perMinute: configuration.number("intake.all_per_minute"))
    wrongCodes = RateLimit(perMinute: configuration.number("intake.all_per_minute"))
    questions = RateLimit(perMinute: configuration.number("intake.questions_per_minute"))
  }

  /// Refuses what is switched off, as if it were not there.
  ///
  /// - Throws: `server.no-intake`.
  func checkOpen(_ channel: IntakeChannel) throws(Problem) {
    guard channel == .whistleblower ? isConfidentialOpen : isOpen else { throw Intake.closed }
  }

  /// The same of what belongs to both pages.
  func checkOpen() throws(Problem) {
    guard isOpen || isConfidentialOpen else { throw Intake.closed }
  }

  /// Work for a program or a script.
  func work(now: Instant) -> Challenges.Asked { challenges.ask(.work, bits: bits, now: now) }

  /// A sum for a person.
  func question(now: Instant) -> Challenges.Asked { challenges.ask(.question, bits: 0, now: now) }

  /// Looks at an answer without using it up: before a file is taken from a stranger.
  ///
  /// - Throws: `server.bad-proof`, `server.proof-expired`, `server.proof-used`.
  @discardableResult
  func check(
    _ challenge: String, _ answer: String, request: String? = nil, now: Instant
  ) throws(Problem) -> Challenges.Asked {
    let asked = try challenges.check(challenge, answer, now: now)
    try challenges.checkUnused(asked, for: request)
    return asked
  }

  /// Lets one report in: the answer is right and new, and neither this address nor all together have sent too many.
  ///
  /// An answer that was used counts for nobody: whoever sends one a thousand times takes nothing from the others.
  /// Addresses stand in memory only, for as long as their bucket is not full again.
  /// - Throws: `server.bad-proof`, `server.proof-expired`, `server.proof-used`, `server.too-many-reports`, `server.busy`.
  func admit(
    _ challenge: String, _ answer: String, from address: String, request: String? = nil,
    now: Instant
  ) throws(Problem) {
    let asked = try check(challenge, answer, request: request, now: now)
    if let seconds = reports.take([Intake.neighbourhood(address)], now: now)
      ?? allReports.take(["all"], now: now)
      ?? (asked.kind == .question ? questions.take(["all"], now: now) : nil)
    {
      throw Intake.tooMany(seconds)
    }
    try challenges.use(asked, for: request, now: now)
  }

  /// Lets somebody ask about a report by its code.
  ///
  /// Only wrong codes count for all together: nobody who has a code is shut out by those who guess.
  /// - Throws: `server.too-many-reports`, and what the work throws.
  func lookUp<Value>(
    from address: String, now: Instant, _ work: () async throws(Problem) -> Value
  ) async throws(Problem) -> Value {
    if let seconds = lookUps.take([Intake.neighbourhood(address)], now: now) {
      throw Intake.tooMany(seconds)
    }
    do { return try await work() } catch {
      if error.code == "workspace.unknown-code",
        let seconds = wrongCodes.take(["all"], now: now)
      {
        throw Intake.tooMany(seconds)
      }
      throw error
    }
  }

  /// Adds to a report; what is added with one code is limited from wherever it comes.
  ///
  /// - Throws: `server.too-many-reports`, and as `addMessage`.
  func add(
    _ text: String, to code: String, in workspace: OpenWorkspace, now: Instant
  ) async throws(Problem) {
    if let known = TrackingCode(code)?.digest, let seconds = messages.take([known], now: now) {
      throw Intake.tooMany(seconds)
    }
    try await workspace.addMessage(text, to: code)
  }

  /// Takes a form with its file, which is looked at no further unless a right answer stands before it.
  ///
  /// - Throws: `server.no-intake`, `server.bad-proof`, `server.proof-expired`, `server.proof-used`, `server.too-large`,
  ///   `server.busy`.
  func upload(
    _ request: Request, into folder: WorkspaceFolder, now: Instant
  ) async throws -> (form: Form, file: SentFile?) {
    try checkOpen()
    return try await Upload.read(request, into: folder, atMost: mostFile) {
      (form) throws(Problem) in
      try check(
        form.text("challenge") ?? "", form.text("proof") ?? form.text("answer") ?? "", now: now)
      try checkSpace(folder)
    }
  }

  /// Refuses files while the disk is nearly full: strangers must not stop those who work here.
  ///
  /// - Throws: `server.busy`.
  func checkSpace(_ folder: WorkspaceFolder) throws(Problem) {
    guard let free = Readiness.freeMegabytes(folder.path) else { return }
    guard free >= freeMegabytes + 2 * (mostFile >> 20) else {
      throw Problem(
        "server.busy", what: "no file can be taken at the moment",
        why: "the disk of the server is nearly full", mend: "send the report without its file")
    }
  }

  /// Whom a limit holds together: an address; of the longer kind its first half, because who has one has them all.
  ///
  /// Source: RFC 6177, section 2: an end site has at least a /64.
  static func neighbourhood(_ address: String) -> String {
    guard address.contains(":"), !address.hasPrefix("::ffff:") else { return address }
    let parts = address.split(separator: ":", omittingEmptySubsequences: false)
    let left = parts.prefix { !$0.isEmpty }
    // What stands left of the gap, filled up with zeros where the gap comes early.
    return (left.prefix(4) + Array(repeating: "0" as Substring, count: max(0, 4 - left.count)))
      .joined(separator: ":")
  }

  private static let closed = Problem(
    "server.no-intake", what: "nothing can be reported at this address",
    why: "the provider has not opened it",
    mend:
      "look for another way on the provider's own pages; who keeps this server sets intake.public")

  private static func tooMany(_ seconds: Int) -> Problem {
    Problem(
      "server.too-many-reports", what: "that was too often",
      why: "reports and questions of one address, and of all together, are limited for each minute",
      mend: "try again in \(seconds) s; nothing was kept")
  }
}
