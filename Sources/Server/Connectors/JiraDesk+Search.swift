internal import Ground
internal import Outbound
internal import Workspace

extension JiraDesk {
  /// The fields that are read.
  var fields: [String] {
    let own = ["summary", "description", "status", "labels", "updated"]
    return own + connector.comparedFields.filter { !own.contains($0) }
  }

  /// A ticket as Jira writes it, in answers and in messages.
  func issue(_ json: JSON) -> IncomingTicket? {
    guard let key = json["key"]?.text, JiraDesk.isKey(key), let fields = json["fields"] else {
      return nil
    }
    var values: [String: String] = [:]
    for name in connector.comparedFields {
      if let value = fields[name] { values[name] = JiraFields.text(value) }
    }
    if let state = fields["status"]?["name"]?.text { values[FieldMap.state] = state }
    return IncomingTicket(
      handle: key, number: key, place: connector.url + "/browse/" + key,
      correlation: fields["labels"]?.texts.first { Ticket.incident(of: $0) != nil },
      values: values, title: fields["summary"].map(JiraFields.text) ?? "",
      text: fields["description"].map(JiraFields.text) ?? "")
  }

  func search(_ words: String) async throws(Setback) -> [IncomingTicket] {
    let jql = "project = \(JiraDesk.quoted(connector.project)) AND \(words) ORDER BY updated ASC"
    var found: [IncomingTicket] = []
    var token: String?
    for _ in 0..<JiraDesk.mostPages {
      var body: [(String, JSON)] = [
        ("jql", .string(jql)), ("fields", JSON(fields)), ("maxResults", .int(JiraDesk.page)),
      ]
      if isCloud {
        if let token { body.append(("nextPageToken", .string(token))) }
      } else {
        body.append(("startAt", .int(found.count)))
      }
      let answer = try await line.send(
        .post, api + (isCloud ? "/search/jql" : "/search"), .object(body))
      guard case .array(let issues)? = answer["issues"] else {
        throw Setback(.later(nil), "no-issues", "the answer of the search has no issues")
      }
      found += issues.compactMap(issue)
      token = answer["nextPageToken"]?.text
      let isLast =
        isCloud
        ? token == nil : issues.isEmpty || found.count >= answer["total"]?.count ?? 0
      if isLast { break }
    }
    return found
  }

  /// All pages of a list.
  func items(_ path: String, named name: String) async throws(Setback) -> [JSON] {
    var all: [JSON] = []
    for _ in 0..<JiraDesk.mostPages {
      let answer = try await line.send(
        .get, path + "?startAt=\(all.count)&maxResults=\(JiraDesk.page)")
      guard case .array(let items)? = answer[name] else {
        throw Setback(.refused, "no-list", "the answer has no \(name)")
      }
      all += items
      if items.isEmpty || all.count >= answer["total"]?.count ?? 0 { break }
    }
    return all
  }

  /// A text in a search: between quotes, which it cannot leave.
  static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }

  /// Whether a text is the key of a ticket, and can stand in a path.
  static func isKey(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 80
      && text.utf8.allSatisfy {
        (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
          || $0 == 0x2D || $0 == 0x5F
      }
  }
}
