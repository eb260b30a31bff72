import Foundation

/// Checks JSON against a schema: as much of draft 2020-12 as our schemas use, and nothing else silently.
struct SchemaCheck {
  private let root: [String: Any]
  private(set) var mistakes: [String] = []

  /// `format` is an annotation in this draft; where it matters our schemas give a pattern too.
  private static let known: Set<String> = [
    "$schema", "$id", "$defs", "$ref", "title", "description", "type", "properties", "required",
    "additionalProperties", "items", "enum", "const", "pattern", "format", "minimum", "maximum",
    "exclusiveMinimum", "anyOf",
  ]

  init(schema: String) throws {
    root = try JSONSerialization.jsonObject(with: Data(schema.utf8)) as? [String: Any] ?? [:]
  }

  /// What is wrong with a JSON text.
  static func mistakes(in json: String, schema: String) throws -> [String] {
    var check = try SchemaCheck(schema: schema)
    let value = try JSONSerialization.jsonObject(with: Data(json.utf8), options: .fragmentsAllowed)
    check.check(value, check.root, "")
    return check.mistakes
  }

  private mutating func check(_ value: Any, _ schema: [String: Any], _ path: String) {
    for key in schema.keys where !SchemaCheck.known.contains(key) {
      mistakes.append("\(path): the keyword \(key) is not checked")
    }
    if let name = schema["$ref"] as? String {
      let definitions = root["$defs"] as? [String: Any] ?? [:]
      let target = definitions[name.replacing("#/$defs/", with: "")] as? [String: Any]
      target.map { check(value, $0, path) } ?? mistakes.append("\(path): no \(name)")
    }
    if let choices = schema["anyOf"] as? [[String: Any]] {
      let fits = choices.contains { choice in
        var trial = self
        trial.mistakes = []
        trial.check(value, choice, path)
        return trial.mistakes.isEmpty
      }
      if !fits { mistakes.append("\(path): fits none") }
    }
    types(value, schema, path)
    values(value, schema, path)
    if let object = value as? [String: Any] { members(object, schema, path) }
    if let array = value as? [Any], let items = schema["items"] as? [String: Any] {
      for (index, item) in array.enumerated() { check(item, items, "\(path)/\(index)") }
    }
  }

  private mutating func types(_ value: Any, _ schema: [String: Any], _ path: String) {
    let wanted = (schema["type"] as? [String]) ?? (schema["type"] as? String).map { [$0] } ?? []
    guard !wanted.isEmpty, !wanted.contains(where: { SchemaCheck.kinds(value).contains($0) }) else {
      return
    }
    mistakes.append("\(path): \(value) is not \(wanted)")
  }

  private static func kinds(_ value: Any) -> [String] {
    if value is NSNull { return ["null"] }
    if value is String { return ["string"] }
    if value is [Any] { return ["array"] }
    if value is [String: Any] { return ["object"] }
    guard let number = value as? NSNumber else { return [] }
    if String(cString: number.objCType) == "c" { return ["boolean"] }
    return number.doubleValue == number.doubleValue.rounded() ? ["integer", "number"] : ["number"]
  }

  private mutating func values(_ value: Any, _ schema: [String: Any], _ path: String) {
    let text = value as? String
    if let allowed = schema["enum"] as? [Any],
      !allowed.contains(where: { "\($0)" == "\(value)" })
    {
      mistakes.append("\(path): \(value) is not among \(allowed)")
    }
    if let constant = schema["const"], "\(constant)" != "\(value)" {
      mistakes.append("\(path): \(value) is not \(constant)")
    }
    if let pattern = schema["pattern"] as? String, let text,
      text.range(of: pattern, options: .regularExpression) == nil
    {
      mistakes.append("\(path): \(text) does not match \(pattern)")
    }
    guard let number = (value as? NSNumber)?.doubleValue else { return }
    let bounds: [(key: String, isKept: (Double) -> Bool)] = [
      ("minimum", { number >= $0 }), ("maximum", { number <= $0 }),
      ("exclusiveMinimum", { number > $0 }),
    ]
    for bound in bounds {
      if let limit = schema[bound.key] as? NSNumber, !bound.isKept(limit.doubleValue) {
        mistakes.append("\(path): \(number) breaks \(bound.key) \(limit)")
      }
    }
  }

  private mutating func members(_ object: [String: Any], _ schema: [String: Any], _ path: String) {
    let properties = schema["properties"] as? [String: Any] ?? [:]
    for name in schema["required"] as? [String] ?? [] where object[name] == nil {
      mistakes.append("\(path): \(name) is missing")
    }
    for (name, value) in object {
      if let inner = properties[name] as? [String: Any] {
        check(value, inner, path + "/" + name)
      } else if let others = schema["additionalProperties"] as? [String: Any] {
        check(value, others, path + "/" + name)
      } else if schema["additionalProperties"] as? Bool == false {
        mistakes.append("\(path): \(name) is not described")
      }
    }
  }
}
