import Duties
import Ground
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import Server

@Suite("The description of the interface for programs")
struct APIDescriptionTests {
  @Test("every route is in it, and nothing else")
  func routes() async throws {
    let fixture = try await DeskFixture()
    try await fixture.calling { caller in
      let document = try await caller.get("openapi.json").json
      var described: Set<String> = []
      for (path, item) in document["paths"]?.members ?? [] {
        for (method, _) in item.members { described.insert(method.uppercased() + " " + path) }
        // Whatever is described is routed, and a method that is not described is refused by name.
        let filled = path.replacing("{log}", with: "regulatory").replacing("{index}", with: "0")
          .replacing("{key}", with: "x1")
        for method in ["GET", "POST", "PUT", "PATCH", "DELETE", "TRACE"] {
          let answer = try await caller.ask(
            HTTPRequest.Method(rawValue: method)!, API.base + filled, nil)
          let isDescribed = item[method.lowercased()] != nil
          #expect(
            (answer.status.code == 405) != isDescribed, "\(method) \(path): \(answer.status.code)")
          if !isDescribed { #expect(answer.headers[.allow]?.contains("OPTIONS") == true) }
        }
      }
      let routed = Set(API.operations.map { $0.method.rawValue + " /" + $0.path })
      #expect(described == routed)
      #expect(API.operations.count == routed.count, "no route stands twice")
    }
  }

  @Test("names of operations are unique, and every name in a path is described")
  func names() {
    #expect(Set(API.operations.map(\.id)).count == API.operations.count)
    for operation in API.operations {
      let described = operation.parameters.filter { $0.place == .path }.map(\.name)
      #expect(Set(described) == Set(operation.pathNames), "\(operation.id)")
      #expect(described.count == operation.pathNames.count, "\(operation.id)")
    }
  }

  @Test("shapes that are referred to are there")
  func references() {
    func references(_ json: JSON) -> [String] {
      switch json {
      case .array(let values): return values.flatMap(references)
      case .object(let members):
        return members.flatMap { name, value -> [String] in
          if name == "$ref", let text = value.text { return [text] }
          return references(value)
        }
      default: return []
      }
    }
    let found = Set(references(APIDescription.json))
    #expect(!found.isEmpty)
    for reference in found {
      let name = reference.replacing("#/components/schemas/", with: "")
      #expect(Shapes.named[name] != nil, "\(reference)")
    }
  }

  @Test("a stranger is told to show a token, at every address but the description")
  func strangers() async throws {
    let fixture = try await DeskFixture()
    try await fixture.calling { caller in
      for operation in API.operations where !operation.isForEverybody {
        let path = operation.path.replacing("{log}", with: "regulatory")
          .replacing("{index}", with: "0").replacing("{key}", with: "x1")
        let method = HTTPRequest.Method(rawValue: operation.method.rawValue)!
        for token in [nil, "sys_wrong", "nonsense"] {
          let answer = try await Caller(client: caller.client, token: token)
            .ask(method, path, "{}", ["content-type": "application/json"])
          #expect(answer.status.code == 401, "\(operation.id)")
          #expect(answer.headers[.wwwAuthenticate]?.hasPrefix("Bearer") == true)
          #expect(answer.headers[.contentType] == "application/problem+json")
        }
      }
    }
  }

  @Test("what is answered has a status that is described, whoever asks for nothing in particular")
  func statuses() async throws {
    let fixture = try await DeskFixture()
    let model = try await fixture.model("Fictional-1")
    for role in Role.allCases.dropLast(2) {
      let token = try await fixture.token(role)
      try await fixture.calling { caller in
        let caller = Caller(client: caller.client, token: token)
        for operation in API.operations where operation.id != "listen" {
          let path = operation.path.replacing("{log}", with: "access")
            .replacing("{index}", with: "0").replacing("{key}", with: model.id.key)
          let method = HTTPRequest.Method(rawValue: operation.method.rawValue)!
          let answer = try await caller.ask(
            method, path, operation.method == .post ? "{}" : nil,
            ["content-type": "application/json"])
          #expect(
            operation.statuses.contains(answer.status.code),
            "\(role) \(operation.id): \(answer.status.code) \(answer.text.prefix(300))")
          #expect(answer.status.code < 500, "\(role) \(operation.id): \(answer.text.prefix(300))")
        }
      }
    }
  }
}
