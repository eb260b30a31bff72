internal import FoundationEssentials
internal import Glibc
public import Ground

/// A folder into which mails are put, one file each: `*.eml`.
///
/// Each is taken in as an incident and moved to `done` only when that is durable, or to `refused` with the reason beside
/// it. What cannot be written or moved now stays where it is, for the next round. A program that delivers mail writes to another
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
    /// Why its file still lies there, and is tried again in the next round; nil where it was moved away.
    public let left: Problem?
  }

  /// What became of all mails of a round.
  public struct Round: Sendable {
    /// The mails, in the order of their names.
    public internal(set) var outcomes: [Outcome] = []
    /// What kept the rest from being taken in; nil where nothing did.
    public internal(set) var problem: Problem?

    /// Whether any file was moved away, so that another round may find more.
    public var hasMoved: Bool { outcomes.contains { $0.left == nil } }
  }

  /// Takes in the mails that lie in the folder; one that cannot be read keeps no other from being taken in.
  ///
  /// - Parameter settledSeconds: how long a file must not have changed; younger ones wait.
  /// - Throws: `workspace.mail-folder`, `store.*`, `workspace.not-allowed` before the first mail is looked at; later the
  ///   round ends with the same.
  public func round(
    _ workspace: OpenWorkspace, settledSeconds: Int = 2
  ) async throws(Problem) -> Round {
    var round = Round()
    let names = try waiting(now: workspace.surroundings.now(), settledSeconds)
    guard !names.isEmpty else { return round }
    var run = try await IntakeRun(workspace)
    for name in names {
      do throws(Problem) {
        guard let report = try mail(name) else { continue }
        let taken = try await run.take(report, channel: "mail")
        round.outcomes.append(moved(name, taken, nil))
      } catch {
        if MailFolder.isFaultOfAll(error) {
          round.problem = error
          return round
        }
        round.outcomes.append(moved(name, nil, error))
      }
    }
    return round
  }

  /// Moves a mail away; where that fails its file is found again in the next round.
  private func moved(_ name: String, _ taken: TakenReport?, _ refusal: Problem?) -> Outcome {
    do throws(Problem) {
      try move(name, to: refusal == nil ? "done" : "refused", because: refusal)
      return Outcome(name: name, taken: taken, refusal: refusal, left: nil)
    } catch {
      return Outcome(name: name, taken: taken, refusal: refusal, left: error)
    }
  }

  /// A mail that was read; nil when it is gone.
  private func mail(_ name: String) throws(Problem) -> IncomingReport? {
    do throws(Problem) {
      var reports = try ReadIncoming(format: .mail).reports(of: ByteSource(path: path + "/" + name))
      switch try reports.next() {
      case .report(let report) where MailFolder.isMail(report): return report
      case .report:
        throw Problem(
          "workspace.intake-no-mail", what: "\(name) is no mail",
          why: "it does not begin with the header of one, such as From, Subject or Date",
          mend: "read it; a table or an object is taken in with: systemic incident import",
          places: [Place(name)])
      case .refused(let problem): throw problem
      case nil: return nil
      }
    } catch {
      if error.code == "ground.file-not-found" { return nil }
      throw error
    }
  }

  private static func isMail(_ report: IncomingReport) -> Bool {
    MailHeaders(report.original.bytes[...]).fields.contains {
      IncomingFormat.mailFields.contains($0.name)
    }
  }

  /// Whether a problem stands in the way of every mail; all others are those of one mail, which is refused.
  private static func isFaultOfAll(_ problem: Problem) -> Bool {
    let codes = [
      "workspace.not-allowed", "workspace.beyond-token", "workspace.not-written",
      "workspace.no-epoch-key",
    ]
    return ["store.", "sealing."].contains(where: problem.code.hasPrefix)
      || codes.contains(problem.code)
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
    guard rename(path + "/" + name, target) == 0 else {
      throw Problem(
        "workspace.mail-folder", what: "\(name) could not be moved to \(place)",
        why: "the folder may be full or read-only", mend: "check the folder",
        places: [Place(path)])
    }
    if let problem { try TextFile.write(problem.terminal + "\n", to: target + ".txt") }
  }
}
