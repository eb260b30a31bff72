internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// All records of a kind as a table: chosen, ordered, with the columns that somebody wants, and changed together.
struct RegisterPage {
  let visit: Visit
  let kind: RecordKind
  /// Those of the page; all that fit the choices where the whole is asked for.
  let records: [RecordSummary]
  /// The same with their fields, by name, where fields are shown: nothing is opened for the other columns.
  private let states: [RecordID: RecordState]
  /// How many fit the choices.
  let total: Int
  private let number: Int
  let statuses: [String]
  let columns: [RecordField]
  let names: PeopleNames
  let views: ViewsBar
  var problem: Problem?

  /// Rows of a page.
  private static let rows = 100
  /// Most columns that can be chosen.
  private static let mostColumns = 8

  init(_ visit: Visit, isWhole: Bool = false) async throws(Problem) {
    self.visit = visit
    let kind = try RecordPage.kind(visit.part("kind"))
    self.kind = kind
    var question = ListQuestion(kind)
    question.words = visit.query.text("q")
    question.status = visit.query.text("status")
    switch visit.query.text("order") {
    case "title": (question.order, question.isDescending) = (.title, false)
    case "begun": question.order = .begun
    default: break
    }
    let number = Paging.number(visit)
    question.start = isWhole ? 0 : (number - 1) * RegisterPage.rows
    question.limit = isWhole ? .max : RegisterPage.rows
    self.number = number
    let wanted = Set(visit.query.texts("column"))
    columns = Array(
      RegisterPage.fields(of: kind).filter { wanted.contains($0.name) }
        .prefix(RegisterPage.mostColumns))
    if columns.isEmpty, !isWhole {
      let list = try await visit.workspace.list(question)
      (records, total, statuses, states) = (list.rows, list.total, list.statuses, [:])
    } else {
      let list = try await visit.workspace.stateList(question)
      records = list.states.map { RecordSummary($0) }
      (total, statuses) = (list.total, list.statuses)
      states = Dictionary(list.states.map { ($0.id, $0) }) { first, _ in first }
    }
    names = try await PeopleNames(visit.workspace)
    views = try await ViewsBar(visit)
  }

  /// Fields that a cell can show.
  private static func fields(of kind: RecordKind) -> [RecordField] {
    kind.fields.filter { field in
      if case .tree = field.form { return false }
      return !RecordKind.hiddenFields.contains(field.name)
    }
  }

  /// The same records and columns as a table for a spreadsheet.
  var csv: [UInt8] {
    get throws(Problem) {
      let fixed = ["id", "status", "version", "class", "changed"]
      let fields = columns.isEmpty ? RegisterPage.fields(of: kind) : columns
      var bytes = CSVLine.of(fixed + fields.map(\.name))
      for record in records {
        let values = states[record.id]?.fields ?? [:]
        bytes += CSVLine.of(
          [
            record.id.text, record.status ?? "", String(record.version),
            record.confidentiality.rawValue, record.changed.utc,
          ] + fields.map { RegisterPage.text(values[$0.name] ?? .null) })
      }
      return bytes
    }
  }

  private static func text(_ value: JSON) -> String {
    switch value {
    case .string(let text): text
    case .bool(let answer): answer ? "yes" : "no"
    case .array(let values): values.map { text($0) }.joined(separator: "; ")
    case .null: ""
    default: value.compact
    }
  }

  var body: HTML {
    Frame(
      title: Typography.sentence(kind.title) + " records", visit: visit, section: "/records",
      eyebrow: "<a href=\"/records\">Records</a>"
    ).around(
      """
      \(problem.map(RefusalPage.box) ?? "")\(new)\(views.html)\(choices)\
      \(records.isEmpty ? Parts.empty("There is no \(kind.title) for these choices that you may read.") : content)\
      \(pages)
      """)
  }

