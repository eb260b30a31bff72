import Ground
import Outbound
import Synchronization

@testable import Server

/// A ServiceNow of a few lines: keeps records by their correlation.
///
/// Source: ServiceNow REST API reference, Table API.
final class ServiceNowTable: Sendable {
  /// What goes wrong on the other side.
  struct Faults {
    /// How many of the next requests that make something lose their answer.
    var lost = 0
    /// Records that are answered like records that are not there; a search still shows them, as one that lags does.
    var hidden: Set<String> = []
    /// Whether every question is answered by a page for signing in.
    var showsPage = false
    /// Whether a search for what changed is refused.
    var refusesComparison = false
    /// Longest line that a record keeps.
    var longestLine = 1000
  }

  let records = Mutex<[[String: String]]>([])
  let faults = Mutex(Faults())

  var system: OtherSystem {
    OtherSystem { (request, _) throws(Problem) in try self.answer(request) }
  }

  func change(_ name: String, _ value: String) { records.withLock { $0[0][name] = value } }
  subscript(_ name: String) -> String? { records.withLock { $0.first?[name] } }

  private func answer(_ request: OutboundRequest) throws(Problem) -> OutboundAnswer {
    let body = (try? JSON(parsing: request.body))?.members ?? []
    let path = request.address.path
    let faults = faults.withLock { $0 }
    if faults.showsPage { return OtherSystem.json(200, "<html><title>Sign in</title></html>") }
    if faults.hidden.contains(where: { path.contains("/" + $0) }) {
      return OtherSystem.json(
        404, #"{"error":{"message":"No Record found","detail":"ACL restricts the record"}}"#)
    }
    switch request.method {
    case .post: return try make(body)
    case .patch:
      records.withLock { records in
        guard
          let index = records.firstIndex(where: { path.contains("/" + ($0["sys_id"] ?? "?")) })
        else { return }
        for (name, value) in body { records[index][name] = kept(name, value.text) }
      }
      return OtherSystem.json(200, #"{"result":{}}"#)
    default:
      if path.contains("STARTSWITH"), faults.refusesComparison {
        return OtherSystem.json(401, #"{"error":{"message":"User Not Authenticated"}}"#)
      }
      return found(path)
    }
  }

  private func kept(_ name: String, _ text: String?) -> String? {
    guard name == "short_description" else { return text }
    return text.map { String($0.prefix(faults.withLock { $0.longestLine })) }
  }

  private func make(_ body: [(String, JSON)]) throws(Problem) -> OutboundAnswer {
    let made = records.withLock { records in
      var record = [
        "sys_id": "a\(records.count)", "number": "INC\(records.count)", "state": "1",
      ]
      for (name, value) in body { record[name] = kept(name, value.text) }
      records.append(record)
      return record
    }
    let isLost = faults.withLock { faults in
      defer { faults.lost = max(0, faults.lost - 1) }
      return faults.lost > 0
    }
    if isLost { throw Problem("outbound.not-reached", what: "the connection broke") }
    return shown(made)
  }

  private func found(_ path: String) -> OutboundAnswer {
    let all = records.withLock { $0 }
    if let one = all.first(where: { path.contains("/\($0["sys_id"] ?? "?")?") }) {
      return shown(one)
    }
    let found = all.filter { record in
      let name = record["correlation_id"] ?? ""
      if path.contains("ISEMPTY") {
        let began = Desk.encoded("sys_created_on>=")
        let since = path.split(separator: began).last.map { String($0.prefix { $0 != "^" }) } ?? ""
        return name.isEmpty
          && path.contains(Desk.encoded("category=" + (record["category"] ?? "-")))
          && Desk.encoded(record["sys_created_on"] ?? "") >= since.prefix(23)
      }
      return !name.isEmpty && (path.contains(name) || path.contains("STARTSWITH"))
    }
    let items = found.map { JSON.object($0.map { ($0.key, .string($0.value)) }) }
    return OtherSystem.json(200, JSON.object([("result", .array(items))]).compact)
  }

  private func shown(_ record: [String: String]) -> OutboundAnswer {
    let json = JSON.object(record.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
    return OtherSystem.json(200, JSON.object([("result", json)]).compact)
  }
}
