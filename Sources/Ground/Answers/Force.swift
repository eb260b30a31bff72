/// What binds: every legal statement carries one of these.
public enum Force: String, Codable, Sendable, CaseIterable, Comparable {
  /// Regulation (EU) 2024/1689 as amended, Regulation 1182/71: binding.
  case statute
  /// A recital: helps to interpret, cannot derogate from the articles.
  case recital
  /// Commission Guidelines: not binding, but the reading on which the Commission bases enforcement.
  case guideline
  /// Code of Practice: voluntary, a way to demonstrate compliance.
  case code
  /// A template published by the Commission.
  case template
  /// House practice: no primary source.
  case house

  /// Binds more.
  public static func < (left: Force, right: Force) -> Bool {
    let order = Force.allCases
    return (order.firstIndex(of: left) ?? 0) < (order.firstIndex(of: right) ?? 0)
  }
}

/// How well a statement of law was checked against its source.
public enum Confidence: String, Codable, Sendable, CaseIterable {
  case primary = "primary text read"
  case twoSecondary = "two secondary sources"
  case oneSecondary = "one secondary source"
  case unverified
}
