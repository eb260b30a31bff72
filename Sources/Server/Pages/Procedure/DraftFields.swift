internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// The fields of a draft as parts of a form, and back.
struct DraftFields {
  let visit: Visit
  let kind: RecordKind
  /// The draft; nil where none has begun.
  let state: RecordState?

  /// Reasons that can be typed beside those that are there.
  private static let emptyReasons = 2

  /// What differs from the draft.
  ///
  /// - Throws: `duties.bad-field`, `duties.bad-reason`.
  func changed() throws(Problem) -> [(String, JSON)] {
    var set: [(String, JSON)] = []
    for field in kind.writtenFields {
      let value: JSON
      if field.name == "reasons" {
        value = try reasons()
      } else if field.form == .tree {
        let tree = tree(field)
        guard tree.isSent else { continue }
        value = try tree.sent
      } else {
        guard visit.form.has(field.name) else { continue }
        value = try field.value(of: visit.form.text(field.name) ?? "")
      }
      if value != state?.fields[field.name] ?? .null { set.append((field.name, value)) }
    }
    return set
  }

  private func reasons() throws(Problem) -> JSON {
    let texts = visit.form.texts("reason")
    let details = visit.form.texts("detail")
    let days = visit.form.texts("since")
    var found: [JSON] = []
    for (index, text) in texts.enumerated() {
      let detail = index < details.count ? details[index] : ""
      let since = index < days.count ? days[index] : ""
      guard (text + detail + since).contains(where: { !$0.isWhitespace }) else { continue }
      found.append(
        .object([
          ("reason", .string(text)), ("detail", .string(detail)), ("since", .string(since)),
        ]))
    }
    let json = JSON.array(found)
    _ = try NewReason.read(json)
    return found.isEmpty ? .null : json
  }

  var html: HTML { .joined(kind.writtenFields.map { field($0) }) }

  private func field(_ field: RecordField) -> HTML {
    if field.name == "reasons" { return reasonFields }
    if field.form == .tree { return tree(field).html }
    let why = WhyAsked(visit).html(field)
    let label = Typography.sentence(field.title)
    let value = typed(field.name) ?? state?.fields[field.name].map { FieldInput.text($0) } ?? ""
    switch field.form {
    case .choice:
      let input = FieldInput(field: field, name: field.name, value: value)
      return "<div class=\"field\"><div class=\"ask\">\(input.html)</div>\(why)</div>\n"
    case .yesNo:
      let options = ["", "yes", "no"].map { word -> HTML in
        let chosen: HTML = word == value ? " selected" : ""
        return "<option value=\"\(word)\"\(chosen)>\(word.isEmpty ? "not said" : word)</option>"
      }
      return """
        <div class="field"><div class="ask"><label for="\(field.name)">\(label)</label>
        <select id="\(field.name)" name="\(field.name)">\(options)</select></div>\(why)</div>

        """
    case .text where DraftFields.long.contains(field.name):
      return """
        <div class="field"><div class="ask"><label for="\(field.name)">\(label)</label>
        <textarea id="\(field.name)" name="\(field.name)" rows="4">\(value)</textarea>\(example(field))</div>\(why)</div>

        """
    default:
      let required: HTML = field.isRequired ? " required" : ""
      return """
        <div class="field"><div class="ask"><label for="\(field.name)">\(label)</label>
        <input id="\(field.name)" name="\(field.name)" value="\(value)"\(required)>\(example(field))</div>\(why)</div>

        """
    }
  }

  private func tree(_ field: RecordField) -> TreeInput {
    TreeInput(
      field: field, value: state?.fields[field.name], form: visit.form, why: WhyAsked(visit))
  }

  private func example(_ field: RecordField) -> HTML {
    field.example.isEmpty ? "" : "<span class=\"note\">for example \(field.example)</span>"
  }

  private func typed(_ name: String) -> String? {
    visit.form.has(name) ? visit.form.texts(name).first : nil
  }

  private var reasonFields: HTML {
    var rows: [(String, String, String)] = []
    if visit.form.has("reason") {
      let (details, days) = (visit.form.texts("detail"), visit.form.texts("since"))
      rows = visit.form.texts("reason").enumerated().map { index, text in
        (text, index < details.count ? details[index] : "", index < days.count ? days[index] : "")
      }
    } else {
      let known = (try? NewReason.read(state?.fields["reasons"])) ?? []
      rows =
        known.map { ($0.reason, $0.detail, $0.since.iso) }
        + Array(repeating: ("", "", ""), count: DraftFields.emptyReasons)
    }
    let parts = rows.enumerated().map { index, row -> HTML in
      """
      <fieldset class="wide"><legend>Reason \(index + 1)</legend>
      <p><label for="reason-\(index)">Reason</label><input id="reason-\(index)" name="reason" value="\(row.0)"></p>
      <p><label for="detail-\(index)">In detail</label>
      <textarea id="detail-\(index)" name="detail" rows="3">\(row.1)</textarea></p>
      <p><label for="since-\(index)">New since</label>
      <input id="since-\(index)" name="since" value="\(row.2)" placeholder="YYYY-MM-DD"></p></fieldset>

      """
    }
    let why = WhyAsked(visit).html(kind.field("reasons")?.asks ?? [])
    return "\(parts)<div class=\"wide\">\(why)</div>\n"
  }

  private static let long: Set<String> = [
    "approach", "approximations", "intended_purpose", "data_provenance", "documentation",
    "capabilities", "arguments", "distance", "further", "mitigations", "national_part", "remarks",
  ]
}
