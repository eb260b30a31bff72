internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// A form made from the catalogue of records: the fields of a kind and an event that happens to one, each with the
/// provision because of which it is asked.
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
  /// What stands above the fields.
  var introduction: HTML = ""
  /// Fields that are asked for; nil asks for all.
  var only: [String]?
  /// Where the form is sent; empty sends it to its own page.
  var action = ""
  /// What the button says.
  var button = "Put it on the record"
  /// The reason, where the step itself is one; nobody is asked for it then.
  var givenReason: String?
  /// What else is asked, below the fields.
  var further: HTML = ""
  /// Whether the day is asked on which it was true; else it is today.
  var asksDay = true
  /// Records that fields can name, by the kind.
  var choices: [String: [(id: String, title: String)]] = [:]

  /// Most records that are offered to be chosen; of more a person types the name.
  private static let mostChoices = 200
  /// Fields that steps of their own fill in.
  private static let notAsked: Set<String> = ["sample", "position", "measured"]

  init(
    visit: Visit, kind: RecordKind, event: String, state: RecordState? = nil,
    only: [String]? = nil
  ) {
    self.visit = visit
    self.kind = kind
    self.event = event
    self.state = state
    self.only = only
  }

  private var happening: RecordEvent? { kind.event(event) }

  /// The form with the records that its fields can name.
  func withChoices() async throws(Problem) -> RecordForm {
    var form = self
    let named = Set(
      kind.fields.compactMap { field -> String? in
        if case .record(let name) = field.form, isShown(field) { name } else { nil }
      })
    for name in named where ["model", "person"].contains(name) {
      guard let kind = RecordKind.named(name) else { continue }
      // Too many to choose from are not even read.
      var question = ListQuestion(kind)
      question.limit = 0
      guard try await visit.workspace.list(question).total <= RecordForm.mostChoices else {
        continue
      }
      let states = try await visit.workspace.states(kind).filter {
        !["removed", "given up"].contains($0.status)
      }
      guard states.count <= RecordForm.mostChoices else { continue }
      form.choices[name] = states.map { ($0.id.text, $0.text("display_name") ?? $0.title) }
    }
    return form
  }

  /// The form as a page.
  func page(_ title: String) -> HTML {
    Frame(
      title: Typography.sentence(title), visit: visit,
      section: ["model", "training-run"].contains(kind.name) ? "/models" : "/records"
    ).around("\(problem.map(RefusalPage.box) ?? "")\(introduction)\(html)")
  }

  /// Begins a record with what was sent, or shows the form again.
  func begin(_ title: String, _ path: (RecordID) -> String) async throws(Problem) -> Reply {
    do {
      return .see(path(try await put(try command()).id))
    } catch {
      var form = try await withChoices()
      form.problem = error
      return .page(form.page(title), status: RefusalPage.status(error))
    }
  }

  /// Lets the event happen to the record, or shows the form again.
  func change(_ title: String) async throws(Problem) -> Reply {
    try await begin(title) { Parts.path($0) }
  }

  /// Puts a command on the record; names of models and runs are looked at and given at once.
  private func put(_ command: RecordCommand) async throws(Problem) -> RecordState {
    let workspace = visit.workspace
    guard command.id == nil else { return try await workspace.record(command) }
    if kind.name == RecordKind.model.name {
      return try await workspace.recordModel(command.change)
    }
    if kind.name == RecordKind.trainingRun.name,
      case .string(let text)? = command.change.set.last(where: { $0.0 == "model" })?.1,
      let model = RecordID(text)
    {
      return try await workspace.recordRun(command.change, of: try await workspace.needed(model))
    }
    return try await workspace.record(command)
  }

  /// What was sent, as a command.
  func command() throws(Problem) -> RecordCommand {
    let on = visit.form.text("on") ?? visit.today.iso
    guard let effective = Effective(on) else {
      throw Problem(
        "server.bad-day", what: "“\(on.prefix(40))” is not a day",
        why: "days are written YYYY-MM-DD, moments with their offset",
        mend: "for example \(visit.today.iso)")
    }
    return RecordCommand(
      kind, state?.id,
      Change(
        event, set: try sent(), effective: effective,
        reason: givenReason ?? visit.form.text("reason")),
      expectedVersion: state.flatMap { _ in visit.form.text("version").flatMap { Int($0) } })
  }

  /// The fields that were sent and say something else than the record.
  func sent() throws(Problem) -> [(String, JSON)] {
    var set: [(String, JSON)] = []
    for field in kind.fields where isShown(field) {
      let value: JSON
      if field.form == .tree {
        let tree = tree(field)
        guard tree.isSent else { continue }
        value = try tree.sent
      } else {
        guard visit.form.has("f." + field.name) else { continue }
        value = try field.value(of: visit.form.texts("f." + field.name).first ?? "")
      }
      let before = state?.fields[field.name] ?? .null
      if !value.compact.utf8.elementsEqual(before.compact.utf8) { set.append((field.name, value)) }
    }
    return set
  }

  private func tree(_ field: RecordField) -> TreeInput {
    TreeInput(field: field, value: state?.fields[field.name], form: visit.form, why: why)
  }

  private var why: WhyAsked { WhyAsked(visit) }

  private func isShown(_ field: RecordField) -> Bool {
    if RecordKind.hiddenFields.contains(field.name) { return false }
    if let only, !only.contains(field.name) { return false }
    if only == nil, RecordForm.notAsked.contains(field.name) { return false }
    if state != nil, field.isFixed { return false }
    if field.form == .tree { return TreeInput.canShow(field, state?.fields[field.name]) }
    return true
  }

  /// The form alone.
  var html: HTML {
    let version: HTML =
      state.map { "<input type=\"hidden\" name=\"version\" value=\"\($0.version)\">" } ?? ""
    let target: HTML = action.isEmpty ? "" : " action=\"\(action)\""
    return """
      <form method="post"\(target) class="record">\(Frame.key(visit))\(version)
      \(asksFields ? fields : "")\(further)\(when)<p class="wide"><button>\(button)</button></p>
      </form>

      """
  }

  /// Events that only say that something happened ask for no facts.
  private var asksFields: Bool {
    guard let happening else { return only != nil }
    return only != nil || happening.begins || happening.needsReason
      || happening.name.hasSuffix("-changed") || happening.name.hasSuffix("-revised")
  }

  private var when: HTML {
    let typed = visit.form.text("reason") ?? ""
    let isDue = happening?.needsReason == true
    let reason: HTML =
      givenReason != nil || state == nil && !isDue
      ? ""
      : """
      <div class="field"><div class="ask"><label for="reason">Why\(isDue ? " <span class=\"due\">(needed)</span>" as HTML : "")</label>
      <input id="reason" name="reason" value="\(typed)"\(isDue ? " required" as HTML : "")></div>\
      <div class="why"><p class="note">Whoever reads the record later sees why it changed.</p></div></div>

      """
    guard asksDay else { return reason }
    return """
      \(reason)<div class="field"><div class="ask"><label for="on">When it was true</label>
      <input id="on" name="on" type="date" value="\(visit.form.text("on") ?? "")"></div>
      <div class="why"><p class="note">Left empty, today. The record keeps this day beside the moment of writing.</p>
      </div></div>

      """
  }

  private var fields: HTML {
    let groups = FieldGroups.groups(of: kind).filter { $0.fields.contains { isShown($0) } }
    guard groups.count > 1, only.map({ $0.count > 12 }) ?? true else {
      return .joined(groups.flatMap { $0.fields }.filter { isShown($0) }.map { field($0) })
    }
    return .joined(
      groups.enumerated().map { index, group -> HTML in
        let shown = group.fields.filter { isShown($0) }
        let isFirst = index == 0 || only != nil && index == 1
        let isOpen: HTML = isFirst || shown.contains { isFilled($0) } ? " open" : ""
        return """
          <details class="group"\(isOpen)><summary>\(group.title)</summary>
          \(shown.map { field($0) })</details>

          """
      })
  }

  private func isFilled(_ field: RecordField) -> Bool {
    state?.fields[field.name] != nil || visit.query.has(field.name)
      || visit.form.pairs.contains {
        ($0.name == "f." + field.name || $0.name.hasPrefix("f." + field.name + "."))
          && !$0.value.isEmpty
      }
  }

  private func field(_ field: RecordField) -> HTML {
    if field.form == .tree { return tree(field).html }
    let name = "f." + field.name
    let typed = visit.form.has(name) ? visit.form.texts(name).first : nil
    var input = FieldInput(
      field: field, name: name,
      value: typed ?? state?.fields[field.name].map { FieldInput.text($0) }
        ?? visit.query.text(field.name) ?? "", isRequired: field.isRequired)
    if case .record(let kind) = field.form { input.choices = choices[kind] ?? [] }
    if kind.name == RecordKind.trainingRun.name, field.name == "activity" {
      input.choices = Activities.all(visit.workspace.surroundings.law(visit.today))
    }
    return "<div class=\"field\"><div class=\"ask\">\(input.html)</div>\(why.html(field))</div>\n"
  }
}
