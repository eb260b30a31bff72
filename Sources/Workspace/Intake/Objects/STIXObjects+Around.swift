internal import Ground

extension STIXObjects {
  /// Most reports on one incident whose surroundings are looked at.
  private static let mostReports = 50
  /// Most bytes of what stands around an incident that are copied into its original.
  private static let mostAround = 64 << 10

  /// Once for each report, so that thousands of incidents on one report do not look through each other.
  mutating func lookBehindReports() {
    let bundle = self
    for id in order where type(id) == "report" {
      let around = (links[id] ?? []).lazy.filter { other in
        bundle.objects[other] != nil && bundle.type(other) != "incident"
      }
      behind[id] = Array(around.prefix(IncomingReport.mostHints))
    }
  }

  /// What is linked with an object, and what is linked with a report on it.
  func near(_ id: String) -> [String] {
    var found: [String] = []
    var seen: Set = [id]
    func take(_ others: [String]) {
      for other in others {
        guard found.count < IncomingReport.mostHints else { return }
        if objects[other] != nil, seen.insert(other).inserted { found.append(other) }
      }
    }
    let direct = links[id] ?? []
    take(direct)
    for report in direct.lazy.filter({ type($0) == "report" }).prefix(STIXObjects.mostReports) {
      take(behind[report] ?? [])
    }
    return found
  }

  /// These objects as far as there is room: one that is large and stands near many is not kept as often.
  func copied(_ around: [String]) -> [JSON] {
    var room = STIXObjects.mostAround
    return around.compactMap { id in
      guard let size = sizes[id], size <= room else { return nil }
      room -= size
      return objects[id]
    }
  }
}
