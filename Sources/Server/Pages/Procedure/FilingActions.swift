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
    }
    let edit: HTML =
      page.filing.status == "draft"
      ? "<p class=\"actions\"><a class=\"button\" href=\"\(path)/draft\">Fill in the draft</a></p>\n"
      : ""
    return Component.section("actions", "What can be done now", "\(edit)\(steps.map { form($0) })")
  }

  private func form(_ step: FilingStep) -> HTML {
    let look: HTML =
      [.withdrawals, .corrections, .abandonments].contains(step) ? " class=\"plain\"" : ""
    return """
      <form method="post" action="\(path)/\(step.rawValue)" class="record">\(Frame.key(visit))
      <input type="hidden" name="version" value="\(state.version)">
      \(fields(step))<p class="wide"><button\(look)>\(step.button)</button> <span class="note">\(note(step))</span></p>
      </form>

      """
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
    \(input(step, "sha256", "SHA-256 of the file as it was sent", hint: "compared with the approved package"))
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
    case .approvals: "Another person than those who wrote it. What the law asks for must be there."
    case .withdrawals: "The draft opens again; it is reviewed and approved anew."
    case .submissions:
      page.kind.name == RecordKind.notification.name
        ? "This ends the clock of Art. 52(1) for the model." : "Not before the day shown above."
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
