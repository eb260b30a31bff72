/// One thing that a query asks for, or asks not to see.
struct SearchTerm: Sendable {
  /// The word or phrase as search compares it.
  let word: [UInt8]
  /// The field in which it must stand; nil is anywhere.
  let field: String?
  /// Whether records that hold it are left out.
  let isExcluded: Bool
}
