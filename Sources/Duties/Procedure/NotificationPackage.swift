public import Ground

/// A notification as it stands: what would be sent, and what it lacks.
///
/// Pure: the same records and the same law give the same package, byte for byte.
public struct NotificationPackage: Sendable {
  /// What would be sent.
  public let json: JSON
  /// Everything that is asked for, given or not.
  public let items: [PackageItem]
  /// Both triggers with their clocks.
  public let triggers: [NotificationTrigger]
  /// The reported amount; nil when it is unknown.
  public let compute: ReportedCompute?

  /// The package that records and law amount to.
  public init(_ sources: NotificationSources) {
    let triggers = NotificationTrigger.both(
      sources.model, sources.opinion, law: sources.law)
    self.triggers = triggers
    compute = sources.compute
    items = PackageItems(sources: sources, triggers: triggers).all
    json = PackageWriter(sources: sources, triggers: triggers).json
  }

  /// The text that is kept, hashed and sent: a file with its line end.
  public static func text(_ package: JSON) -> String { package.pretty + "\n" }

  /// Everything that the package lacks, whoever asks for it.
  public var gaps: [PackageItem] { items.filter(\.isGap) }

  /// Refuses a package that lacks what the Regulation asks for, or what the Guidelines say it takes to show it.
  ///
  /// - Throws: `duties.package-incomplete`.
  public static func checkLaw(
    _ items: [PackageItem], of kind: RecordKind = .notification
  ) throws(Problem) {
    let blocking = items.filter(\.isBlocking)
    guard let first = blocking.first else { return }
    let names = blocking.map {
      $0.title + " (" + $0.citations.map(\.text).joined(separator: "; ") + ")"
    }
    throw Problem(
      "duties.package-incomplete",
      what: "the package lacks what \(kind.titled) needs: " + names.joined(separator: ", "),
      why: kind === RecordKind.incidentReport
        ? "a report holds the relevant information about the incident"
        : "a notification holds the information that shows that the requirement is met",
      mend: first.note, places: blocking.map { Place($0.id) })
  }
}