  private var new: HTML {
    let path = kind.name == "evidence" ? "/evidence/new" : "/records/\(kind.name)/new"
    guard RecordsPage.hasForm(kind) || kind.name == "evidence" else { return "" }
    return """
      <p class="actions"><a class="button" href="\(path)">New \(kind.title)</a></p>

      """
  }

  private var choices: HTML {
    func option(_ name: String, _ value: String, _ title: String) -> HTML {
      let chosen: HTML = (visit.query.text(name) ?? "") == value ? " selected" : ""
      return "<option value=\"\(value)\"\(chosen)>\(title)</option>"
    }
    let boxes = RegisterPage.fields(of: kind).map { field -> HTML in
      let isOn: HTML = columns.contains { $0.name == field.name } ? " checked" : ""
      return
        "<label><input type=\"checkbox\" name=\"column\" value=\"\(field.name)\"\(isOn)> \(field.title)</label>\n"
    }
    return """
      <form method="get" action="/records/\(kind.name)" class="choices">
      <label>In the title <input type="search" name="q" value="\(visit.query.text("q") ?? "")"></label>
      <label>Status <select name="status">\(option("status", "", "all"))\
      \(statuses.map { option("status", $0, $0) })</select></label>
      <label>Order <select name="order">\(option("order", "", "changed last"))\
      \(option("order", "begun", "begun last"))\(option("order", "title", "by title"))</select></label>
      <details\(columns.isEmpty ? "" : " open" as HTML)><summary>Columns</summary>
      <fieldset><legend>Show also (at most \(RegisterPage.mostColumns))</legend>\(boxes)</fieldset></details>
      <button>Show</button>
      <a href="/records/\(kind.name)/table.csv\(query())">CSV of this view</a></form>

      """
  }

  /// The query of this view, with one value changed.
  private func query(_ name: String = "page", _ value: String? = nil) -> String {
    var pairs = visit.query.pairs.filter { $0.name != name && !$0.value.isEmpty }
    if let value { pairs.append((name: name, value: value)) }
    let text = pairs.map { Desk.encoded($0.name) + "=" + Desk.encoded($0.value) }
      .joined(separator: "&")
    return text.isEmpty ? "" : "?" + text
  }

  private var content: HTML {
    let bulk = BulkChange(visit: visit, kind: kind)
    let isBulk = bulk.isPossible
    let heads: [Component.Column] =
      [.init("Title"), .init("Status")] + columns.map { .init(Typography.sentence($0.title)) }
      + [.figures("Version"), .init("Class"), .init("Changed")] + (isBulk ? [.init("Choose")] : [])
    let table = Component.table(
      "\(total) of this kind", heads,
      records.map { record in
        [Parts.link(record), "\(record.status ?? "")"]
          + columns.map { cell($0, states[record.id]) }
          + [
            "\(record.version)", "\(record.confidentiality.rawValue)",
            Parts.moment(record.changed),
          ]
          + (isBulk
            ? [
              """
              <input type="checkbox" name="record" value="\(record.id.key) \(record.version)" \
              aria-label="Choose \(record.title)">
              """
            ] : [])
      })
    return isBulk ? bulk.around(table, query()) : table
  }

  private func cell(_ field: RecordField, _ state: RecordState?) -> HTML {
    guard let state, let value = state.fields[field.name] else { return "—" }
    if case .record("person") = field.form,
      let id = state.text(field.name).flatMap({ RecordID($0) })
    {
      return "\(names.name(id.key))"
    }
    return Parts.value(value)
  }

  private var pages: HTML {
    let last = (total + RegisterPage.rows - 1) / RegisterPage.rows
    guard last > 1 else { return "" }
    func link(_ page: Int, _ title: String) -> HTML {
      Parts.link("/records/\(kind.name)" + query("page", String(page)), title)
    }
    return """
      <nav class="pages" aria-label="Pages">\(number > 1 ? link(number - 1, "Before") : "") \
      page \(min(number, last)) of \(last) \(number < last ? link(number + 1, "Further") : "")</nav>

      """
  }
}
