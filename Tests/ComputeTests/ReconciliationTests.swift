import Compute
import Ground
import Testing

@Suite("Two estimates of one run")
struct ReconciliationTests {
  private func pair(_ reported: String, _ other: String) throws -> Reconciliation {
    Reconciliation(
      reported: Estimator.stated(try FLOP(reading: reported), method: .published),
      other: Estimator.stated(try FLOP(reading: other), method: .measured))
  }

  static let agreement: [(String, String, Bool)] = [
    ("1e25", "1.3e25", true), ("1e25", "13000000000000000000000001", false),
    ("1e25", "7e24", true), ("1e25", "6999999999999999999999999", false), ("1e25", "1e25", true),
    ("1.3e25", "1e25", true), ("7e24", "1e25", false), ("1000", "1301", false),
    ("3e38", "2.1e38", true), ("3e38", "1e38", false),
  ]

  @Test("They agree within 30 % of the reported one, ends included", arguments: agreement)
  func agrees(reported: String, other: String, expected: Bool) throws {
    #expect(try pair(reported, other).agrees == expected)
  }

  static let sides: [(String, String, Bool)] = [
    ("1e25", "9e24", true), ("1e25", "10000000000000000000000001", false), ("2e25", "3e25", true),
    ("9e24", "1.1e25", false),
  ]

  @Test("The side of a threshold is decided by being above it", arguments: sides)
  func side(reported: String, other: String, expected: Bool) throws {
    #expect(try pair(reported, other).isOnSameSide(of: .presumption) == expected)
  }

  @Test("The record names both methods, the ratio and both thresholds")
  func json() throws {
    let json = try pair("2e23", "5e22").json
    #expect(json["ratio"] == .number(0.25))
    #expect(json["reported"] == .string("published"))
    #expect(json["agrees_within_30_percent"] == .bool(false))
    #expect(json["same_side_of_1e23"] == .bool(false))
    #expect(json["same_side_of_1e25"] == .bool(true))
  }
}
