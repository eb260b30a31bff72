internal import Documents
internal import Ground

/// A moment as a person knows it: a day, an hour where it is known, and whose clock showed it.
struct MomentInput {
  let form: Form
  /// What stands before the names of its three fields.
  let prefix: String
  let label: String
  var note = ""
  var isRequired = false
  var problem: Problem?

  /// What is chosen where nobody says otherwise.
  private static let brussels = "Brussels"

  /// Differences from UTC that are in use.
  ///
  /// Source: IANA Time Zone Database, release 2025b.
  private static let offsets: [String] = [
    "-12:00", "-11:00", "-10:00", "-09:30", "-09:00", "-08:00", "-07:00", "-06:00", "-05:00",
    "-04:00", "-03:30", "-03:00", "-02:30", "-02:00", "-01:00", "+01:00", "+02:00", "+03:00",
    "+03:30", "+04:00", "+04:30", "+05:00", "+05:30", "+05:45", "+06:00", "+06:30", "+07:00",
    "+08:00", "+08:45", "+09:00", "+09:30", "+10:00", "+10:30", "+11:00", "+12:00", "+12:45",
    "+13:00", "+13:45", "+14:00",
  ]

  private var names: (day: String, time: String, zone: String) {
    (prefix + "-day", prefix + "-time", prefix + "-zone")
  }

  /// The moment that was typed, with its text as it was typed; nil where nothing was.
  ///
  /// - Throws: `server.bad-moment`.
  func read() throws(Problem) -> (at: Effective, asWritten: String)? {
    let day = form.text(names.day)
    let time = form.text(names.time)
    guard let day else {
      guard time == nil else { throw wrong("the hour has no day", names.day) }
      return nil
    }
    guard let date = Day(iso: day) else {
      throw wrong("“\(day.prefix(40))” is not a day", names.day)
    }
    guard let time else { return (.day(date), day) }
    let zone = form.text(names.zone) ?? MomentInput.brussels
    let isBrussels = zone == MomentInput.brussels
    guard isBrussels || zone == "Z" || MomentInput.offsets.contains(zone),
      let moment = Instant(day + "T" + time + (isBrussels ? "" : zone))
    else { throw wrong("“\(day)T\(time.prefix(20))” is no moment of that clock", names.time) }
    return (.moment(moment), "\(day)T\(time)" + (isBrussels ? " Europe/Brussels" : zone))
  }

  private func wrong(_ what: String, _ name: String) -> Problem {
    Problem(
      "server.bad-moment", what: what,
      why: "deadlines run from the minute, and an hour that summer time skips does not exist",
      mend: "give a day such as 2026-11-21, and the hour such as 02:00 where you know it",
      places: [Place(name)])
  }

  var html: HTML {
    let chosen = form.text(names.zone) ?? MomentInput.brussels
    let zones =
      [(MomentInput.brussels, "Brussels"), ("Z", "UTC")]
      + MomentInput.offsets.map { ($0, "UTC" + $0.replacing("-", with: "−")) }
    let options = zones.map { value, title -> HTML in
      let mark: HTML = value == chosen ? " selected" : ""
      return "<option value=\"\(value)\"\(mark)>\(title)</option>"
    }
    let isWrong = problem?.places.contains { $0.file.hasPrefix(prefix + "-") } == true
    let wrong: HTML = isWrong ? " aria-invalid=\"true\"" : ""
    let needed: HTML = isRequired ? " required" : ""
    let said: HTML =
      isWrong ? "<span class=\"wrong\">\(Typography.sentence(problem?.what ?? ""))</span>" : ""
    let remark: HTML = note.isEmpty ? "" : "<span class=\"note\">\(note)</span>"
    return """
      <fieldset class="moment"><legend>\(label)</legend>
      <label for="\(names.day)">Day<input id="\(names.day)" name="\(names.day)" type="date" \
      value="\(form.text(names.day) ?? "")"\(needed)\(wrong)></label>
      <label for="\(names.time)">Hour<input id="\(names.time)" name="\(names.time)" type="time" \
      value="\(form.text(names.time) ?? "")"\(wrong)></label>
      <label for="\(names.zone)">Clock of<select id="\(names.zone)" name="\(names.zone)">\(options)</select></label>
      \(said)\(remark)</fieldset>

      """
  }
}
