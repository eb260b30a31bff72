import Ground
import Testing

@testable import Outbound

@Suite("Trying again")
struct RetryTests {
  private static let now = Instant(seconds: 1_795_176_000)

  @Test("each wait is longer than the one before, and there is a last one")
  func growing() {
    let waits = (1...Retry.seconds.count).compactMap { attempts in
      Retry.next(after: attempts, now: RetryTests.now).map { $0.seconds - RetryTests.now.seconds }
    }
    #expect(waits.count == Retry.seconds.count)
    #expect(zip(waits, waits.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(Retry.next(after: Retry.seconds.count + 1, now: RetryTests.now) == nil)
    #expect(Retry.next(after: 0, now: RetryTests.now) == nil)
  }

  @Test("messages are spread over a tenth of the wait, the same one always alike")
  func spread() throws {
    let waits = try (0..<50).map { number in
      let next = try #require(Retry.next(after: 5, now: RetryTests.now, key: "msg_\(number)"))
      #expect(next == Retry.next(after: 5, now: RetryTests.now, key: "msg_\(number)"))
      return next.seconds - RetryTests.now.seconds
    }
    #expect(waits.allSatisfy { (1800...1981).contains($0) })
    #expect(Set(waits).count > 5)
  }

  @Test(
    "what the other side asks for is waited, a day at most",
    arguments: [
      ("120", 120), ("1", 5), ("999999", 86400), ("Fri, 20 Nov 2026 12:02:00 GMT", 120),
      ("Fri, 20 Nov 2020 12:02:00 GMT", 5), ("soon", 5), ("-3", 5), ("", 5),
      ("Fri, 32 Nov 2026 12:02:00 GMT", 5), ("99999999999999999999", 5),
    ])
  func asked(_ field: String, _ seconds: Int) throws {
    let next = try #require(Retry.next(after: 1, now: RetryTests.now, asked: field))
    #expect(next.seconds - RetryTests.now.seconds == seconds)
  }
}
