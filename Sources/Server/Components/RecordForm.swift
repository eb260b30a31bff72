internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// A form made from the catalogue of records: the fields of a kind and an event that happens to one.
///
/// What was typed stays in the form when it is refused; nothing is filled in for anybody.
struct RecordForm {
  let visit: Visit
  let kind: RecordKind
  /// The name of the event.
  let event: String
  /// The record; nil where the event begins one.
  var state: RecordState?
  var problem: Problem?

  private var happening: RecordEvent? { kind.event(event) }

  /// The form as a page.
  func page(_ title: String) -> HTML {
    Frame(title: title, visit: visit, section: kind.name == "model" ? "/models" : "/records")
      .around(
        "\(problem.map(RefusalPage.box) ?? "")\(form)")
  }

  /// Begins a record with what was sent, or shows the form again.
  func begin(_ title: String, _ path: (RecordID) -> String) async throws(Problem) -> Reply {
    do {
      return .see(path(try await visit.workspace.record(try command()).id))
    } catch {
      var form = self
      form.problem = error
      return .page(form.page(title), status: RefusalPage.status(error))
    }
  }

  /// Lets the event happen to the record, or shows the form again.
  func change(_ title: String) async throws(Problem) -> Reply {
    try await begin(title) { "/records/" + $0.text }
  }

  /// What was sent, as a command.
  private func command() throws(Problem) -> RecordCommand {
    var set: [(String, JSON)] = []
    for field in kind.fields where isShown(field) && visit.form.has("f." + field.name) {
      let text = visit.form.texts("f." + field.name).first ?? ""
      let value = try field.value(of: text)
      let before = state?.fields[field.name] ?? .null
      if !value.compact.utf8.elementsEqual(before.compact.utf8) { set.append((field.name, value)) }
    }
    let on = visit.form.text("on") ?? visit.today.iso
    guard let effective = Effective(on) else {
      throw Problem(
        "server.bad-day", what: "“\(on.prefix(40))” is not a day",
        why: "days are written YYYY-MM-DD, moments with their offset",
        mend: "for example \(visit.today.iso)")
    }
    return RecordCommand(
      kind, state?.id,
      Change(event, set: set, effective: effective, reason: visit.form.text("reason")),
      expectedVersion: state.flatMap { _ in visit.form.text("version").flatMap { Int($0) } })
  }

  private func isShown(_ field: RecordField) -> Bool {
    if RecordKind.hiddenFields.contains(field.name) { return false }
    if state != nil, field.isFixed { return false }
    if case .tree = field.form { return false }
    return true
  }

  private var form: HTML {
    let changesFacts = happening.map { $0.begins || $0.needsReason || setsFields($0) } ?? false
    let fields =
      changesFacts ? kind.fields.filter { isShown($0) }.map { self.field($0) } : []
    let version: HTML =
      state.map { "<input type=\"hidden\" name=\"version\" value=\"\($0.version)\">" } ?? ""
    return """
      <form method="post" class="record">\(Frame.key(visit))\(version)
      \(when)\(fields)<p class="wide"><button>Put it on the record</button></p>
      </form>

      """
  }

  /// Events that only say that something happened ask for no facts.
  private func setsFields(_ event: RecordEvent) -> Bool {
    event.name.hasSuffix("-changed") || event.name.hasSuffix("-revised")
  }

  private var when: HTML {
    let reason: HTML
    if happening?.needsReason == true {
      reason = input("reason", "Why (a reason is due)", visit.form.text("reason") ?? "", true)
    } else {
      reason = state == nil ? "" : input("reason", "Why", visit.form.text("reason") ?? "", false)
    }
    return """
      <p><label for="on">When it was true</label>
      <input id="on" name="on" type="text" inputmode="numeric" value="\(visit.form.text("on") ?? "")" \
      placeholder="\(visit.today.iso)" aria-describedby="on-help">
      <span class="note" id="on-help">A day; left empty, today. Nothing is dated before it was written without \
      showing both.</span></p>
      \(reason)
      """
  }

  private func field(_ field: RecordField) -> HTML {
    let typed = visit.form.has("f." + field.name) ? visit.form.texts("f." + field.name).first : nil
    let value =
      typed ?? state?.fields[field.name].map { RecordForm.text($0) }
      ?? visit.query.text(field.name) ?? ""
    let label = Typography.sentence(field.title)
    switch field.form {
    case .yesNo:
      return select(field, label, ["yes", "no"], value)
    case .choice(let words):
      return select(field, label, words, value)
    default:
      return input(
        "f." + field.name, label, value, field.isRequired, hint: field.example)
    }
  }

  private func select(
    _ field: RecordField, _ label: String, _ words: [String], _ value: String
  ) -> HTML {
    let options = ([""] + words).map { word -> HTML in
      let chosen: HTML = word == value ? " selected" : ""
      return "<option value=\"\(word)\"\(chosen)>\(word.isEmpty ? "not said" : word)</option>"
    }
    return """
      <p><label for="f.\(field.name)">\(label)</label>
      <select id="f.\(field.name)" name="f.\(field.name)">\(options)</select></p>

      """
  }

  private func input(
    _ name: String, _ label: String, _ value: String, _ isRequired: Bool, hint: String = ""
  ) -> HTML {
    let required: HTML = isRequired ? " required" : ""
    let example: HTML = hint.isEmpty ? "" : "<span class=\"note\">for example \(hint)</span>"
    return """
      <p><label for="\(name)">\(label)</label>
      <input id="\(name)" name="\(name)" value="\(value)"\(required)>\(example)</p>

      """
  }

  /// A value as a person would type it.
  private static func text(_ value: JSON) -> String {
    switch value {
    case .string(let text): text
    case .bool(let answer): answer ? "yes" : "no"
    case .array(let values): values.map { text($0) }.joined(separator: "; ")
    case .null: ""
    default: value.compact
    }
  }
}
