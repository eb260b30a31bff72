public import Ground

extension RuleNode {
  /// The node with one value replaced or added: what-if questions on the command line.
  ///
  /// A path such as `runs.pretraining.tokens` steps into mappings by key and into lists by the items' `id`.
  /// - Throws: `rulefile.no-such-path`.
  public func setting(_ path: [String], to text: String, label: String) throws(Problem) -> RuleNode
  {
    guard let step = path.first else {
      let isEmpty = text.isEmpty
      return RuleNode(content: isEmpty ? .empty : .scalar(text), place: Place(label))
    }
    let rest = Array(path.dropFirst())
    switch content {
    case .map(var members):
      if let index = members.firstIndex(where: { $0.key == step }) {
        let value = try members[index].value.setting(rest, to: text, label: label)
        members[index] = Member(key: step, place: members[index].place, value: value)
      } else if rest.isEmpty {
        let value = RuleNode(content: .scalar(text), place: Place(label))
        members.append(Member(key: step, place: Place(label), value: value))
      } else {
        throw noSuchPath(step, label)
      }
      return RuleNode(content: .map(members), place: place)
    case .list(var items):
      guard let index = items.firstIndex(where: { $0.text(of: "id") == step }) else {
        throw noSuchPath(step, label)
      }
      items[index] = try items[index].setting(rest, to: text, label: label)
      return RuleNode(content: .list(items), place: place)
    case .scalar, .empty: throw noSuchPath(step, label)
    }
  }

  private func text(of key: String) -> String? {
    guard case .map(let members) = content,
      case .scalar(let text)? = members.first(where: { $0.key == key })?.value.content
    else { return nil }
    return text
  }

  private func noSuchPath(_ step: String, _ label: String) -> Problem {
    Problem(
      "rulefile.no-such-path", what: "there is no \"\(step)\" to set",
      why: "a path steps through keys, and through lists by the id of an item",
      mend: "write it like tokens=20T or runs.pretraining.tokens=20T", places: [Place(label)])
  }
}
