internal import Documents
internal import Duties
internal import Ground
internal import Outbound
internal import Workspace

/// What a person says of a new connector: where it leads, how it signs in, what it tells.
struct ConnectorForm {
  let visit: Visit
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
    guard let system = form.text("system").flatMap({ ConnectorSystem(rawValue: $0) }) else {
      throw ConnectorForm.missing("system", "which system it leads to", "each is asked in its way")
    }
    var url = ""
    if system.isTold { url = try WebAddress(form.text("url") ?? "").text }
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

  private static func missing(_ name: String, _ what: String, _ why: String) -> Problem {
    Problem(
      "server.field-missing", what: "the connector has not \(what)", why: why,
      mend: "fill it in, then send the form again", places: [Place(name)])
  }

  var page: HTML {
    Frame(
      title: "New connector", visit: visit, eyebrow: Parts.link("/connectors", "Connectors")
    ).around(
      """
      \(problem.map(RefusalPage.box) ?? "")\(again)<p>It is told of incidents from now on. What is sent is neutral unless you \
      say otherwise, and can be looked at before anything is sent.</p>
      \(html)
      """)
  }

  private var again: HTML {
    problem == nil
      ? ""
      : "<p class=\"caution\">Nothing was kept. The token is asked for again: it is never shown.</p>\n"
  }

  private var html: HTML {
    let inputs = Inputs(form: visit.form)
    let systems = ConnectorSystem.allCases.map { ($0.rawValue, ConnectorForm.title($0)) }
    return """
      <form method="post" action="/connectors" class="sheet">\(Frame.key(visit))
      \(inputs.line("title", "What it is for", isRequired: true, note: "for example Tickets of operations"))\
      \(inputs.choice("system", "Which system", [("", "choose")] + systems))\
      \(inputs.line("url", "Its address, beginning with https://", type: "url", note: "none for a system of your own"))\
      \(inputs.line("account", "The name to sign in with", note: "Jira Cloud: an address of mail; ServiceNow: a user, or none with a bearer token"))\
      <p><label for="token">Token, password or routing key</label>
      <input id="token" name="token" type="password" autocomplete="off"></p>
      \(inputs.line("project", "Project of its tickets", note: "Jira: its key; ServiceNow: which new records begin an incident, as an encoded query"))\
      \(inputs.line("type", "Type of its tickets", note: "Jira: for example Task; ServiceNow: the table, incident where left empty"))\
      \(inputs.choice("texts", "What it tells", [("neutral", "that there is an incident, and where to look"), ("full", "what is on the record; not of restricted incidents")]))\
      \(box("takes_in", "A ticket that begins there begins an incident here"))\
      \(box("due", "Tell the last day of the report that governs, in the due date of the ticket (Jira, ServiceNow)"))\
      \(inputs.text("mapping", "Mapping of fields, as JSON", note: "left empty: title and text; the guide to connectors shows its form"))\
      <p class="wide"><button>Make it</button></p></form>

      """
  }

  private func box(_ name: String, _ label: HTML) -> HTML {
    let mark: HTML = visit.form.has(name) ? " checked" : ""
    return """
      <p class="wide"><label class="box"><input type="checkbox" name="\(name)" value="yes"\(mark)> \(label)</label></p>

      """
  }
}
