internal import Documents

/// Fields of forms that are not made from the catalogue of records.
struct Inputs {
  /// What was typed, which stays when the form is refused.
  let form: Form

  /// A line of text, a day, or another kind of input that browsers know.
  func line(
    _ name: String, _ label: HTML, type: String = "text", value: String? = nil,
    isRequired: Bool = false, note: HTML = ""
  ) -> HTML {
    let required: HTML = isRequired ? " required" : ""
    let described: HTML = note.isEmpty ? "" : " aria-describedby=\"\(name)-note\""
    return """
      <p><label for="\(name)">\(label)</label>
      <input id="\(name)" name="\(name)" type="\(type)" value="\(typed(name) ?? value ?? "")"\(required)\(described)>\
      \(remark(name, note))</p>

      """
  }

  /// Several lines of text.
  func text(
    _ name: String, _ label: HTML, rows: Int = 4, value: String? = nil, isRequired: Bool = false,
    note: HTML = ""
  ) -> HTML {
    let required: HTML = isRequired ? " required" : ""
    return """
      <p class="wide"><label for="\(name)">\(label)</label>
      <textarea id="\(name)" name="\(name)" rows="\(rows)"\(required)>\(typed(name) ?? value ?? "")</textarea>\
      \(remark(name, note))</p>

      """
  }

  /// One of some values, each with what a person reads.
  func choice(
    _ name: String, _ label: HTML, _ options: [(value: String, title: String)],
    value: String? = nil, note: HTML = ""
  ) -> HTML {
    let chosen = typed(name) ?? value ?? ""
    let list = options.map { option -> HTML in
      let mark: HTML = option.value == chosen ? " selected" : ""
      return "<option value=\"\(option.value)\"\(mark)>\(option.title)</option>"
    }
    return """
      <p><label for="\(name)">\(label)</label>
      <select id="\(name)" name="\(name)">\(list)</select>\(remark(name, note))</p>

      """
  }

  private func typed(_ name: String) -> String? {
    form.has(name) ? form.texts(name).first : nil
  }

  private func remark(_ name: String, _ note: HTML) -> HTML {
    note.isEmpty ? "" : "<span class=\"note\" id=\"\(name)-note\">\(note)</span>"
  }
}
