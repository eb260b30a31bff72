internal import FoundationEssentials
internal import Glibc
public import Ground

/// A folder into which mails are put, one file each: `*.eml`.
///
/// Each is taken in as an incident and moved to `done` only when that is durable, or to `refused` with the reason beside
/// it. What cannot be written now stays where it is, for the next round. A program that delivers mail writes to another
/// name and renames the file when it is whole.
public struct MailFolder: Sendable {
  /// The folder.
  public let path: String

  /// Most mails of one round.
  public static let mostAtOnce = 200

  /// The folder at a path.
  public init(_ path: String) { self.path = path }

  /// What became of a mail.
  public struct Outcome: Sendable {
    /// The name of its file.
    public let name: String
    /// The incident; nil where the mail was refused.
    public let taken: TakenReport?
    /// Why it was refused; nil where it was not.
    public let refusal: Problem?
  }

  /// Takes in the mails that lie in the folder.
  ///
  /// - Parameter settledSeconds: how long a file must not have changed; younger ones wait.
  /// - Throws: `workspace.mail-folder`, `store.*`, `workspace.not-allowed`, and whatever else keeps a mail from being
  ///   written that is no fault of the mail.
  public func round(
    _ workspace: OpenWorkspace, settledSeconds: Int = 2
  ) async throws(Problem) -> [Outcome] {
    let names = try waiting(now: workspace.surroundings.now(), settledSeconds)
    guard !names.isEmpty else { return [] }
    var run = try await IntakeRun(workspace)
    var outcomes: [Outcome] = []
    for name in names {
      do throws(Problem) {
        guard let report = try mail(name) else { continue }
        let taken = try await run.take(report, channel: "mail")
        try move(name, to: "done")
        outcomes.append(Outcome(name: name, taken: taken, refusal: nil))
      } catch {
        guard MailFolder.isFaultOfMail(error) else { throw error }
        try move(name, to: "refused", because: error)
        outcomes.append(Outcome(name: name, taken: nil, refusal: error))
      }
    }
    return outcomes
  }

  /// A mail that was read; nil when it is gone.
  private func mail(_ name: String) throws(Problem) -> IncomingReport? {
    let source = ByteSource(path: path + "/" + name)
    do throws(Problem) {
      var reports = try ReadIncoming().reports(of: source)
      guard reports.format == .mail else {
        throw Problem(
          "workspace.intake-unknown-format", what: "\(name) is no mail",
          why: "a folder of mails takes mails", mend: "take it in with: systemic incident import",
          places: [Place(name)])
      }
      switch try reports.next() {
      case .report(let report): return report
      case .refused(let problem): throw problem
      case nil: return nil
      }
    } catch {
      if error.code == "ground.file-not-found" { return nil }
      throw error
    }
  }

  /// Whether the mail itself is at fault, so that trying again would not help.
  private static func isFaultOfMail(_ problem: Problem) -> Bool {
    problem.code.hasPrefix("workspace.intake") || problem.code.hasPrefix("duties.")
      || problem.code == "workspace.unknown-record"
  }

  /// The names of the mails that lie there, in order; links and folders are passed over.
  private func waiting(now: Instant, _ settledSeconds: Int) throws(Problem) -> [String] {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
      throw Problem(
        "workspace.mail-folder", what: "the folder of mails \(path) cannot be read",
        why: "it is missing, or not for this user", mend: "make it, or correct the path",
        places: [Place(path)])
    }
    let waiting = names.sorted().filter { name in
      guard name.lowercased().hasSuffix(".eml"), !name.hasPrefix(".") else { return false }
      var status = stat()
      guard lstat(path + "/" + name, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
        return false
      }
      let age = now.seconds - Int(status.st_mtim.tv_sec)
      return !(0..<settledSeconds).contains(age)
    }
    return Array(waiting.prefix(MailFolder.mostAtOnce))
  }

  /// Moves a mail away; a name that is taken there gets a number.
  private func move(_ name: String, to place: String, because problem: Problem? = nil)
    throws(Problem)
  {
    let folder = path + "/" + place
    try PrivateFile.makeFolder(folder)
    var target = folder + "/" + name
    var number = 1
    while FileManager.default.fileExists(atPath: target) {
      number += 1
      target = "\(folder)/\(name.dropLast(4))-\(number).eml"
    }
    if let problem { try TextFile.write(problem.terminal + "\n", to: target + ".txt") }
    guard rename(path + "/" + name, target) == 0 else {
      throw Problem(
        "workspace.mail-folder", what: "\(name) could not be moved to \(place)",
        why: "the folder may be full or read-only", mend: "check the folder",
        places: [Place(path)])
    }
  }
}
