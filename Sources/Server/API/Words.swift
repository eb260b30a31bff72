internal import Ground
internal import Sealing

extension Shape.Word {
  /// A day of the calendar.
  static let day = Shape.Word(
    pattern: #"^\d{4}-\d{2}-\d{2}$"#, format: "date", example: "2026-08-02",
    words: "a day, YYYY-MM-DD", isRight: { Day(iso: $0) != nil })

  /// A year or a month.
  static let loose = Shape.Word(
    pattern: #"^[1-9]\d{3}(-(0[1-9]|1[0-2]))?$"#, example: "2026-08", words: "a year or a month",
    isRight: { DayRange(iso: $0) != nil })

  /// A moment with its offset.
  static let moment = Shape.Word(
    pattern: #"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}"#, format: "date-time",
    example: "2026-08-02T10:00:00Z", words: "a moment with its offset from UTC, RFC 3339",
    isRight: { text in
      if case .moment = Effective(text) { true } else { false }
    })

  /// The name of a record of a kind, or of any.
  static func record(_ kind: String? = nil) -> Shape.Word {
    let name = kind ?? "model"
    return Shape.Word(
      pattern: "^" + (kind ?? "[a-z0-9][a-z0-9-]*") + "/[a-z0-9][a-z0-9-]*$",
      example: name + "/k3v9qz7d2m5x", words: "the name of a record, \(name)/…",
      isRight: { text in RecordID(text).map { kind == nil || $0.kind == kind } ?? false })
  }

  /// The last part of the name of a record.
  static let key = Shape.Word(
    pattern: "^[a-z0-9][a-z0-9-]{0,63}$", example: "k3v9qz7d2m5x", words: "the key of a record",
    isRight: { RecordID("x/" + $0) != nil })

  /// A digest in hexadecimal.
  static let digest = Shape.Word(
    pattern: "^[0-9a-f]{64}$",
    example: String(repeating: "0", count: 64), words: "a SHA-256 in hexadecimal",
    isRight: { $0.utf8.count == 64 })

  /// Bytes, at least one; of their spellings the one without bits to spare.
  ///
  /// Source: RFC 4648, section 4.
  static let base64 = Shape.Word(
    pattern: "^(?=.)([A-Za-z0-9+/]{4})*"
      + "([A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$",
    example: "UEsDBA==", words: "bytes in Base64, with padding",
    isRight: { text in Base64.bytes(text).map { !$0.isEmpty } ?? false })
}

extension Shape {
  /// A day, or a moment with its offset.
  static let effective = Shape.any([.word(.day), .word(.moment)])

  /// A year, a month or a day.
  static let looseDay = Shape.any([.word(.day), .word(.loose)])
}
