/// The description of everything that programs can ask.
enum DescriptionOperations {
  static let all: [APIOperation] = [
    APIOperation(
      id: "getDescription", method: .get, path: "openapi.json", tag: "Description",
      summary: "This description, OpenAPI 3.1.",
      answer: .init(about: "The description.", content: .json(.object([], isOpen: true))),
      isForEverybody: true
    ) { _ in .json(APIDescription.json) }
  ]
}
