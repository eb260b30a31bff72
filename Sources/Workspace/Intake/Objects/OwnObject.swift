internal import Ground

/// A report of this program's own form, as an object of JSON.
enum OwnObject {
  static func reading(_ json: JSON, _ file: String, line: Int?) -> IncomingReading {
    let place = Place(file, line: line)
    guard case .object(let members) = json else {
      return .refused(ObjectReader.notAnObject(place))
    }
    var values: [(String, String)] = []
    for (name, value) in members {
      switch value {
      case .null: continue
      case .string(let text): values.append((name, text))
      case .int(let number): values.append((name, String(number)))
      case .bool, .number, .array, .object:
        return .refused(
          Problem(
            "workspace.intake-row", what: "“\(name.prefix(80))” is not a text",
            why: "a row of one's own table is taken in whole", mend: "write it in quotes",
            places: [Place(file, line: line, label: name)]))
      }
    }
    let name = line.map { "line-\($0)" } ?? "object"
    return OwnRow.report(values, original: ObjectReader.original(json, name), at: place)
  }
}
