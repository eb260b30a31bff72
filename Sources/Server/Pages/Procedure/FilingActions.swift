internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// The forms of what can be done with a filing now; the use cases decide anew who may.
struct FilingActions {
  let page: FilingPage

  private var state: RecordState { page.filing.state }
  private var visit: Visit { page.visit }
  private var path: String { ProcedurePages.path(state.id) }

  var html: HTML {
    let steps = FilingStep.allCases.filter {
      $0.isPossible(for: page.kind) && $0.statuses.contains(page.filing.status)
        && !($0 == .approvals && isAuthor)
    }
    let waits: HTML =
      page.filing.status == "in review" && isAuthor
      ? "<p>Another person approves it: you wrote it, or part of it.</p>\n" : ""
    let edit: HTML =
      page.filing.status == "draft"
      ? "<p class=\"actions\"><a class=\"button\" href=\"\(path)/draft\">Fill in the draft</a></p>\n"
      : ""
    return Component.section(
      "actions", "What can be done now", "\(edit)\(waits)\(steps.map { form($0) })")
  }

  /// Whether whoever asks wrote it or changed it; the use case decides anew.
  private var isAuthor: Bool {
    ([state.author] + state.texts("written_by")).contains(visit.workspace.who.id)
  }

  /// A form; what leads back or away stays folded, so that the way on is seen first.
  private func form(_ step: FilingStep) -> HTML {
    let isWayOn = ![.returns, .withdrawals, .corrections, .abandonments].contains(step)
    let note: HTML = note(step).isEmpty ? "" : " <span class=\"note\">\(note(step))</span>"
    let form: HTML = """
      <form method="post" action="\(path)/\(step.rawValue)" class="record">\(Frame.key(visit))
      <input type="hidden" name="version" value="\(state.version)">
      \(fields(step))<p class="wide"><button>\(step.button)</button>\(note)</p>
      </form>

      """
    if isWayOn { return form }
    let open: HTML = visit.path == path + "/" + step.rawValue ? " open" : ""
    return "<details\(open)><summary>\(step.button)</summary>\n\(form)</details>\n"
  }

  private func fields(_ step: FilingStep) -> HTML {
    let name = step.rawValue
    switch step {
    case .returns, .withdrawals, .abandonments:
      return input(name, "reason", "Why (a reason is due)", isRequired: true)
    case .approvals: return input(name, "reason", "A remark")
    case .submissions: return sending(name)
    case .corrections:
      return "\(sending(name))\(input(name, "reason", "Why (a reason is due)", isRequired: true))"
    case .acknowledgements:
      return "\(day(name, "When it was acknowledged"))\(input(name, "reference", "Reference"))"
    case .decisions:
      return "\(outcome)\(day(name, "When"))\(input(name, "reference", "Reference"))"
    case .reviews, .successors: return ""
    }
  }

  private func sending(_ step: String) -> HTML {
    """
    \(day(step, "When it was sent"))\
    \(input(step, "channel", "Channel", isRequired: true, hint: "for example EU SEND; the Act prescribes none"))\
    \(input(step, "receipt", "Receipt number"))\
    \(form(step))\
    \(input(step, "sha256", "SHA-256 of the file as it was sent", hint: "that of the package itself is compared with the approved one"))
    """
  }

  private func form(_ step: String) -> HTML {
    let options = Submission.forms.map { "<option value=\"\($0)\">\($0)</option>" as HTML }
    return """
      <p><label for="\(step)-sent_form">What was sent</label>
      <select id="\(step)-sent_form" name="sent_form"><option value="">the package itself (JSON)</option>\(options)</select></p>

      """
  }

  private var outcome: HTML {
    let words =
      page.kind.name == RecordKind.rebuttal.name
      ? [("accepted", "arguments accepted"), ("rejected", "arguments rejected")]
      : [("maintained", "designation maintained"), ("ended", "designation ended")]
    let options = words.map { "<option value=\"\($0.0)\">\($0.1)</option>" as HTML }
    return """
      <p><label for="decisions-decision">What the Commission decided</label>
      <select id="decisions-decision" name="decision" required><option value="">choose</option>\(options)</select></p>

      """
  }

  private func note(_ step: FilingStep) -> String {
    switch step {
    case .reviews: "The package is made and kept as it is now."
    case .approvals:
      "Another person than those who wrote it. What the Regulation and the Guidelines ask for must be there."
    case .withdrawals: "The draft opens again; it is reviewed and approved anew."
    case .submissions:
      switch page.kind.name {
      case RecordKind.notification.name: "This ends the clock of Art. 52(1) for the model."
      case RecordKind.incidentReport.name:
        "This ends the clock of the report; what is sent stays as it is."
      default: "Not before the day shown above."
      }
    case .successors: "It replaces this one when it is sent."
    case .corrections: "The history keeps both."
    case .returns, .acknowledgements, .decisions, .abandonments: ""
    }
  }

  private func day(_ step: String, _ label: String) -> HTML {
    input(step, "on", label, hint: "a day, or a moment with its offset; left empty, today")
  }

  private func input(
    _ step: String, _ name: String, _ label: String, isRequired: Bool = false, hint: String = ""
  ) -> HTML {
    let isHere = visit.path == path + "/" + step
    let value = isHere ? visit.form.text(name) ?? "" : ""
    let required: HTML = isRequired ? " required" : ""
    let note: HTML = hint.isEmpty ? "" : "<span class=\"note\">\(hint)</span>"
    return """
      <p><label for="\(step)-\(name)">\(label)</label>
      <input id="\(step)-\(name)" name="\(name)" value="\(value)"\(required)>\(note)</p>

      """
  }
}
