extension IncidentReader {
  /// A time without spaces around it, with its offset as RFC 3339 writes it: `+0100` and `UTC` are common elsewhere.
  static func plainTime(_ text: String) -> String {
    let text = text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()
    var time = String(text)
    for zone in [" UTC", " GMT", " Z"] where time.hasSuffix(zone) {
      return time.dropLast(zone.count) + "Z"
    }
    let offset = time.suffix(5)
    if time.count > 15, let sign = offset.first, sign == "+" || sign == "-",
      offset.dropFirst().allSatisfy({ ("0"..."9").contains($0) })
    {
      time.insert(":", at: time.index(time.endIndex, offsetBy: -2))
    }
    return time
  }
}
