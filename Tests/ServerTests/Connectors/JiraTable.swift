import Duties
import Ground
import Outbound
import Synchronization

@testable import Server

/// A Jira Cloud of a few lines: one project, labels, options that are shown by their names.
///
/// Source: Jira Cloud platform REST API v3.
final class JiraTable: Sendable {
  struct Issue {
    var id: String
    var key: String
    var fields: [String: JSON]
    var created: Instant
  }

  let issues = Mutex<[Issue]>([])
  private let now: @Sendable () -> Instant

  init(_ now: @escaping @Sendable () -> Instant) { self.now = now }

  var system: OtherSystem {
    OtherSystem { (request, _) throws(Problem) in self.answer(request) }
  }

  /// An issue that somebody makes there.
  @discardableResult
  func add(_ key: String, _ fields: [String: JSON]) -> Issue {
    issues.withLock { issues in
      let issue = Issue(id: "1000\(issues.count)", key: key, fields: fields, created: now())
      issues.append(issue)
      return issue
    }
  }

  func change(_ key: String, _ change: (inout Issue) -> Void) {
    issues.withLock { issues in
      for index in issues.indices where issues[index].key == key { change(&issues[index]) }
    }
  }

  func labels(_ key: String) -> [String] {
    issues.withLock { $0.first { $0.key == key }.map(JiraTable.labels) ?? [] }
  }

  /// A message about an issue.
  func message(_ event: String, _ key: String) -> JSON {
    let issue = issues.withLock { $0.first { $0.key == key } }
    return .object([
      ("webhookEvent", .string(event)),
      ("issue", issue.map { shown($0) } ?? .null),
    ])
  }

  private static func labels(_ issue: Issue) -> [String] { issue.fields["labels"]?.texts ?? [] }

  private func answer(_ request: OutboundRequest) -> OutboundAnswer {
    let path = request.address.path
    let body = (try? JSON(parsing: request.body)) ?? .null
    if path.hasSuffix("/search/jql") { return found(body["jql"]?.text ?? "") }
    if path.hasSuffix("/remotelink") { return OtherSystem.json(200, "{}") }
    if request.method == .post {
      let count = issues.withLock { $0.count }
      let fields = Dictionary(uniqueKeysWithValues: body["fields"]?.members ?? [])
      let issue = add("OPS-\(count + 1)", fields)
      return OtherSystem.json(
        201, JSON.object([("id", .string(issue.id)), ("key", .string(issue.key))]).compact)
    }
    let rest = path.split(separator: "/issue/").last ?? ""
    let key = String(rest.prefix { $0 != "?" })
    guard let issue = issues.withLock({ $0.first { $0.key == key } }) else {
      return OtherSystem.json(
        404, #"{"errorMessages":["Issue does not exist or you do not have permission"]}"#)
    }
    guard request.method == .put else { return OtherSystem.json(200, shown(issue).compact) }
    change(key) { issue in
      for (name, value) in body["fields"]?.members ?? [] { issue.fields[name] = value }
      guard case .array(let steps)? = body["update"]?["labels"] else { return }
      var labels = JiraTable.labels(issue)
      for step in steps {
        if let gone = step["remove"]?.text { labels.removeAll { $0 == gone } }
        if let new = step["add"]?.text, !labels.contains(new) { labels.append(new) }
      }
      issue.fields["labels"] = JSON(labels)
    }
    return OtherSystem.json(204, "")
  }

  private func shown(_ issue: Issue) -> JSON {
    let names = ["6": "Low", "7": "High"]
    let fields = issue.fields.map { name, value -> (String, JSON) in
      guard let id = value["id"]?.text else { return (name, value) }
      return (name, .object([("id", .string(id)), ("name", JSON(names[id]))]))
    }
    return .object([
      ("id", .string(issue.id)), ("key", .string(issue.key)), ("fields", .object(fields)),
    ])
  }

  /// A comparison by what labels are not finds nothing that has no labels.
  private func found(_ jql: String) -> OutboundAnswer {
    let all = issues.withLock { $0 }
    let found = all.filter { issue in
      let labels = JiraTable.labels(issue)
      if jql.contains("created >= ") {
        let minutes = jql.split(separator: "created >= \"-").last.flatMap {
          Int($0.prefix { $0 != "m" })
        }
        let since = now().seconds - (minutes ?? 0) * 60
        return issue.key.hasPrefix("OPS-") && issue.created.seconds >= since
          && (labels.isEmpty ? jql.contains("labels is EMPTY OR ") : !labels.contains("systemic"))
      }
      return labels.contains { jql.contains("labels = \"\($0)\"") }
    }
    let items = found.map { shown($0) }
    return OtherSystem.json(200, JSON.object([("issues", .array(items))]).compact)
  }
}
