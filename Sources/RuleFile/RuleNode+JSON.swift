public import Ground

extension RuleNode {
  /// A JSON value as if a person had written it in YAML: every scalar is text, and null is empty.
  ///
  /// There is no line to point at, so that places name the file alone.
  public init(_ json: JSON, file: String) {
    let content: Content =
      switch json {
      case .null: .empty
      case .string(let text): .scalar(text)
      case .bool, .int, .number: .scalar(json.compact)
      case .array(let values): .list(values.map { RuleNode($0, file: file) })
      case .object(let members):
        .map(
          members.map { name, value in
            Member(key: name, place: Place(file), value: RuleNode(value, file: file))
          })
      }
    self.init(content: content, place: Place(file))
  }
}
