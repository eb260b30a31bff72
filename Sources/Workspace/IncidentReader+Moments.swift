internal import Duties
internal import Ground

extension IncidentReader {
  /// The years that can be counted, as for other periods.
  private static let years = 1900...9000
  /// Most reports of one incident.
  private static let mostReports = 1000
  /// What a list of reports looks like.
  private static let reportForm =
    "a list of objects with type (initial, intermediate or final) and submitted (a moment)"

  /// Reports in whatever order the list has them.
  mutating func takeReports(_ value: JSON) {
    guard case .array(let items) = value else {
      if value != .null { add(IncidentReader.unreadable("reports", IncidentReader.reportForm)) }
      return
    }
    guard items.count <= IncidentReader.mostReports else {
      add(
        IncidentReader.unreadable(
          "reports", IncidentReader.reportForm,
          "there are \(items.count), more than the \(IncidentReader.mostReports) that are read; none was taken"
        ))
      return
    }
    pending += items
  }

  /// Takes the reports in by the days on which they were sent, once every other member was read; one that must not follow
  /// those before it is told and left out.
  mutating func takePendingReports() {
    var read: [WrittenReport] = []
    for (index, item) in pending.enumerated() {
      let type = item["type"]?.text.flatMap { ReportType(rawValue: IncidentFacts.plain($0)) }
      guard let type else {
        refuse(index, "its type is not initial, intermediate or final")
        continue
      }
      let told = problems.count
      guard let at = moment("reports/submitted", item["submitted"] ?? .null) else {
        if problems.count == told { refuse(index, "it has no moment of submission") }
        continue
      }
      read.append(
        WrittenReport(report: SubmittedReport(type: type, at: at.instant), latest: at.latest))
    }
    pending = []
    for item in WrittenReport.inOrder(read) { take(item.report, until: item.latest) }
  }

  /// A report as it was written down.
  private struct WrittenReport {
    let report: SubmittedReport
    /// The last moment that is possible, where only its day is known.
    let latest: Instant?

    /// By day; within a day by the moment, where each has one, else as the list goes, which may begin with the newest.
    static func inOrder(_ list: [WrittenReport]) -> [WrittenReport] {
      let days = list.map(\.report.at.day)
      let isNewestFirst = days.first.flatMap { first in days.last.map { $0 < first } } == true
      let byDay = Dictionary(grouping: isNewestFirst ? list.reversed() : list) { $0.report.at.day }
      return byDay.sorted { $0.key < $1.key }.flatMap { _, reports in
        reports.contains { $0.latest != nil }
          ? reports : reports.sorted { $0.report.at < $1.report.at }
      }
    }
  }

  /// Takes a report in where it may follow those before it.
  ///
  /// Of a day without an hour any moment may be meant: it stands behind what else happened on that day.
  private mutating func take(_ report: SubmittedReport, until latest: Instant?) {
    var report = report
    if let latest {
      let others = [times.reports.last?.at, report.type == .final ? times[.resolved] : nil]
      report.at = others.compactMap { $0 }.filter { $0 <= latest }.reduce(report.at, max)
    }
    guard report.at < Instant(endOf: day) else {
      add(
        Problem(
          "workspace.report-in-future",
          what: "the \(report.type.rawValue) report of \(report.at.day.iso) lies after \(day.iso), "
            + "the day asked",
          why: "what was not sent yet ends no clock; it is left out",
          mend: "correct the day, or ask by that day with --as-of", places: [Place("reports")]))
      return
    }
    do throws(Problem) {
      try ReportOrder.check(
        report, after: times.reports, resolved: times[.resolved],
        learned: Array(times.learned.values))
      times.reports.append(report)
    } catch {
      add(error)
    }
  }

  private mutating func refuse(_ index: Int, _ found: String) {
    add(
      IncidentReader.unreadable(
        "reports", IncidentReader.reportForm, "number \(index + 1) is left out: \(found)"))
  }

  /// Tells of moments that lie after the day asked: a slip, or a plan.
  ///
  /// The next day passes: somewhere it has begun.
  mutating func tellFuture() {
    // No time limit is counted from a placing on the market, which may well be planned.
    let moments = IncidentMoment.allCases.filter { $0 != .placedOnMarket }.compactMap { moment in
      times[moment].map { (moment.rawValue, $0) }
    }
    let learned = IncidentCategory.allCases.compactMap { category in
      times.learned[category].map { ("learned/" + category.rawValue, $0) }
    }
    for (name, at) in moments + learned where at >= Instant(endOf: day.adding(days: 1)) {
      add(
        Problem(
          "workspace.moment-in-future",
          what: "\(name): \(at.day.iso) lies after \(day.iso), the day asked",
          why: "what has not come yet is a plan: time limits are counted from it, and it ends none",
          mend: "correct the day, or ask by that day with --as-of", places: [Place(name)]))
    }
  }

  /// A moment as it is written; nil, and told, where it cannot be read.
  mutating func moment(
    _ name: String, _ value: JSON, isApproximate: Bool = false
  ) -> WrittenMoment? {
    guard value != .null else { return nil }
    guard case .string(let text) = value else {
      add(IncidentReader.unreadable(name, "a moment as text"))
      return nil
    }
    let word = IncidentFacts.plain(text)
    if ["", "unknown", "n/a", "na", "?"].contains(word) { return nil }
    let range = isApproximate ? DayRange(iso: text.filter { !$0.isWhitespace }) : nil
    guard let read = WrittenMoment(text) ?? range.map(WrittenMoment.init(range:)) else {
      add(
        Problem(
          "workspace.not-a-time", what: "\(name): “\(text.prefix(80))” is not a time",
          why: "a clock runs from a moment; what cannot be read counts as unknown",
          mend: "write 2026-11-20, 2026-11-20T09:30 or 2026-11-20T09:30:00+01:00",
          places: [Place(name)]))
      return nil
    }
    guard IncidentReader.years.contains(read.instant.day.year) else {
      add(
        Problem(
          "workspace.out-of-range",
          what: "\(name): “\(text.prefix(80))” lies outside the years that can be counted",
          why: "the calendar rules cover 1900 to 9000", mend: "check the year",
          places: [Place(name)]))
      return nil
    }
    if read.isSkipped {
      add(
        Problem(
          "workspace.skipped-hour",
          what:
            "\(name): “\(text.prefix(80))” does not exist in Brussels, where summer time begins "
            + "in that night",
          why: "only its day is certain, and counts", mend: "write the time with its offset",
          places: [Place(name)]))
    }
    return read
  }
}
