internal import Documents
internal import Ground
internal import Sealing
internal import Workspace

/// The page on which anybody reports an incident, without an account; and the one on which nobody says who they are.
///
/// Source: Code of Practice, Safety and Security, Measure 9.1.
struct ReportPage {
  let intake: Intake
  let channel: IntakeChannel
  let visit: Visit
  var problem: Problem?

  static func endpoints(_ intake: Intake) -> [Endpoint] {
    pages.flatMap { path, channel in
      [
        Endpoint.anonymous(.get, path) { visit in
          try intake.checkOpen(channel)
          return .page(ReportPage(intake: intake, channel: channel, visit: visit).body)
        },
        Endpoint.anonymous(.post, path, takesFile: true) { visit in
          try intake.checkOpen(channel)
          return try await ReportPage(intake: intake, channel: channel, visit: visit).sent()
        },
      ]
    }
  }

  private static let pages: [(String, IntakeChannel)] = [
    ("/report", .public), ("/report/confidential", .whistleblower),
  ]

  private var path: String {
    ReportPage.pages.first { $0.1 == channel }?.0 ?? "/report"
  }

  /// What was sent, taken or shown again with what is wrong.
  private func sent() async throws -> Reply {
    do throws(Problem) {
      let report = self.report
      try report.check()
      let form = visit.form
      try intake.admit(
        form.text("challenge") ?? "", form.text("proof") ?? form.text("answer") ?? "",
        from: visit.address, now: visit.workspace.surroundings.now())
      return .page(thanks(try await visit.workspace.receive(report, by: channel)))
    } catch {
      var page = self
      page.problem = error
      return RefusalPage.within(page.body, error)
    }
  }

  private var report: PublicReport {
    var report = PublicReport(what: visit.form.text("what") ?? "")
    report.when = visit.form.text("when")
    report.harm = visit.form.text("harm")
    report.model = visit.form.text("model")
    if channel != .whistleblower { report.contact = visit.form.text("contact") }
    report.file = visit.file.map { PublicReport.File($0.scratch.source($0.name), name: $0.name) }
    return report
  }
}

extension ReportPage {
  private func thanks(_ receipt: IntakeReceipt) -> HTML {
    let code: HTML =
      receipt.code.map {
        """
        <div class="done" role="status"><p>Your code is shown this once:</p>
        <p>\(Component.code($0.text))</p></div>
        <p>Keep it. With it you see on <a href="/report/status">another page</a> where your report stands, and can add \
        to it. Nobody here can show it again.</p>

        """
      } ?? ""
    return frame("Your report was received").around(
      "<p>It was received on \(Parts.effective(receipt.received)). Thank you.</p>\n\(code)")
  }

  private func frame(_ title: String) -> Frame {
    var frame = Frame(title: title, visit: nil)
    frame.hasScript = true
    return frame
  }

  /// The form.
  var body: HTML {
    let asked = intake.question(now: visit.workspace.surroundings.now())
    return frame(
      channel == .whistleblower ? "Report an incident in confidence" : "Report an incident"
    ).around(
      """
      \(problem.map(RefusalPage.box) ?? "")\(intake.text.map(KeptText.html) ?? "")\(introduction)\
      <form method="post" action="\(path)" enctype="multipart/form-data" class="record" \
      data-work="\(API.base)/public/challenge">
      <input type="hidden" name="challenge" value="\(asked.text)">
      <input type="hidden" name="proof" value="">
      \(inputs)\(question(asked))\(file)<p class="note" data-said role="status"></p>
      <p><button>Send the report</button></p></form>
      \(elsewhere)
      """)
  }

  private var introduction: HTML {
    guard channel == .whistleblower else {
      return """
        <p>Tell what happened; only that is needed. It is read by people who look into incidents of models.</p>

        """
    }
    return """
      <p>You are not asked who you are. Your address, your browser and the name of a file are not kept, and nothing here \
      is connected with an account, should you have one. What you write, and what stands inside a file, may still tell \
      who you are. Do not use a machine or network of the provider, whose own logs this page cannot see.</p>

      """
  }

  private var inputs: HTML {
    let inputs = Inputs(form: visit.form)
    let names = intake.models.map { "<option value=\"\($0)\"></option>" as HTML }
    let list: HTML = names.isEmpty ? "" : "<datalist id=\"models\">\(names)</datalist>\n"
    let model: HTML = """
      <p><label for="model">Which model, if you know</label>
      <input id="model" name="model" type="text" value="\(visit.form.text("model") ?? "")" \
      autocomplete="off"\(names.isEmpty ? "" : " list=\"models\"" as HTML)></p>

      """
    let contact =
      channel == .whistleblower
      ? ""
      : inputs.line(
        "contact", "How you can be reached, if you like",
        note: "Without it your code is the only way to hear of the report.")
    return """
      \(inputs.text("what", "What happened", rows: 8, isRequired: true))\
      \(inputs.line("when", "When, as well as you know"))\
      \(inputs.text("harm", "Who or what was harmed", rows: 3))\(list)\(model)\(contact)
      """
  }

  /// What a person answers whose browser runs no script; with one, work takes its place.
  private func question(_ asked: Challenges.Asked) -> HTML {
    """
    <p data-question><label for="answer">Against floods: how much is \(ReportPage.word(asked.numbers.0)) plus \
    \(ReportPage.word(asked.numbers.1))?</label>
    <input id="answer" name="answer" type="text" inputmode="numeric" required autocomplete="off" \
    aria-describedby="answer-note"><span class="note" id="answer-note">Write the number.</span></p>

    """
  }

  /// After the question, so that a file is taken only behind a right answer.
  private var file: HTML {
    guard intake.mostFile > 0 else { return "" }
    return """
      <p><label for="file">A file that shows it</label>
      <input id="file" name="file" type="file" aria-describedby="file-note">\
      <span class="note" id="file-note">At most \(intake.mostFile >> 20) MiB.</span></p>

      """
  }

  private var elsewhere: HTML {
    let other: HTML =
      switch channel {
      case .whistleblower where intake.isOpen:
        "<p><a href=\"/report\">Report with a way to reach you</a></p>\n"
      case .public where intake.isConfidentialOpen:
        "<p><a href=\"/report/confidential\">Report without saying who you are</a></p>\n"
      default: ""
      }
    return "<p><a href=\"/report/status\">Where does my report stand?</a></p>\n\(other)"
  }

  private static let words = [
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
  ]

  private static func word(_ number: Int) -> String {
    words.indices.contains(number - 2) ? words[number - 2] : String(number)
  }
}
