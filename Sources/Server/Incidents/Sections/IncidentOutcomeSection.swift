internal import Documents
internal import Duties
internal import Ground
internal import RuleFile
internal import Rulebook
internal import Workspace

/// What a person considers the incident to be, and the decision not to report where none is owed.
struct IncidentOutcomeSection {
  let page: IncidentPage

  private var state: RecordState { page.state }
  private var isMoved: Bool { state.text("merged_into") != nil }

  var html: HTML {
    let forms = isMoved ? [] : [consider]
    let ways = isMoved ? [reopen] : [join, close, reopen]
    return Component.section(
      "outcome", "Considered as", "\(standing)\(decisions)\(forms)\(joined)\(ways)")
  }

  private var standing: HTML {
    guard let outcome = IncidentRecord.outcome(state) else {
      return
        "<p>Nobody said yet what it is considered to be. Its time and its reason are kept, whatever it turns out to be.</p>\n"
    }
    let event = page.history.last { $0.envelope.event == "incident-considered" }
    let reason = event?.content?["reason"]?.text ?? ""
    let by: HTML =
      event.map {
        ", \(Parts.effective($0.envelope.effective)), by \(page.names.name($0.envelope.actor))"
      } ?? ""
    let differs: HTML =
      outcome != .serious && page.view.assessment.facts.serious == .yes
      ? "<p class=\"caution\">The answers to the legal test say serious. What was answered decides what is owed.</p>\n"
      : ""
    return """
      <p><strong>\(Typography.sentence(outcome.words))</strong>\(by)</p>
      <blockquote class="words">\(reason)</blockquote>
      \(differs)
      """
  }

  /// Decisions not to report; a second person confirms each.
  private var decisions: HTML {
    let papers = page.view.papers(.nonReport)
    guard !papers.isEmpty else { return "" }
    let items = papers.map { paper -> HTML in
      """
      \(Parts.link(paper)): <strong>\(paper.status ?? "")</strong>, by \(page.names.name(paper.author)), \
      \(Parts.moment(paper.begun))<br>\(paper.text("reasons") ?? "")\(IncidentPaperSection(page: page).steps(paper))
      """
    }
    return "<h3>Decision not to report</h3>\n\(Component.list(items))"
  }

  private var consider: HTML {
    let typed = page.typed(.outcome)
    let problem = page.problem(of: .outcome)
    let options = IncidentOutcome.allCases.map { outcome -> HTML in
      let mark: HTML = outcome.rawValue == typed.text("outcome") ? " selected" : ""
      return "<option value=\"\(outcome.rawValue)\"\(mark)>\(outcome.words)</option>"
    }
    let field = IncidentPages.at("outcome", problem)
    return """
      <form method="post" action="\(page.path)/outcome#outcome" class="record sheet">\(page.head(.outcome))
      <p><label for="outcome-outcome">It is considered</label>
      <select id="outcome-outcome" name="outcome" required\(field.attribute)><option value="">choose</option>\(options)</select>\(field.words)</p>
      <div>\(MomentInput(
        form: typed, prefix: "considered", label: "When that was decided", note: "Left empty: now.", problem: problem).html)</div>
      <p class="wide"><label for="outcome-reason">Why <span class="due">(needed)</span></label>
      <textarea id="outcome-reason" name="reason" rows="3" required>\(typed.text("reason") ?? "")</textarea></p>
      <p class="wide"><button>Note what it is considered</button> <span class="note">Where no report is owed, this makes \
      the decision not to report, which another person confirms.</span></p>
      </form>
      \(WhyAsked(page.visit).html(["guidelines/100/serious-incident", "cop/safety/glossary/near-miss", "house/incident-hazard"]))
      """
  }

  private var joined: HTML {
    let items = page.view.joined.map { other -> HTML in
      let how =
        other.text("merged_into") == state.id.text
        ? "merged into this one" : "reported with this one"
      return "\(Parts.link(IncidentPages.path(other.id), other.title)): \(how)"
    }
    guard !items.isEmpty else { return "" }
    return "<h3>Belongs to it</h3>\n\(Component.list(items))"
  }

  /// Merging and bundling, folded: most incidents stand by themselves.
  private var join: HTML {
    let isSent = state.happened["initial-report-sent"] != nil
    let merge: HTML =
      ["received", "in triage", "considered"].contains(state.status)
      ? other(.merge, "Merge it into another incident", "The incident that it is about") : ""
    let bundle: HTML =
      isSent || state.text("bundled_with") != nil
      ? ""
      : other(
        .bundle, "Report it with an earlier, similar one",
        "The earlier incident, whose deadlines hold")
    return merge + bundle
  }

  private func other(_ step: IncidentStep, _ title: HTML, _ label: HTML) -> HTML {
    let typed = page.typed(step)
    let name = step.rawValue
    let options = page.similar.map { other -> HTML in
      "<option value=\"\(other.id.text)\">\(other.title)</option>"
    }
    let field = IncidentPages.at("into", page.problem(of: step))
    let isOpen: HTML = page.step == step ? " open" : ""
    return """
      <details\(isOpen)><summary>\(title)</summary>
      <form method="post" action="\(page.path)/\(name)#outcome" class="record sheet">\(page.head(step))
      <p><label for="\(name)-into">\(label)</label>
      <input id="\(name)-into" name="into" list="\(name)-others" value="\(typed.text("into") ?? "")" required\(field.attribute)>\
      <datalist id="\(name)-others">\(options)</datalist>\(field.words)\
      <span class="note">its name, incident/…; those of the same model are offered</span></p>
      <p><label for="\(name)-reason">Why <span class="due">(needed)</span></label>
      <input id="\(name)-reason" name="reason" value="\(typed.text("reason") ?? "")" required></p>
      <p class="wide"><button>\(title)</button></p></form>
      \(step == .bundle ? WhyAsked(page.visit).html(["cop/safety/9.3/bundling"]) : "")</details>

      """
  }

  private var close: HTML {
    guard ["considered", "reported"].contains(state.status) else { return "" }
    return reasoned(
      .closure, "Close the incident",
      "After the final report, or after a second person confirmed that none is owed.")
  }

  private var reopen: HTML {
    guard ["closed", "merged"].contains(state.status) else { return "" }
    return reasoned(
      .reopening, "Open it again", "Its clocks run again from the dates on the record.")
  }

  private func reasoned(_ step: IncidentStep, _ title: HTML, _ note: HTML) -> HTML {
    let name = step.rawValue
    let isOpen: HTML = page.step == step ? " open" : ""
    return """
      <details\(isOpen)><summary>\(title)</summary>
      <form method="post" action="\(page.path)/\(name)#outcome" class="record">\(page.head(step))
      <p><label for="\(name)-reason">Why <span class="due">(needed)</span></label>
      <input id="\(name)-reason" name="reason" value="\(page.typed(step).text("reason") ?? "")" required></p>
      <p class="wide"><button>\(title)</button> <span class="note">\(note)</span></p></form></details>

      """
  }
}
