/// How much a store takes; the same on every engine, so that callers see one contract.
package enum StoreLimits {
  /// Most drafts of one request.
  package static let draftsPerRequest = 10_000
  /// Most bytes of a content or a state.
  package static let largestContent = 16 << 20
}
