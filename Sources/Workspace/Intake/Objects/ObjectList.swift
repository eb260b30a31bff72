internal import Ground

/// Objects of one JSON value, one after another: itself, or the items of a list; anything else is refused.
struct ObjectList {
  private let items: [JSON]
  private let isList: Bool
  private let format: IncomingFormat
  private let file: String
  private var place = 0

  /// Most objects of a list, which is held in memory.
  static let mostObjects = 100_000

  /// - Throws: `workspace.intake-too-large`.
  init(_ json: JSON, _ format: IncomingFormat, _ file: String) throws(Problem) {
    if case .array(let items) = json {
      (self.items, isList) = (items, true)
    } else {
      (items, isList) = ([json], false)
    }
    self.format = format
    self.file = file
    guard items.count <= ObjectList.mostObjects else {
      throw Problem(
        "workspace.intake-too-large",
        what: "\(file) lists more than \(ObjectList.mostObjects) objects",
        why: "a list is held in memory",
        mend: "write one object a line, of which there may be any number", places: [Place(file)])
    }
  }

  mutating func next() -> IncomingReading? {
    guard place < items.count else { return nil }
    defer { place += 1 }
    guard case .object = items[place] else {
      return .refused(
        ObjectReader.notAnObject(Place(file, label: isList ? "item \(place + 1)" : "")))
    }
    return ObjectLines.reading(items[place], format, file, line: nil)
  }
}
