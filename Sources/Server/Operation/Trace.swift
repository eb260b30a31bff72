/// Which request of which chain of requests this is, as it travels between programs.
///
/// Source: W3C Trace Context, section 3.2.
struct Trace: Sendable, Equatable {
  /// 32 hexadecimal digits, the same through the whole chain.
  let id: String
  /// 16 hexadecimal digits, of this request alone.
  let span: String
  /// Whether somebody before us records the chain.
  let flags: String

  /// The chain that a field names, or a new one where there is none, or none that can be read; always a span of its own.
  init(_ field: String?) {
    let parts = (field ?? "").split(separator: "-", omittingEmptySubsequences: false)
    span = Trace.random()
    guard parts.count >= 4, parts[0] != "ff", Trace.isHex(parts[0], 2), Trace.isHex(parts[1], 32),
      Trace.isHex(parts[2], 16), Trace.isHex(parts[3], 2), parts[0] != "00" || parts.count == 4,
      parts[1].contains(where: { $0 != "0" }), parts[2].contains(where: { $0 != "0" })
    else {
      id = Trace.random() + Trace.random()
      flags = "00"
      return
    }
    id = String(parts[1])
    flags = String(parts[3])
  }

  /// As it is handed on.
  var field: String { "00-\(id)-\(span)-\(flags)" }

  private static func isHex(_ text: Substring, _ count: Int) -> Bool {
    text.utf8.count == count
      && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }

  /// Sixteen hexadecimal digits, never all zero: the system is asked for randomness once.
  private static func random() -> String {
    String(UInt64.random(in: 1 << 60...UInt64.max), radix: 16)
  }
}
