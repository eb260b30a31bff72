public import Ground

/// What a mandate empowers a representative to do; each has to stand in it.
///
/// Source: Regulation (EU) 2024/1689, Art. 54(3), points (a) to (d).
public enum MandateTask: String, Sendable, CaseIterable {
  case verifies, keeps, informs, cooperates

  /// Id of its rule.
  public var rule: String {
    switch self {
    case .verifies: "ai-act/54/3/a"
    case .keeps: "ai-act/54/3/b"
    case .informs: "ai-act/54/3/c"
    case .cooperates: "ai-act/54/3/d"
    }
  }

  /// In words.
  public var words: String {
    switch self {
    case .verifies: "verify that the documentation is drawn up and the duties are fulfilled"
    case .keeps: "keep the documentation and the provider's contact details for ten years"
    case .informs: "give the AI Office the information that shows compliance, on reasoned request"
    case .cooperates: "cooperate with the AI Office and authorities, on reasoned request"
    }
  }

  /// The tasks that a mandate does not hold.
  public static func missing(in mandate: RecordState) -> [MandateTask] {
    allCases.filter { mandate.fields[$0.rawValue] != .bool(true) }
  }

  /// Refuses a mandate of a provider that is established in the Union, of whom none is asked.
  ///
  /// - Throws: `duties.mandate-not-asked`.
  public static func checkAsked(of provider: RecordState?) throws(Problem) {
    guard provider?.fields["established_in_union"] == .bool(true) else { return }
    throw Problem(
      "duties.mandate-not-asked",
      what: "no authorised representative is asked of a provider established in the Union",
      why: "Art. 54(1) AI Act speaks of providers established in third countries",
      mend: "where the provider is not, correct established_in_union of the provider")
  }

  /// Refuses the signature of a mandate that lacks a task or its document.
  ///
  /// - Throws: `duties.mandate-incomplete`.
  public static func checkSignature(of mandate: RecordState) throws(Problem) {
    let missing = missing(in: mandate)
    var lacks = missing.map(\.words)
    if mandate.text("document") == nil { lacks.append("(the written mandate itself)") }
    guard !lacks.isEmpty else { return }
    throw Problem(
      "duties.mandate-incomplete", what: "the mandate lacks: " + lacks.joined(separator: "; "),
      why: "Art. 54(1) asks for a written mandate, and Art. 54(3) AI Act for these tasks in it",
      mend: "add the document as evidence and say which tasks the mandate holds",
      places: missing.map { Place($0.rawValue) })
  }

  /// A caution where a mandate was signed when a model was on the market already; nil where it was not.
  public static func caution(signed: Day, models: [RecordState]) -> String? {
    let late = models.filter { model in
      model.day("placed-on-market").map { $0 <= signed } ?? false
    }
    guard !late.isEmpty else { return nil }
    return
      "Art. 54(1) asks for the mandate before a model is placed on the Union market; these were "
      + "placed before: " + late.map(\.title).joined(separator: ", ") + "."
  }
}
