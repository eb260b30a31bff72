internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// One field of several records, changed together with one reason; all are changed, or none.
struct BulkChange {
  let visit: Visit
  let kind: RecordKind

  /// Kinds whose facts other steps change.
  private static let notTogether: Set<String> = [
    "hold", "erasure", "comment", "assignment", "opinion",
  ]

  /// The event that changes facts of several records of a kind; nil where that is not possible.
  static func event(of kind: RecordKind) -> RecordEvent? {
    guard kind.log == .regulatory, !kind.isComposed, !notTogether.contains(kind.name),
      !fields(of: kind).isEmpty
    else { return nil }
    return kind.events.first { $0.name.hasSuffix("-changed") || $0.name.hasSuffix("-revised") }
  }

  /// Fields that several records can share.
  static func fields(of kind: RecordKind) -> [RecordField] {
    kind.fields.filter { field in
      if case .tree = field.form { return false }
      return !field.isFixed && !["name", "title", "file"].contains(field.name)
    }
  }

  /// Whether anything can be changed.
  var isPossible: Bool { BulkChange.event(of: kind) != nil }

  /// The table with what is done to the chosen rows.
  func around(_ table: HTML, _ query: String) -> HTML {
    let options = BulkChange.fields(of: kind).map { field -> HTML in
      let chosen: HTML = visit.form.text("field") == field.name ? " selected" : ""
      return "<option value=\"\(field.name)\"\(chosen)>\(field.title)</option>"
    }
    return """
      <form method="post" action="/records/\(kind.name)/changes\(query)">\(Frame.key(visit))
      \(table)<fieldset class="choices"><legend>Change the chosen ones together</legend>
      <label>Fact <select name="field">\(options)</select></label>
      <label>Value <input name="value" value="\(visit.form.text("value") ?? "")"></label>
      <label>Why <input name="reason" value="\(visit.form.text("reason") ?? "")"></label>
      <button>Change them</button>
      <span class="note">An empty value takes the fact away. All are changed, or none.</span></fieldset></form>

      """
  }

  static func answer(_ visit: Visit) async throws(Problem) -> Reply {
    let kind = try RecordPage.kind(visit.part("kind"))
    do throws(Problem) {
      try await BulkChange(visit: visit, kind: kind).change()
      return .see("/records/" + kind.name)
    } catch {
      var page = try await RegisterPage(visit)
      page.problem = error
      return .page(page.body, status: RefusalPage.status(error))
    }
  }

  private func change() async throws(Problem) {
    let fields = BulkChange.fields(of: kind)
    guard let event = BulkChange.event(of: kind),
      let field = fields.first(where: { $0.name == visit.form.text("field") })
    else {
      throw Problem(
        "server.not-together", what: "this cannot be changed for several records at once",
        why: "the facts of \(kind.titled) that can are in the list", mend: "choose one of them")
    }
    var chosen: [SeenRecord] = []
    for text in visit.form.texts("record") {
      let parts = text.split(separator: " ")
      guard parts.count == 2, let version = Int(parts[1]) else { continue }
      chosen.append(SeenRecord(try RecordPage.id(kind.name, String(parts[0])), version: version))
    }
    let value = try field.value(of: visit.form.text("value") ?? "")
    _ = try await visit.workspace.change(
      kind, chosen, event.name, set: [(field.name, value)], reason: visit.form.text("reason"))
  }
}
