public import Ground
internal import Yams

/// A YAML node with the place where it stands: what people write, before anything is believed.
///
/// Anchors, aliases and tags are refused, so a file says what it seems to say.
public struct RuleNode: Sendable {
  /// What the node holds.
  public enum Content: Sendable {
    case scalar(String)
    case list([RuleNode])
    case map([Member])
    case empty
  }
  /// One key of a mapping with its value.
  public struct Member: Sendable {
    /// The key as written.
    public let key: String
    /// Where the key stands.
    public let place: Place
    /// Its value.
    public let value: RuleNode
  }
  /// What it holds.
  public let content: Content
  /// Where it begins.
  public let place: Place

  /// Largest file read, in bytes.
  public static let largestFile = 4 * 1024 * 1024

  /// Reads one YAML document.
  ///
  /// - Throws: `rulefile.not-yaml`, `rulefile.duplicate-key`, `rulefile.too-large`, `rulefile.anchor-or-tag`, `rulefile.empty`.
  public static func read(_ text: String, file: String) throws(Problem) -> RuleNode {
    guard text.utf8.count <= largestFile else {
      throw Problem(
        "rulefile.too-large", what: "\(file) is larger than 4 MiB",
        why: "a file of rules or of one model is short",
        mend: "check that it is the right file", places: [Place(file)])
    }
    let node: Node?
    do {
      // Everything is read as text here; the default resolver would only compile its patterns.
      node = try Yams.compose(yaml: text, .basic)
    } catch let error as YamlError {
      throw Problem.yaml(error, file: file)
    } catch {
      throw Problem.notYAML("it cannot be read as YAML", Place(file))
    }
    guard let node else {
      throw Problem(
        "rulefile.empty", what: "\(file) holds nothing", why: "a document was expected",
        mend: "fill it in, or take a commented example with `systemic classify --new`",
        places: [Place(file, line: 1, column: 1)])
    }
    var converter = NodeConverter(file: file, text: text)
    return try converter.convert(node, depth: 0)
  }
}

/// Turns Yams' nodes into ours and refuses what hides meaning.
struct NodeConverter {
  let file: String
  private let lines: [Substring]
  private static let deepest = 32

  init(file: String, text: String) {
    self.file = file
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  mutating func convert(_ node: Node, depth: Int) throws(Problem) -> RuleNode {
    let place = place(of: node)
    guard depth < NodeConverter.deepest else {
      throw Problem(
        "rulefile.too-deep", what: "more than \(NodeConverter.deepest) levels are nested here",
        why: "no rule or model needs that", mend: "flatten it", places: [place])
    }
    if node.anchor != nil || "&*!".contains(character(at: place)) {
      throw Problem(
        "rulefile.anchor-or-tag", what: "anchors, aliases and tags are not read here",
        why: "every value must stand where it applies, as plain text",
        mend: "write the value itself; quote a text that begins with &, * or !", places: [place])
    }
    switch node {
    case .scalar(let scalar):
      let isNull = scalar.style == .plain && ["", "~", "null"].contains(scalar.string)
      return RuleNode(content: isNull ? .empty : .scalar(scalar.string), place: place)
    case .sequence(let sequence):
      var items: [RuleNode] = []
      for item in sequence { items.append(try convert(item, depth: depth + 1)) }
      return RuleNode(content: .list(items), place: place)
    case .mapping(let mapping):
      var members: [RuleNode.Member] = []
      for (key, value) in mapping {
        let converted = try convert(key, depth: depth + 1)
        guard case .scalar(let name) = converted.content else {
          throw Problem.notYAML("a key must be a plain word", converted.place)
        }
        members.append(
          RuleNode.Member(
            key: name, place: converted.place, value: try convert(value, depth: depth + 1)))
      }
      return RuleNode(content: .map(members), place: place)
    case .alias:
      throw Problem.notYAML("aliases are not read here", place)
    }
  }

  private func place(of node: Node) -> Place {
    Place(file, line: node.mark?.line, column: node.mark?.column)
  }

  private func character(at place: Place) -> Character {
    guard let line = place.line, let column = place.column, lines.indices.contains(line - 1)
    else { return " " }
    return lines[line - 1].dropFirst(column - 1).first ?? " "
  }
}

extension Problem {
  static func notYAML(_ what: String, _ place: Place) -> Problem {
    Problem(
      "rulefile.not-yaml", what: what, why: "the file must be one YAML 1.2 document",
      mend: "check indentation, colons and quotation marks there", places: [place])
  }

  static func yaml(_ error: YamlError, file: String) -> Problem {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      return notYAML(problem, Place(file, line: mark.line, column: mark.column))
    case .duplicatedKeysInMapping(let duplicates, let context):
      let name = duplicates.first ?? "a key"
      return Problem(
        "rulefile.duplicate-key", what: "the key \"\(name)\" stands twice in one mapping",
        why: "it would be unclear which one holds", mend: "keep one of them",
        places: [Place(file, line: context.mark.line, column: context.mark.column)])
    default: return notYAML("it cannot be read as YAML", Place(file))
    }
  }
}
