internal import Ground

/// How one field of another system is filled.
public struct FieldRule: Sendable, Equatable {
  /// How the other system writes a value.
  public enum Form: String, Sendable, CaseIterable {
    /// A text.
    case text
    /// A text of several paragraphs, in the form that the system has for it.
    case rich
    /// One of the options of a field: `{"value": …}`.
    case option
    /// Something with a name: `{"name": …}`.
    case name
    /// Something with an id: `{"id": …}`.
    case id
    /// A number.
    case number
    /// A list of one text.
    case list
  }

  /// Their name of the field.
  public let theirs: String
  /// Our name of what it says; nil where it is always the same.
  public let ours: String?
  /// What it always says when a ticket is made; nil where it says something of the incident.
  public let always: String?
  /// How it is written.
  public let form: Form
  /// Our values and theirs; a value that is not among them is sent as it is.
  public let values: [String: String]

  init(
    _ theirs: String, ours: String? = nil, always: String? = nil, form: Form = .text,
    values: [String: String] = [:]
  ) {
    self.theirs = theirs
    self.ours = ours
    self.always = always
    self.form = form
    self.values = values
  }

  /// What the field says of a ticket; nil where there is nothing to say.
  public func value(_ ticket: Ticket) -> String? {
    if let always { return always }
    guard let ours, let value = ticket.values[ours], !value.isEmpty else { return nil }
    return values[value] ?? value
  }

  /// Reads a rule of a mapping.
  ///
  /// - Throws: `workspace.bad-mapping`.
  init(_ json: JSON, known: Set<String>) throws(Problem) {
    let allowed: Set = ["ours", "theirs", "always", "as", "values"]
    guard case .object(let members) = json else {
      throw FieldMap.refusal("a rule is an object", "write {\"ours\": …, \"theirs\": …}")
    }
    if let extra = members.first(where: { !allowed.contains($0.0) }) {
      throw FieldMap.refusal(
        "“\(extra.0.prefix(40))” says nothing here",
        "use " + allowed.sorted().joined(separator: ", "))
    }
    guard let theirs = json["theirs"]?.text, !theirs.isEmpty,
      theirs.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x5E })
    else { throw FieldMap.refusal("a rule does not say which of their fields", "add theirs") }
    let ours = json["ours"]?.text
    let always = json["always"]?.text
    guard (ours == nil) != (always == nil) else {
      throw FieldMap.refusal(
        "the rule of \(theirs.prefix(40)) says not what to send",
        "give either ours, one of our fields, or always, a text")
    }
    if let ours, !known.contains(ours) {
      throw FieldMap.refusal(
        "“\(ours.prefix(40))” cannot be told through this connector",
        "use " + known.sorted().joined(separator: ", ")
          + (Ticket.full.contains(ours) ? ", or let it tell the full text" : ""))
    }
    guard let form = Form(rawValue: json["as"]?.text ?? "text") else {
      throw FieldMap.refusal(
        "\(theirs.prefix(40)) has a form that is not known",
        "as is one of " + Form.allCases.map(\.rawValue).joined(separator: ", "))
    }
    self.init(
      theirs, ours: ours, always: always, form: form,
      values: try FieldMap.pairs(json["values"], "values"))
  }
}
