/// By what the requirement of Article 52(1) is met or will be met.
///
/// The Act asks for high-impact capabilities, however they are found; the Guidelines see at present only the two
/// requirements of compute. Source: Regulation (EU) 2024/1689, Art. 51(1)(a), 51(2), 52(1); Guidelines C(2025) 7719, ¶ 29.
enum NotificationRequirement: Sendable {
  case threshold, modification, capabilities

  /// In words.
  var words: String {
    switch self {
    case .threshold: "cumulative training compute greater than 10^25 FLOP"
    case .modification:
      "a modification of more than one third of the original's compute, above the threshold"
    case .capabilities: "high-impact capabilities found by an assessment, whatever the compute"
    }
  }

  /// The rules that say so, beside the duty to notify.
  var rules: [String] {
    switch self {
    case .threshold: ["ai-act/51/2", "guidelines/29/requirements"]
    case .modification: ["ai-act/51/2", "guidelines/29/requirements", "guidelines/60"]
    case .capabilities: ["ai-act/51/1/a", "ai-act/3/64"]
    }
  }
}
