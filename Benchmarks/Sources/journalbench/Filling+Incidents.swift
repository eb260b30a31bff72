import Duties
import Ground
import Workspace

extension Filling {
  /// A workspace with so many open incidents, each with an awareness and half of them with a known death, and somebody
  /// who reads them; gives how long their docket takes.
  static func incidents(_ count: Int, into folder: String) async throws -> JSON {
    let bench = try await BenchWorkspace(folder, models: 20)
    let today = bench.open.surroundings.today
    var ids: [RecordID] = []
    for start in stride(from: 0, to: count, by: 2000) {
      let numbers = start..<min(start + 2000, count)
      ids += try await bench.open.record(numbers.map { bench.incident($0) }).map(\.id)
    }
    try await bench.add(count) { number in
      RecordCommand(
        .incident, ids[number],
        Change(
          "involvement-known", effective: .day(today.adding(days: -(number % 12)))))
    }
    try await bench.add(count) { number in
      RecordCommand(
        .incident, ids[number],
        Change(
          "triage-answered",
          set: [
            ("death", .string(number % 2 == 0 ? "yes" : "no")),
            ("causal_link", .string("suspected")),
          ], effective: .day(today)))
    }
    _ = try await bench.open.addPerson(
      NewPerson(name: "bench", roles: [.incidentLead], secret: .token))
    let figures = try await docket(of: bench)
    try await bench.close()
    return figures
  }

  /// How long the whole docket takes, read and computed anew, and how many deadlines it has.
  private static func docket(of bench: BenchWorkspace) async throws -> JSON {
    var times: [Duration] = []
    var count = 0
    for _ in 0..<9 {
      let start = ContinuousClock.now
      count = try await bench.open.docket().count
      times.append(ContinuousClock.now - start)
    }
    let middle = times.sorted()[times.count / 2]
    return .object([
      ("milliseconds", .int(Int(middle / .milliseconds(1)))), ("deadlines", .int(count)),
    ])
  }
}

extension BenchWorkspace {
  /// A report of something that happened lately.
  func incident(_ number: Int) -> RecordCommand {
    RecordCommand(
      .incident, nil,
      Change(
        "incident-received",
        set: [
          ("title", .string("Fictional incident \(number)")), ("channel", .string("desk")),
          ("model", .string(models[number % models.count].text)),
          ("narrative", .string("A fictional report, made up for a measurement.")),
        ], effective: .day(open.surroundings.today.adding(days: -(number % 12)))))
  }
}
