/// A square of dark and light modules that a camera reads as text.
///
/// Bytes, error correction M (a seventh of it may be lost), versions 1 to 9: up to 180 bytes.
/// Source: ISO/IEC 18004:2015, sections 7.3 to 7.10.
package struct QRCode: Sendable, Equatable {
  /// Rows from top to bottom; whether each module is dark.
  package let rows: [[Bool]]
  /// Modules on a side.
  package var size: Int { rows.count }

  /// The code of a text; nil for one that is too long.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard let form = QRForm.all.first(where: { bytes.count <= $0.mostBytes }) else { return nil }
    let blank = QRGrid(form)
    let filled = blank.filled(with: QRWords.all(bytes, form))
    var best: (penalty: Int, rows: [[Bool]])?
    for mask in 0..<8 {
      let rows = filled.masked(mask)
      let penalty = QRPenalty.of(rows)
      if best.map({ penalty < $0.penalty }) ?? true { best = (penalty, rows) }
    }
    guard let best else { return nil }
    rows = best.rows
  }

  /// As a picture with the quiet zone of four modules; dark on light in every colour scheme, because cameras need it.
  package func svg(_ label: String) -> HTML {
    var path = ""
    for (y, row) in rows.enumerated() {
      for (x, isDark) in row.enumerated() where isDark {
        path += "M\(x + 4) \(y + 4)h1v1h-1z"
      }
    }
    let side = size + 8
    return """
      <svg class="qr" viewBox="0 0 \(side) \(side)" role="img" aria-label="\(label)">\
      <rect width="\(side)" height="\(side)" fill="#fff"/><path d="\(path)" fill="#000"/></svg>
      """
  }
}

/// Sizes of a version at error correction M.
///
/// Source: ISO/IEC 18004:2015, tables 7 and 9, annex E.
struct QRForm: Sendable {
  let version: Int
  /// Words of data in each block.
  let blocks: [Int]
  /// Words of correction in each block.
  let correction: Int
  /// Middles of the alignment patterns.
  let middles: [Int]

  var size: Int { 17 + 4 * version }
  var words: Int { blocks.reduce(0, +) }
  /// Mode and count take twelve bits, the end four.
  var mostBytes: Int { words - 2 }

  static let all: [QRForm] = [
    QRForm(version: 1, blocks: [16], correction: 10, middles: []),
    QRForm(version: 2, blocks: [28], correction: 16, middles: [6, 18]),
    QRForm(version: 3, blocks: [44], correction: 26, middles: [6, 22]),
    QRForm(version: 4, blocks: [32, 32], correction: 18, middles: [6, 26]),
    QRForm(version: 5, blocks: [43, 43], correction: 24, middles: [6, 30]),
    QRForm(version: 6, blocks: [27, 27, 27, 27], correction: 16, middles: [6, 34]),
    QRForm(version: 7, blocks: [31, 31, 31, 31], correction: 18, middles: [6, 22, 38]),
    QRForm(version: 8, blocks: [38, 38, 39, 39], correction: 22, middles: [6, 24, 42]),
    QRForm(version: 9, blocks: [36, 36, 36, 37, 37], correction: 22, middles: [6, 26, 46]),
  ]
}
