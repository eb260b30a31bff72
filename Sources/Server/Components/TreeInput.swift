internal import Documents
internal import Duties
internal import Ground

/// A nested value as a person fills it in: its parts, or rows of them, with some rows to spare.
struct TreeInput {
  let field: RecordField
  /// What the record says.
  let value: JSON?
  /// What was sent.
  let form: Form
  let why: WhyAsked

  /// Rows without content that are offered.
  private static let spareRows = 2
  /// Most rows that are read.
  private static let mostRows = 200

  /// Whether a form can show the value without losing any of it.
  static func canShow(_ field: RecordField, _ value: JSON?) -> Bool {
    guard !field.parts.isEmpty else { return false }
    let names = Set(field.parts.map(\.name))
    func fits(_ item: JSON) -> Bool {
      guard case .object(let members) = item else { return false }
      return members.allSatisfy { names.contains($0.0) }
    }
    switch value {
    case nil, .null?: return true
    case .array(let items)? where field.isList: return items.allSatisfy(fits)
    case .some(let item): return !field.isList && fits(item)
    }
  }

  private var prefix: String { "f." + field.name + "." }

  private func name(_ part: RecordField, _ row: Int?) -> String {
    prefix + (row.map { "\($0)." } ?? "") + part.name
  }

  private func typed(_ part: RecordField, _ row: Int?) -> String {
    let name = name(part, row)
    if form.has(name) { return form.texts(name).first ?? "" }
    guard let row else { return FieldInput.text(value?[part.name]) }
    guard case .array(let items)? = value, row < items.count else { return "" }
    return FieldInput.text(items[row][part.name])
  }

  /// The fields.
  var html: HTML {
    let title = Typography.sentence(field.title)
    if !field.isList {
      let parts = field.parts.map { part -> HTML in
        let input = FieldInput(field: part, name: name(part, nil), value: typed(part, nil))
        return
          "<div class=\"field\"><div class=\"ask\">\(input.html)</div>\(why.html(part))</div>\n"
      }
      return
        "<fieldset class=\"tree\"><legend>\(title)</legend>\n\(why.html(field))\(parts)</fieldset>\n"
    }
    let rows = (0..<count).map { row -> HTML in
      let parts = field.parts.map { part -> HTML in
        let input = FieldInput(field: part, name: name(part, row), value: typed(part, row))
        return "<div class=\"ask\">\(input.html)</div>\n"
      }
      return """
        <div class="row" role="group" aria-label="\(title), line \(row + 1)">\(parts)</div>

        """
    }
    return """
      <fieldset class="tree"><legend>\(title)</legend>
      \(why.html(field))\(rows)<p class="note">A line that is left empty is not kept; save to get more lines.</p>
      </fieldset>

      """
  }

  private var count: Int {
    var known = 0
    if case .array(let items)? = value { known = items.count }
    let sent = (0..<TreeInput.mostRows).filter { row in
      field.parts.contains { form.has(name($0, row)) }
    }
    return min(TreeInput.mostRows, max(known + TreeInput.spareRows, (sent.last ?? -1) + 1))
  }

  /// Whether the form asked for it.
  var isSent: Bool { form.pairs.contains { $0.name.hasPrefix(prefix) } }

  /// What was sent, as the record keeps it; null where nothing was filled in.
  ///
  /// - Throws: `duties.bad-field`, `server.half-a-line` for a line that lacks what it needs.
  var sent: JSON {
    get throws(Problem) {
      guard field.isList else {
        let members = try filled(nil)
        return members.isEmpty ? .null : .object(members)
      }
      var rows: [JSON] = []
      for row in 0..<TreeInput.mostRows {
        let members = try filled(row)
        guard !members.isEmpty else { continue }
        if let lacking = field.parts.first(where: { part in
          part.isRequired && !members.contains { $0.0 == part.name }
        }) {
          throw Problem(
            "server.half-a-line",
            what: "line \(row + 1) of “\(field.title)” does not say \(lacking.title)",
            why: "a line needs it to mean something", mend: "fill it in, or empty the line",
            places: [Place(name(lacking, row))])
        }
        rows.append(.object(members))
      }
      return rows.isEmpty ? .null : .array(rows)
    }
  }

  private func filled(_ row: Int?) throws(Problem) -> [(String, JSON)] {
    var members: [(String, JSON)] = []
    for part in field.parts {
      let text = form.text(name(part, row)) ?? ""
      switch try part.value(of: text) {
      case .null: continue
      // Model files say yes and no.
      case .bool(let answer): members.append((part.name, .string(answer ? "yes" : "no")))
      case let value: members.append((part.name, value))
      }
    }
    return members
  }
}
