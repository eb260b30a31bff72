internal import Duties
internal import Ground
internal import Workspace

/// Made-up models to try the program.
enum SampleOperations {
  static let all: [APIOperation] = [list, load, end, erase]

  private static let shape = Shape.object([
    .needed("items", .list(.any([.named("Model"), .named("TrainingRun")])))
  ])

  private static func json(_ states: [RecordState]) -> JSON {
    .object([("items", .array(states.map(RecordShape.json)))])
  }

  private static let list = APIOperation(
    id: "listSamples", method: .get, path: "samples", tag: "samples",
    summary: "The samples that are on the record, those put away included.",
    answer: .init(about: "Models and runs, each marked as a sample.", content: .json(shape))
  ) { call in .json(json(try await call.workspace.samples())) }

  private static let load = APIOperation(
    id: "loadSamples", method: .post, path: "samples", tag: "samples",
    summary: "Put made-up models with their runs on the record, marked as samples.",
    answer: .init(
      status: 201, about: "The samples that are on the record.", content: .json(shape))
  ) { call in
    _ = try await call.workspace.loadSamples()
    return .json(json(try await call.workspace.samples()), status: 201)
  }

  private static let end = APIOperation(
    id: "putSamplesAway", method: .post, path: "samples/end", tag: "samples",
    summary: "Give the models up and strike their runs out; they stay readable.",
    answer: .init(status: 204, about: "Nothing is due for them any more.", content: .none)
  ) { call in
    try await call.workspace.putSamplesAway()
    return APIReply(status: 204, body: .none)
  }

  private static let erase = APIOperation(
    id: "requestErasureOfSamples", method: .post, path: "samples/erasure", tag: "samples",
    summary: "Ask that samples that were put away be erased; another person approves it.",
    answer: KeepingOperations.requested
  ) { call in
    let asked = try await call.workspace.requestErasureOfSamples()
    return KeepingOperations.reply(asked.state, asked.refusals)
  }
}
