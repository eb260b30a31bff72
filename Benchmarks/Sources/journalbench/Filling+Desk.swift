import Duties
import Ground
import Workspace

extension Filling {
  /// Records of each hundred: models, versions, requests; the others are training runs.
  private static let (models, versions, requests) = (2, 8, 10)
  /// Requests of each hundred that were answered.
  private static let answered = 50

  /// A workspace with so many records of mixed kinds and an administrator, for a desk.
  ///
  /// Of a hundred records two are models, eight versions of models, ten requests, and eighty training runs; half
  /// of the requests are answered.
  static func desk(_ count: Int, into folder: String) async throws {
    let bench = try await BenchWorkspace(folder, models: max(1, count * models / 100))
    let each = bench.models.count
    try await bench.add(count * versions / 100) { number in
      bench.belonging(.modelVersion, "version-registered", "\(1 + number / each).0", to: number)
    }
    try await bench.add(count * (100 - models - versions - requests) / 100) { number in
      bench.belonging(
        .trainingRun, "run-recorded", "run \(1 + number / each)", to: number,
        [
          ("flop", .string("\(1 + number % 9)e23")), ("status", .string("finished")),
          ("activity", .string("pre-training")), ("end", .string("2026-0\(1 + number % 9)-15")),
        ])
    }
    try await bench.add(count * requests / 100) {
      bench.request("request \($0)", model: $0, daysAgo: $0 % 40)
    }
    try await bench.answer(percent: answered)
    _ = try await bench.open.addPerson(
      NewPerson(name: "bench", roles: [.compliance], secret: .token))
    try await bench.close()
  }
}

extension BenchWorkspace {
  /// A record that belongs to a model.
  func belonging(
    _ kind: RecordKind, _ event: String, _ name: String, to number: Int,
    _ more: [(String, JSON)] = []
  ) -> RecordCommand {
    RecordCommand(
      kind, nil,
      Change(
        event,
        set: [("model", .string(models[number % models.count].text)), ("name", .string(name))]
          + more, effective: .day(open.surroundings.today)))
  }

  /// Answers some of the requests.
  func answer(percent: Int) async throws {
    let requests = try await open.states(.downstreamRequest)
    let answered = requests.enumerated().filter { $0.offset % 100 < percent }.map(\.element.id)
    try await add(answered.count) { number in
      RecordCommand(
        .downstreamRequest, answered[number],
        Change("request-answered", effective: .day(open.surroundings.today)))
    }
  }
}
