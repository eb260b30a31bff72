import Rulebook
import Testing

/// House rules for tests.
enum DocketHouse {
  static func overlay(_ text: String) throws -> Overlay {
    switch Overlay.read("overlay: Fictional Labs\nchecked: 2026-11-20\n" + text, file: "house.yaml")
    {
    case .success(let overlay): return overlay
    case .failure(let problems):
      throw try #require(problems.problems.first)
    }
  }

  /// The three rhythms switched on, the notification and requests shortened.
  static let all = """
    switch:
      - rule: house/quarterly-testing
      - rule: house/board-report
      - rule: house/annual-review
      - rule: house/notification-retention
    shorten:
      - rule: ai-act/52/1
        amount: 1
        unit: weeks
        reason: to be ready early
      - rule: cop/transparency/1.2
        amount: 5
        unit: days
        reason: customers first

    """
}
