/// Sums, products and comparisons on strings of digits, as at school: slow, and apart from the code under test.
enum DecimalText {
  static func product(_ left: String, _ right: String) -> String {
    let a = left.utf8.reversed().map { Int($0) - 48 }
    let b = right.utf8.reversed().map { Int($0) - 48 }
    var result = [Int](repeating: 0, count: a.count + b.count)
    for (i, x) in a.enumerated() {
      for (j, y) in b.enumerated() {
        result[i + j] += x * y
        var k = i + j
        while result[k] > 9 {
          result[k + 1] += result[k] / 10
          result[k] %= 10
          k += 1
        }
      }
    }
    return trimmed(result.reversed().map(String.init).joined())
  }

  static func sum(_ left: String, _ right: String) -> String {
    var a = Array(left.utf8.reversed().map { Int($0) - 48 })
    let b = Array(right.utf8.reversed().map { Int($0) - 48 })
    while a.count <= b.count { a.append(0) }
    a.append(0)
    for (index, digit) in b.enumerated() { a[index] += digit }
    for index in a.indices.dropLast() {
      a[index + 1] += a[index] / 10
      a[index] %= 10
    }
    return trimmed(a.reversed().map(String.init).joined())
  }

  static func isGreater(_ left: String, than right: String) -> Bool {
    let (a, b) = (trimmed(left), trimmed(right))
    return (a.utf8.count, a) > (b.utf8.count, b)
  }

  /// The digits before so many decimals, rounded up.
  static func ceiling(_ digits: String, decimals: Int) -> String {
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    let whole = trimmed(String(padded.dropLast(decimals)))
    return padded.suffix(decimals).allSatisfy { $0 == "0" } ? whole : sum(whole, "1")
  }

  static func trimmed(_ digits: String) -> String {
    let rest = digits.drop { $0 == "0" }
    return rest.isEmpty ? "0" : String(rest)
  }
}
