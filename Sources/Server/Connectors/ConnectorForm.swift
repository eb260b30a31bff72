internal import Documents
internal import Duties
internal import Ground
internal import Outbound
internal import Sealing
internal import Workspace

/// What a person says of a connector: where it leads, how it signs in, what it tells.
struct ConnectorForm {
  let visit: Visit
  /// The one that changes; nil makes a new one.
  var changing: RecordState?
  var problem: Problem?

  /// Their names, as people know them.
  static func title(_ system: ConnectorSystem) -> String {
    switch system {
    case .jiraCloud: "Jira Cloud"
    case .jiraDataCenter: "Jira Data Center"
    case .serviceNow: "ServiceNow"
    case .pagerDuty: "PagerDuty"
    case .opsgenie: "Opsgenie"
    case .slack: "Slack, or a chat that takes its messages"
    case .standard: "A system of your own (Standard Webhooks): it only tells"
    }
  }

  /// - Throws: `server.field-missing`, `server.bad-mapping`, `outbound.bad-address`.
  func connector() throws(Problem) -> NewConnector {
    let form = visit.form
    guard let title = form.text("title") else {
      throw ConnectorForm.missing("title", "a name", "people tell connectors apart by it")
    }
    let named = changing == nil ? form.text("system") : changing?.text("system")
    guard let system = named.flatMap({ ConnectorSystem(rawValue: $0) }) else {
      throw ConnectorForm.missing("system", "which system it leads to", "each is asked in its way")
    }
    // One that changes leads where it led unless another address is given.
    let address = form.text("url")
    let isAsked = system.isTold && (changing == nil || address != nil)
    let url = isAsked ? try WebAddress(address ?? "").text : ""
    var connector = NewConnector(title: title, system: system, url: url)
    connector.account = form.text("account")
    connector.token = form.text("token")
    connector.project = form.text("project")
    connector.type = form.text("type")
    connector.isFull = form.text("texts") == "full"
    connector.takesIn = form.has("takes_in")
    if let mapping = form.text("mapping") {
      connector.mapping = try JSON(parsing: mapping.utf8, file: "mapping")
    }
    if form.has("due") {
      connector.mapping = FieldMap.tellingDue(connector.mapping, system)
    }
    return connector
  }

  /// What the form shows of a connector, in few letters: its version also counts what the program notes on it.
  private static func basis(_ state: RecordState) -> String {
    let shown = ["title", "account", "project", "type", "texts", "takes_in", "mapping"].map {
      ($0, state.fields[$0] ?? .null)
    }
    return String(Digest(of: JSON.object(shown).compactBytes).hex.prefix(16))
  }

  /// Refuses a change of what somebody else has changed since the form was shown.
  ///
  /// - Throws: `store.version-conflict`.
  func checkBasis() throws(Problem) {
    guard let changing, let basis = visit.form.text("basis"),
      basis != ConnectorForm.basis(changing)
    else { return }
    throw Problem(
      "store.version-conflict", what: "\(changing.title) has changed since it was read",
      why: "somebody else changed it, and one of both changes would be lost",
      mend: "look at it again: what was typed stays in this form until it is left")
  }

  private static func missing(_ name: String, _ what: String, _ why: String) -> Problem {
    Problem(
      "server.field-missing", what: "the connector has not \(what)", why: why,
      mend: "fill it in, then send the form again", places: [Place(name)])
  }

  var page: HTML {
    let title = changing.map { "Change " + $0.title } ?? "New connector"
    let eyebrow =
      changing.map { Parts.link("/connectors/" + $0.id.key, $0.title) }
      ?? Parts.link("/connectors", "Connectors")
    let about: HTML =
      changing == nil
      ? """
      <p>It is told of incidents from now on. What is sent is neutral unless you say otherwise, and can be looked at before \
      anything is sent.</p>
      """
      : """
      <p>From now on it leads there and tells that. What it told already stays told, and its system stays.</p>
      """
    return Frame(title: title, visit: visit, eyebrow: eyebrow).around(
      """
      \(problem.map(RefusalPage.box) ?? "")\(again)\(about)
      \(html)
      """)
  }

  private var again: HTML {
    problem == nil
      ? ""
      : "<p class=\"caution\">Nothing was kept. A token is asked for again: it is never shown.</p>\n"
  }

  private var html: HTML {
    let inputs = Inputs(form: visit.form)
    let action = changing.map { "/connectors/" + $0.id.key } ?? "/connectors"
    let isNew = changing == nil
    let basis: HTML =
      changing.map { state in
        let basis = visit.form.text("basis") ?? ConnectorForm.basis(state)
        return "<input type=\"hidden\" name=\"basis\" value=\"\(basis)\">"
      } ?? ""
    return """
      <form method="post" action="\(action)" class="sheet">\(Frame.key(visit))\(basis)
      \(inputs.line("title", "What it is for", value: kept("title"), isRequired: true, note: "for example Tickets of operations"))\
      \(systems(inputs))\
      \(inputs.line("url", "Its address, beginning with https://", type: "url", note: isNew ? "none for a system of your own" : "left empty: the address that it has, which is not shown"))\
      \(inputs.line("account", "The name to sign in with", value: kept("account"), note: "Jira Cloud: an address of mail; ServiceNow: a user, or none with a bearer token"))\
      <p><label for="token">Token, password or routing key</label>
      <input id="token" name="token" type="password" autocomplete="off" aria-describedby="token-note">\
      <span class="note" id="token-note">\(isNew ? "it is never shown" : "left empty: the one that is kept; another host asks for it again")</span></p>
      \(inputs.line("project", "Project of its tickets", value: kept("project"), note: "Jira: its key; ServiceNow: which new records begin an incident, as an encoded query"))\
      \(inputs.line("type", "Type of its tickets", value: kept("type"), note: "Jira: for example Task; ServiceNow: the table, incident where left empty"))\
      \(inputs.choice("texts", "What it tells", [("neutral", "that there is an incident, and where to look"), ("full", "what is on the record; not of restricted incidents")], value: kept("texts")))\
      \(box("takes_in", "A ticket that begins there begins an incident here", isKept: changing?.fields["takes_in"] == .bool(true)))\
      \(box("due", isNew ? "Tell the last day of the report that governs, in the due date of the ticket (Jira, ServiceNow)" : "Add to the mapping, where it lacks it: the last day of the report that governs, as the due date (Jira, ServiceNow)"))\
      \(inputs.text("mapping", "Mapping of fields, as JSON", value: mapping, note: "left empty: title and text; the guide to connectors shows its form"))\
      <p class="wide"><button>\(isNew ? "Make it" : "Change it")</button></p></form>

      """
  }

  private func systems(_ inputs: Inputs) -> HTML {
    guard changing == nil else { return "" }
    let systems = ConnectorSystem.allCases.map { ($0.rawValue, ConnectorForm.title($0)) }
    return inputs.choice("system", "Which system", [("", "choose")] + systems)
  }

  private func kept(_ field: String) -> String? { changing?.text(field) }

  private var mapping: String? {
    changing?.fields["mapping"].flatMap { $0 == .null ? nil : $0.pretty }
  }

  /// Checked as it was sent, and before that as it is.
  private func box(_ name: String, _ label: HTML, isKept: Bool = false) -> HTML {
    let isSent = visit.form.has("title")
    let mark: HTML = (isSent ? visit.form.has(name) : isKept) ? " checked" : ""
    return """
      <p class="wide"><label class="box"><input type="checkbox" name="\(name)" value="yes"\(mark)> \(label)</label></p>

      """
  }
}
