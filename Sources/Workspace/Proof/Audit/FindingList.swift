internal import Journal

/// Findings while there is room for them; the rest is counted, so that a log that is damaged all over costs no memory.
struct FindingList: Sendable {
  private(set) var items: [Finding] = []
  /// How many more there were.
  private(set) var omitted = 0

  /// Adds a finding.
  mutating func add(_ finding: Finding) {
    if items.count < VerificationReport.mostFindings {
      items.append(finding)
    } else {
      omitted += 1
    }
  }

  mutating func add(_ findings: [Finding]) {
    for finding in findings { add(finding) }
  }

  mutating func add(_ list: FindingList) {
    add(list.items)
    omitted += list.omitted
  }
}
