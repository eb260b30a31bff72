internal import Ground

/// A training chip and its peak performance, dense, in FLOP/s.
public struct Chip: Sendable {
  /// Number formats for which the catalogue has peaks.
  public enum Format: String, Sendable, CaseIterable {
    case bf16, fp8, fp16, tf32, fp32
  }
  /// Name in the catalogue.
  public let name: String
  /// Manufacturer.
  public let maker: String
  /// Other spellings.
  public let aliases: [String]
  /// Thermal design power in watts.
  public let watts: Double?
  private let peaks: [Format: Quantity]

  init(name: String, maker: String, aliases: [String], watts: Double?, peaks: [Format: Quantity]) {
    self.name = name
    self.maker = maker
    self.aliases = aliases
    self.watts = watts
    self.peaks = peaks
  }

  /// Peak dense FLOP/s in a number format; nil where the catalogue has none.
  ///
  /// Sparse peaks are never held.
  public func peak(_ format: Format) -> Quantity? { peaks[format] }

  /// The formats for which a peak is known.
  public var formats: [Format] { Format.allCases.filter { peaks[$0] != nil } }
}

/// Chips and their dense peaks.
///
/// Source of the facts: Epoch AI, Machine Learning Hardware database, April 2026, CC BY 4.0.
public struct HardwareCatalogue: Sendable {
  /// All chips, in the order of the table.
  public let chips: [Chip]
  private let byName: [String: Int]

  /// The catalogue that ships with the program.
  public static let embedded = HardwareCatalogue(table: tableHardware)

  /// Where the facts come from.
  public static let attribution =
    "Epoch AI, Machine Learning Hardware database, April 2026, CC BY 4.0"

  init(table: String) {
    var chips: [Chip] = []
    var names: [String: Int] = [:]
    for row in Table(table).rows {
      let peaks: [(Chip.Format, String)] = [
        (.bf16, "bf16_dense"), (.fp8, "fp8_dense"), (.fp16, "fp16_vector"), (.tf32, "tf32_dense"),
        (.fp32, "fp32"),
      ]
      let known = peaks.compactMap { format, column in
        UInt128(row[column]).map { (format, Quantity($0)) }
      }
      let chip = Chip(
        name: row["name"], maker: row["maker"],
        aliases: row["aliases"].split(separator: ";").map { HardwareCatalogue.key(String($0)) },
        watts: Double(row["tdp_w"]), peaks: Dictionary(uniqueKeysWithValues: known))
      names[HardwareCatalogue.key(chip.name)] = chips.count
      for alias in chip.aliases where names[alias] == nil { names[alias] = chips.count }
      chips.append(chip)
    }
    self.chips = chips
    byName = names
  }

  /// The chip of this name or alias; case, spaces, hyphens and underscores do not matter.
  public func chip(named name: String) -> Chip? {
    byName[HardwareCatalogue.key(name)].map { chips[$0] }
  }

  /// Names that hold the text, for suggestions.
  public func near(_ name: String) -> [String] {
    let key = HardwareCatalogue.key(name)
    let stem = String(key.filter { !$0.isWhitespace }.prefix(4))
    return Array(
      chips.filter { HardwareCatalogue.key($0.name).contains(stem) }.map(\.name).prefix(5))
  }

  static func key(_ text: String) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    for byte in text.utf8 where byte != 0x20 && byte != 0x2D && byte != 0x5F && byte != 0x09 {
      bytes.append((0x41...0x5A).contains(byte) ? byte + 0x20 : byte)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// A small embedded table: comment lines, a header, rows without quotation marks inside fields.
public struct Table: Sendable {
  /// One row, by column name.
  public struct Row: Sendable {
    fileprivate let cells: [String: String]
    /// The cell, empty when the table has none.
    public subscript(column: String) -> String { cells[column] ?? "" }
  }
  /// The rows in order.
  public let rows: [Row]

  /// Reads a table that the build embedded.
  public init(_ text: String) {
    let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
    let header = lines.first.map { Table.cells($0) } ?? []
    rows = lines.dropFirst().map { line in
      Row(
        cells: Dictionary(
          zip(header, Table.cells(line)), uniquingKeysWith: { first, _ in first }))
    }
  }

  /// Splits at commas outside quotation marks; over bytes, since it runs at every start.
  private static func cells(_ line: Substring) -> [String] {
    var line = line
    return line.withUTF8 { bytes in
      var result: [String] = []
      var start = 0
      var quoted = false
      for (index, byte) in bytes.enumerated() {
        if byte == 0x22 { quoted.toggle() }
        if byte == 0x2C, !quoted {
          result.append(cell(bytes[start..<index]))
          start = index + 1
        }
      }
      return result + [cell(bytes[start...])]
    }
  }

  private static func cell(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> String {
    guard bytes.first == 0x22, bytes.last == 0x22, bytes.count >= 2 else {
      return String(decoding: bytes, as: UTF8.self)
    }
    return String(decoding: bytes.dropFirst().dropLast(), as: UTF8.self)
  }
}
