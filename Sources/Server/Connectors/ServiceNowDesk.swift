internal import Duties
internal import Ground
internal import Outbound
internal import Workspace

/// ServiceNow by its Table API: flat objects of texts, moments in UTC.
///
/// Source: ServiceNow REST API reference, Table API.
struct ServiceNowDesk: TicketDesk {
  /// Most records of one page.
  static let page = 100
  /// Most pages of a search.
  static let mostPages = 200

  let connector: Connector
  let line: ConnectorLine
  private var path: String { "/api/now/table/" + Desk.encoded(connector.type) }

  init(_ connector: Connector, _ ask: @escaping ConnectorLine.Ask) {
    self.connector = connector
    line = ConnectorLine(
      connector,
      authorization: connector.account.isEmpty
        ? "Bearer " + connector.token : connector.basic, ask: ask)
  }

  func creation(_ ticket: Ticket) throws(Setback) -> OutboundRequest {
    var body: [(String, JSON)] = connector.mapping.rules.compactMap { rule in
      rule.value(ticket).map { (rule.theirs, .string($0)) }
    }
    body += [
      ("correlation_id", .string(ticket.correlation)),
      ("correlation_display", .string("Systemic")),
    ]
    return try line.request(.post, path, .object(body))
  }

  func make(_ ticket: Ticket) async throws(Setback) -> IncomingTicket {
    let answer = try await line.send(try creation(ticket))
    guard let id = answer["result"]?["sys_id"]?.text, TicketReader.isKey(id) else {
      throw Setback(.later(nil), "no-key", "the answer names no record")
    }
    return try await read(id) ?? IncomingTicket(handle: id, number: id)
  }

  /// A table has no links; the text holds the address.
  func link(_ handle: String, _ ticket: Ticket) async {}

  func read(_ handle: String) async throws(Setback) -> IncomingTicket? {
    try await line.ticket(handle, path + "/\(handle)?" + reading) { answer in
      answer["result"].flatMap(connector.reader.record)
    }
  }

  func set(
    _ handle: String, _ values: [String: String], before: [String: String]
  ) async throws(Setback) {
    let body = values.filter { $0.key != FieldMap.state }.sorted { $0.key < $1.key }
    guard !body.isEmpty else { return }
    _ = try await line.send(
      .patch, path + "/\(handle)", .object(body.map { ($0.key, .string($0.value)) }))
  }

  func move(_ handle: String, to state: String) async throws(Setback) -> Bool {
    do {
      _ = try await line.send(
        .patch, path + "/\(handle)", .object([("state", .string(state))]))
    } catch {
      // A business rule may forbid the step.
      guard error.course == .refused else { throw error }
      return false
    }
    // It may also say yes and leave the state as it is.
    return try await read(handle)?.values[FieldMap.state] == state
  }

  func mark(_ handle: String, _ correlation: String) async throws(Setback) {
    _ = try await line.send(
      .patch, path + "/\(handle)",
      .object([
        ("correlation_id", .string(correlation)), ("correlation_display", .string("Systemic")),
      ]))
  }

  func find(_ correlation: String) async throws(Setback) -> [IncomingTicket] {
    try await search("correlation_id=" + correlation)
  }

  func changes(minutes: Int, now: Instant) async throws(Setback) -> [IncomingTicket] {
    try await search(
      "correlation_idSTARTSWITH\(Correlation.prefix)^sys_updated_on>="
        + "\(moment(minutes, before: now))^ORDERBYsys_updated_on")
  }

  func begun(minutes: Int, now: Instant) async throws(Setback) -> [IncomingTicket] {
    // A table holds far more than incidents with models: without a query nothing is looked for.
    guard !connector.project.isEmpty else { return [] }
    return try await search(
      connector.project + "^correlation_idISEMPTY^sys_created_on>="
        + "\(moment(minutes, before: now))^ORDERBYsys_created_on")
  }

  private func moment(_ minutes: Int, before now: Instant) -> String {
    Instant(seconds: now.seconds - minutes * 60).utc
      .replacing("T", with: " ").replacing("Z", with: "")
  }

  func demands() async throws(Setback) -> [FieldDemand] {
    let query = "name=\(connector.type)^mandatory=true^elementISNOTEMPTY"
    let answer = try await line.send(
      .get,
      "/api/now/table/sys_dictionary?sysparm_query=\(Desk.encoded(query))"
        + "&sysparm_fields=element,column_label,default_value&sysparm_limit=\(ServiceNowDesk.page)")
    guard case .array(let items)? = answer["result"] else { return [] }
    return items.compactMap { item in
      guard let field = item["element"]?.text, !field.isEmpty else { return nil }
      let usual = item["default_value"]?.text ?? ""
      return FieldDemand(
        field: field, name: item["column_label"]?.text ?? field, isRequired: usual.isEmpty,
        allowed: [])
    }
  }
}

extension ServiceNowDesk {
  /// What is read of a record, with references as plain values.
  private var reading: String {
    let own = [
      "sys_id", "number", "state", "correlation_id", "sys_updated_on", "short_description",
      "description",
    ]
    let fields = own + connector.comparedFields.filter { !own.contains($0) }
    return "sysparm_fields=\(Desk.encoded(fields.joined(separator: ",")))"
      + "&sysparm_exclude_reference_link=true"
  }

  private func search(_ query: String) async throws(Setback) -> [IncomingTicket] {
    var found: [IncomingTicket] = []
    for page in 0..<ServiceNowDesk.mostPages {
      let answer = try await line.send(
        .get,
        path + "?sysparm_query=\(Desk.encoded(query))&\(reading)"
          + "&sysparm_limit=\(ServiceNowDesk.page)&sysparm_offset=\(page * ServiceNowDesk.page)")
      guard case .array(let items)? = answer["result"] else {
        throw Setback(.later(nil), "no-result", "the answer has no result")
      }
      found += items.compactMap(connector.reader.record)
      if items.count < ServiceNowDesk.page { break }
    }
    return found
  }
}
