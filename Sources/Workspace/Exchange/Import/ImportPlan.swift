public import Ground

/// An import that was planned, with the changes it would make.
public struct ImportPlan: Sendable {
  /// What was found.
  public let report: ImportReport
  /// Rows that begin or change a record, in the order of the file.
  public let changes: [PlannedChange]

  /// The changes to carry out.
  ///
  /// - Throws: `workspace.import-refused` while something stands against the file, or against a row unless such rows are
  ///   left out.
  public func applicable(skippingErrors: Bool = false) throws(Problem) -> [PlannedChange] {
    if let refusal = report.refusal(skippingErrors: skippingErrors) { throw refusal }
    return changes
  }
}
