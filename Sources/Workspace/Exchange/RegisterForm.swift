internal import Ground

/// What separates the cells of a line.
public enum Separator: String, Sendable, CaseIterable {
  case comma = ","
  case semicolon = ";"
  case tab = "\t"

  /// The byte.
  var byte: UInt8 {
    switch self {
    case .comma: 0x2C
    case .semicolon: 0x3B
    case .tab: 0x09
    }
  }

  /// What a person reads and types.
  public var word: String {
    switch self {
    case .comma: "comma"
    case .semicolon: "semicolon"
    case .tab: "tab"
    }
  }
}

/// The form of a register outside the workspace.
public enum RegisterForm: Sendable, Equatable {
  /// A table (RFC 4180), with the separator that the reader's spreadsheet expects.
  case csv(Separator)
  /// One JSON object a line.
  case jsonLines

  /// `csv` or `json-lines`.
  public var word: String {
    switch self {
    case .csv: "csv"
    case .jsonLines: "json-lines"
    }
  }
}
