internal import Ground
internal import Synchronization

/// How often somebody may ask for something: as many at once as in a minute, and then one after the other.
///
/// A bucket of tokens for each name; memory is bounded. Source: OWASP ASVS 5.0.0, 2.4.1 and 6.3.1.
final class RateLimit: Sendable {
  /// Most names that are remembered.
  static let mostRemembered = 10_000

  private struct Bucket {
    /// Sixtieths of a token, so that whole seconds give whole numbers.
    var parts: Int
    var at: Int
  }

  /// How many in a minute; 0 is no limit.
  let perMinute: Int
  private let buckets = Mutex<[String: Bucket]>([:])

  init(perMinute: Int) { self.perMinute = perMinute }

  /// Takes one for each name, or none.
  ///
  /// - Returns: nil when it was taken; else after how many seconds there is one again.
  func take(_ names: [String], now: Instant) -> Int? {
    guard perMinute > 0 else { return nil }
    return buckets.withLock { buckets in
      let full = names.map { name in (name, filled(buckets[name], now.seconds)) }
      let missing = full.map { 60 - $0.1.parts }.max() ?? 0
      guard missing <= 0 else { return (missing + perMinute - 1) / perMinute }
      for (name, bucket) in full {
        if buckets[name] == nil, buckets.count >= RateLimit.mostRemembered {
          forgetFull(&buckets, now.seconds)
        }
        buckets[name] = Bucket(parts: bucket.parts - 60, at: bucket.at)
      }
      return nil
    }
  }

  private func filled(_ bucket: Bucket?, _ now: Int) -> Bucket {
    let most = perMinute * 60
    guard let bucket else { return Bucket(parts: most, at: now) }
    let passed = min(60, max(0, now - bucket.at))
    return Bucket(parts: min(most, bucket.parts + passed * perMinute), at: now)
  }

  /// Who has a full bucket again is as good as forgotten; when nobody has, the fuller half goes.
  private func forgetFull(_ buckets: inout [String: Bucket], _ now: Int) {
    let most = perMinute * 60
    buckets = buckets.filter { filled($0.value, now).parts < most }
    guard buckets.count >= RateLimit.mostRemembered else { return }
    let kept = buckets.sorted { $0.value.parts < $1.value.parts }
      .prefix(RateLimit.mostRemembered / 2)
    buckets = Dictionary(uniqueKeysWithValues: kept.map { ($0.key, $0.value) })
  }
}
