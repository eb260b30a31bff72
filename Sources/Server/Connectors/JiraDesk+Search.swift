internal import Duties
internal import Ground
internal import Outbound
internal import Workspace

extension JiraDesk {
  /// The fields that are read.
  var fields: [String] {
    let own = ["summary", "description", "status", "labels", "updated"]
    return own + connector.comparedFields.filter { !own.contains($0) }
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
      found += issues.compactMap(connector.reader.issue)
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
}
