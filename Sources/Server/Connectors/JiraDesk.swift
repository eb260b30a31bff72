internal import Duties
internal import Ground
internal import Outbound
internal import Workspace

/// Jira: Cloud with version 3 of its interface, Data Center with version 2.
///
/// Source: Jira Cloud platform REST API v3 and Jira Data Center REST API v2, issues, search, transitions, remote links.
struct JiraDesk: TicketDesk {
  /// Most tickets of one page of a search.
  static let page = 100
  /// Most pages of a search.
  static let mostPages = 200

  let connector: Connector
  let line: ConnectorLine
  var isCloud: Bool { connector.system == .jiraCloud }
  var api: String { "/rest/api/" + (isCloud ? "3" : "2") }

  init(_ connector: Connector, _ ask: @escaping ConnectorLine.Ask) {
    self.connector = connector
    line = ConnectorLine(
      connector,
      authorization: connector.system == .jiraCloud ? connector.basic : "Bearer " + connector.token,
      ask: ask)
  }

  func creation(_ ticket: Ticket) throws(Setback) -> OutboundRequest {
    var fields: [(String, JSON)] = [
      ("project", .object([("key", .string(connector.project))])),
      ("issuetype", .object([("name", .string(connector.type))])),
    ]
    var labels = [Correlation.label, ticket.correlation]
    for rule in connector.mapping.rules {
      guard let text = rule.value(ticket) else { continue }
      if rule.theirs == "labels" {
        labels.append(JiraFields.label(text))
      } else {
        fields.append((rule.theirs, JiraFields.value(text, rule.form, isCloud: isCloud)))
      }
    }
    fields.append(("labels", JSON(labels)))
    return try line.request(.post, api + "/issue", .object([("fields", .object(fields))]))
  }

  func make(_ ticket: Ticket) async throws(Setback) -> IncomingTicket {
    let answer = try await line.send(try creation(ticket))
    guard let key = answer["key"]?.text, TicketReader.isKey(key) else {
      throw Setback(.later(nil), "no-key", "the answer names no ticket")
    }
    return try await read(key) ?? IncomingTicket(handle: key, number: key)
  }

  func link(_ handle: String, _ ticket: Ticket) async {
    guard let link = ticket.values["link"], !link.isEmpty else { return }
    // The same link under the same id, however often it is sent; a ticket without it is a ticket nevertheless.
    _ = try? await line.send(
      .post, api + "/issue/\(handle)/remotelink",
      .object([
        ("globalId", .string(ticket.correlation)),
        (
          "object",
          .object([("url", .string(link)), ("title", .string("The record in Systemic"))])
        ),
      ]))
  }

  func read(_ handle: String) async throws(Setback) -> IncomingTicket? {
    let names = fields.joined(separator: ",")
    return try await line.ticket(
      handle, api + "/issue/\(handle)?fields=\(Desk.encoded(names))", connector.reader.issue)
  }

  func set(
    _ handle: String, _ values: [String: String], before: [String: String]
  ) async throws(Setback) {
    var fields: [(String, JSON)] = []
    for rule in connector.mapping.rules where rule.theirs != "labels" {
      guard let text = values[rule.theirs] else { continue }
      // Nothing takes away what stands there.
      let value = text.isEmpty ? .null : JiraFields.value(text, rule.form, isCloud: isCloud)
      fields.append((rule.theirs, value))
    }
    var body: [(String, JSON)] = fields.isEmpty ? [] : [("fields", .object(fields))]
    // A list that is set anew would lose what others put on it, and our marks.
    let labels =
      values["labels"].map { JiraFields.relabelling(from: before["labels"], to: $0) } ?? []
    if !labels.isEmpty { body.append(("update", .object([("labels", .array(labels))]))) }
    guard !body.isEmpty else { return }
    _ = try await line.send(.put, api + "/issue/\(handle)", .object(body))
  }

  func move(_ handle: String, to state: String) async throws(Setback) -> Bool {
    let path = api + "/issue/\(handle)/transitions"
    let found = try await line.send(.get, path)
    guard case .array(let transitions)? = found["transitions"] else { return false }
    let wanted = transitions.first { transition in
      transition["to"]?["name"]?.text?.lowercased() == state.lowercased()
    }
    guard let id = wanted?["id"]?.text else { return false }
    _ = try await line.send(
      .post, path, .object([("transition", .object([("id", .string(id))]))]))
    return true
  }

  func mark(_ handle: String, _ correlation: String) async throws(Setback) {
    let added = [Correlation.label, correlation].map { JSON.object([("add", .string($0))]) }
    _ = try await line.send(
      .put, api + "/issue/\(handle)",
      .object([("update", .object([("labels", .array(added))]))]))
  }

  func find(_ correlation: String) async throws(Setback) -> [IncomingTicket] {
    try await search("labels = \(JiraDesk.quoted(correlation))")
  }

  func changes(minutes: Int, now: Instant) async throws(Setback) -> [IncomingTicket] {
    // So many minutes ago: a date would be read in the time zone of the account.
    try await search(
      "labels = \(JiraDesk.quoted(Correlation.label)) AND updated >= \"-\(minutes)m\"")
  }

  func begun(minutes: Int, now: Instant) async throws(Setback) -> [IncomingTicket] {
    // What has no labels at all is not found by what its labels are not.
    try await search(
      "(labels is EMPTY OR labels != \(JiraDesk.quoted(Correlation.label))) "
        + "AND created >= \"-\(minutes)m\"")
  }

  func demands() async throws(Setback) -> [FieldDemand] {
    let path = api + "/issue/createmeta/\(Desk.encoded(connector.project))/issuetypes"
    let types = try await items(path, named: isCloud ? "issueTypes" : "values")
    guard
      let id = types.first(where: {
        $0["name"]?.text?.lowercased() == connector.type.lowercased()
      })?["id"]?.text
    else {
      let names = types.compactMap { $0["name"]?.text }.joined(separator: ", ")
      throw Setback(.refused, "no-type", "the project has no type \(connector.type): \(names)")
    }
    let found = try await items(
      path + "/" + Desk.encoded(id), named: isCloud ? "fields" : "values")
    return found.compactMap { field in
      guard let name = field["fieldId"]?.text ?? field["key"]?.text,
        name != "project", name != "issuetype"
      else { return nil }
      var allowed: [String] = []
      if case .array(let values)? = field["allowedValues"] { allowed = values.map(TicketText.of) }
      return FieldDemand(
        field: name, name: field["name"]?.text ?? name,
        isRequired: field["required"] == .bool(true) && field["hasDefaultValue"] != .bool(true),
        allowed: allowed)
    }
  }
}
