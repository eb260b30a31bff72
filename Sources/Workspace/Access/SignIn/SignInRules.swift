internal import Duties
public import Ground

/// How people sign in, as administrators decided it.
public struct SignInRules: Sendable {
  /// The roles that need a second factor.
  public var secondFactor: Set<Role> = []
  /// Until when emergency access is open; nil when it was never used.
  public var emergencyUntil: Instant?
  /// Why it was opened.
  public var emergencyWhy: String?
  /// Whether a use of it waits for a review.
  public var isReviewDue = false

  /// The one record that holds them.
  static var id: RecordID {
    guard let id = RecordID("sign-in/rules") else { preconditionFailure("the name is plain") }
    return id
  }
}

extension OpenWorkspace {
  /// The rules as they are now.
  ///
  /// - Throws: `store.*`, `sealing.*`.
  public func signInRules() async throws(Problem) -> SignInRules {
    var rules = SignInRules()
    guard let state = try await own(SignInRules.id) else { return rules }
    rules.secondFactor = Set(state.texts("second_factor").compactMap { Role(rawValue: $0) })
    rules.emergencyUntil = state.text("emergency_until").flatMap { Instant($0) }
    rules.emergencyWhy = state.text("emergency_why")
    rules.isReviewDue = state.fields["review_due"] == .bool(true)
    return rules
  }

  /// Decides which roles need a second factor.
  ///
  /// - Throws: `workspace.not-allowed`, `duties.*`.
  public func setSecondFactor(for roles: [Role], reason: String?) async throws(Problem) {
    try await authorise(.administer)
    let isNew = try await own(SignInRules.id) == nil
    let roles = Role.allCases.filter { roles.contains($0) && !SignedIn.notForPeople.contains($0) }
    _ = try await record(
      RecordCommand(
        .signInRules, SignInRules.id,
        Change(
          isNew ? "sign-in-rules-set" : "sign-in-rules-changed",
          set: [("second_factor", JSON(roles.map(\.rawValue)))],
          effective: .day(surroundings.today), reason: reason)))
  }

  /// A record for the program's own question, whoever acts.
  func own(_ id: RecordID) async throws(Problem) -> RecordState? {
    try await opened(id)
  }
}
