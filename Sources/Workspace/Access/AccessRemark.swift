internal import Duties
internal import Ground

/// What somebody was let do in one request, said with what else they asked for at the same moment.
struct AccessRemark: Remark {
  let workspace: OpenWorkspace
  let request: String
  let lines: [AccessNotes.Line]

  /// One person's are said together: an entry names one actor.
  var group: String { workspace.who.id }

  /// One entry for each act and role of all requests, or several where it would name very many records.
  func drafts(with others: [any Remark]) throws(Problem) -> [Draft] {
    var entries: [Entry] = []
    var open: [String: Int] = [:]
    for remark in [self] + others.compactMap({ $0 as? AccessRemark }) {
      for line in remark.lines {
        if let index = open[line.key], entries[index].add(line, of: remark.request) { continue }
        open[line.key] = entries.count
        entries.append(Entry(line, of: remark.request))
      }
    }
    return try entries.map { entry throws(Problem) in
      try workspace.ownDraft(
        .accessDecision, "access-allowed", entry.set,
        by: Actor(id: workspace.who.id, role: entry.line.role))
    }
  }

  func said(_ drafts: [Draft], at receipts: [Receipt]) {
    workspace.shared.summaries.hand(receipts, drafts)
  }

  /// What one entry says, and of which requests.
  private struct Entry {
    private(set) var line: AccessNotes.Line
    private var requests: [(name: String, records: Int)]

    init(_ line: AccessNotes.Line, of request: String) {
      self.line = line
      requests = [(request, line.records.count)]
    }

    /// Takes what another request says; false when it is to be said apart.
    mutating func add(_ other: AccessNotes.Line, of request: String) -> Bool {
      // Of what is only counted it could not be told whose it is.
      guard line.counts.isEmpty, other.counts.isEmpty,
        line.records.count + other.records.count <= AccessNotes.mostNamed
      else { return false }
      line.records += other.records
      requests.append((request, other.records.count))
      return true
    }

    var set: [(String, JSON)] {
      var set: [(String, JSON)] = [
        ("act", .string(line.act)), ("answer", .string("allowed")),
        ("records", JSON(line.records.map(\.text))),
      ]
      if requests.count == 1 {
        set.append(("request", .string(requests[0].name)))
      } else {
        set.append(("requests", JSON(requests.map { "\($0.name) \($0.records)" })))
      }
      if !line.counts.isEmpty {
        let more = line.counts.sorted { $0.key < $1.key }
        set.append(("counts", JSON(more.map { "\($0.value) more of \($0.key)" })))
      }
      return set
    }
  }
}
