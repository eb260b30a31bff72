import Duties
import Ground
import Testing

@testable import Workspace

@Suite("Who may do what")
struct RoleMatrixTests {
  /// One line a role: `+` is allowed, `.` is refused, `s` is allowed for what the scope names.
  ///
  /// `read`: by class, from public over internal, confidential and Art. 78 to one incident. `person`: reading the
  /// record of a person.
  static let matrix = """
                   read                              write, by kind
    role           pub int con 78  inc person   pro mod ver run opi not reb rea man inc rep non mea oth tem evi req ass hol era com per ses tok acc ope nam sig eme vie web out cal rem con tic
    compliance     +   +   +   +   +   +        +   +   +   +   +   +   +   +   +   +   +   +   +   +   +   +   +   +   +   +   +   .   .   .   .   .   .   .   .   .   .   .   .   .   .   +
    counsel        +   +   +   +   +   +        +   +   +   +   +   +   +   +   +   +   +   +   +   +   +   +   +   +   +   +   +   .   .   .   .   .   .   .   .   .   .   .   .   .   .   +
    safety         +   +   +   +   .   +        +   +   +   +   .   .   .   .   .   +   +   +   +   +   +   +   +   +   .   .   +   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .
    security       +   +   +   +   .   +        +   +   +   +   .   .   .   .   .   +   +   +   +   +   +   +   +   +   .   .   +   .   .   .   .   .   .   .   .   .   +   .   .   .   +   +
    incident-lead  +   +   +   +   +   +        .   +   +   +   .   .   .   .   .   +   +   +   +   +   +   +   +   +   .   .   +   .   .   .   .   .   .   .   .   .   .   .   .   .   .   +
    approver       +   +   +   +   .   +        .   .   .   .   +   .   .   .   .   .   .   .   .   .   .   .   .   .   .   +   +   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .
    auditor        +   +   +   +   +   +        .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .
    evaluator      s   s   s   .   .   s        .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   s   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .
    inspector      s   s   s   s   s   s        .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .
    administrator  .   .   .   .   .   +        .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   +   .   .   .   .   .   +   .   .   +   .   .   .   +   .
    local-operator +   +   +   +   +   +        +   +   +   +   +   +   +   +   +   +   +   +   +   +   +   +   +   +   +   +   +   +   .   .   .   .   .   +   .   .   +   .   .   .   +   +
    system         +   +   +   +   +   +        .   .   .   .   .   .   .   .   .   +   .   .   .   .   .   +   .   .   .   .   +   +   +   +   +   +   +   +   +   +   +   +   +   +   +   +
    """

  /// Acts that are about no class of content.
  static let acts = """
                   approve
    role           opinion erasure verify people keys backup erase secret
    compliance        +       +      +      .     .     .      +     +
    counsel           +       +      +      .     .     .      +     +
    safety            .       .      +      .     .     .      .     +
    security          .       .      +      .     +     +      .     +
    incident-lead     .       .      +      .     .     .      .     +
    approver          +       .      +      .     .     .      .     +
    auditor           .       .      +      .     .     .      .     +
    evaluator         .       .      .      .     .     .      .     +
    inspector         .       .      +      .     .     .      .     +
    administrator     .       .      +      +     +     +      .     +
    local-operator    .       .      +      +     +     +      .     .
    system            .       .      +      .     .     +      .     .
    """

  static let today = Day(2026, 11, 20) ?? Day(sinceEpoch: 0)
  static let record = RecordID("model/k3v9qz7d2m5x") ?? RecordID("a/b").unsafelyUnwrapped
  static let person = RecordID("person/k3v9qz7d2m5x") ?? RecordID("a/b").unsafelyUnwrapped

  /// The columns of the first table.
  static let columns: [(Act, RecordID, Confidentiality)] =
    Confidentiality.allCases.map { (.read, record, $0) } + [(.read, person, .internal)]
    + RecordKind.all.map { (.write($0), record, .internal) }

  static let otherColumns: [Act] = [
    .approve(.opinion), .approve(.erasure), .verify, .administer, .handleKeys, .backUp, .erase,
    .chooseSecret,
  ]

  private static func cells(_ table: String) -> [(role: String, cells: [String])] {
    table.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
      .filter { $0.first.map { Role(rawValue: $0) != nil } ?? false }
      .map { ($0[0], Array($0.dropFirst())) }
  }

  private func signedIn(
    _ role: Role, inScope: Bool, from: Day? = nil, until: Day? = nil
  ) -> SignedIn {
    SignedIn(
      id: "somebody", name: "Somebody", roles: [role],
      scope: inScope ? [RoleMatrixTests.record, RoleMatrixTests.person] : [], from: from,
      until: until)
  }

  /// The role that allows an act to a role; what one begins belongs to the record of the scope.
  private func isAllowed(_ who: SignedIn, _ act: Act, _ id: RecordID, _ class: Confidentiality)
    -> Bool
  {
    let role = who.role(
      for: act, id, `class`, belongingTo: RoleMatrixTests.record, today: RoleMatrixTests.today)
    if let role { #expect(who.roles == [role]) }
    return role != nil
  }

  @Test(
    "Each role does what its line says, and what is scoped inside its scope only",
    arguments: Role.allCases)
  func table(role: Role) throws {
    let line = try #require(
      RoleMatrixTests.cells(RoleMatrixTests.matrix).first { $0.role == role.rawValue })
    try #require(line.cells.count == RoleMatrixTests.columns.count)
    for (cell, column) in zip(line.cells, RoleMatrixTests.columns) {
      let (act, id, confidentiality) = column
      let comment: Comment = "\(role.rawValue): \(act.words) \(id.text) \(confidentiality)"
      let inside = isAllowed(signedIn(role, inScope: true), act, id, confidentiality)
      let outside = isAllowed(signedIn(role, inScope: false), act, id, confidentiality)
      #expect(inside == (cell != "."), comment)
      #expect(outside == (cell == "+"), comment)
    }
  }

  @Test("Acts beside reading and writing are for few", arguments: Role.allCases)
  func acts(role: Role) throws {
    let line = try #require(
      RoleMatrixTests.cells(RoleMatrixTests.acts).first { $0.role == role.rawValue })
    try #require(line.cells.count == RoleMatrixTests.otherColumns.count)
    for (cell, act) in zip(line.cells, RoleMatrixTests.otherColumns) {
      let who = signedIn(role, inScope: true)
      #expect(
        isAllowed(who, act, RoleMatrixTests.record, .internal) == (cell == "+"),
        "\(role.rawValue): \(act.words)")
    }
  }

  @Test("Nobody acts before their first day or after their last", arguments: Role.allCases)
  func days(role: Role) {
    let today = RoleMatrixTests.today
    let (before, after) = (today.adding(days: -1), today.adding(days: 1))
    let periods: [(from: Day?, until: Day?, isOpen: Bool)] = [
      (nil, nil, true), (today, nil, true), (nil, today, true), (today, today, true),
      (before, after, true),
      (after, nil, false), (nil, before, false), (after, before, false), (before, before, false),
    ]
    let acts = RoleMatrixTests.columns.map(\.0) + RoleMatrixTests.otherColumns
    for period in periods {
      let who = signedIn(role, inScope: true, from: period.from, until: period.until)
      let always = signedIn(role, inScope: true)
      for act in acts {
        let isAllowed = isAllowed(who, act, RoleMatrixTests.record, .internal)
        #expect(
          isAllowed
            == (period.isOpen && self.isAllowed(always, act, RoleMatrixTests.record, .internal)))
      }
    }
  }

  @Test("Nobody writes into a class that they may not read", arguments: Role.allCases)
  func classes(role: Role) {
    let who = signedIn(role, inScope: true)
    for confidentiality in Confidentiality.allCases where !SignedIn.reads(role, confidentiality) {
      for kind in RecordKind.all where !SignedIn.administered.contains(kind.name) {
        for act in [Act.write(kind), .approve(kind)] {
          #expect(!isAllowed(who, act, RoleMatrixTests.record, confidentiality))
        }
      }
    }
  }

  @Test("With several roles the first that allows an act is the one that is noted")
  func several() {
    let who = SignedIn(id: "somebody", name: "Somebody", roles: [.approver, .auditor, .security])
    let today = RoleMatrixTests.today
    #expect(who.role(for: .read, RoleMatrixTests.record, .restricted, today: today) == .auditor)
    #expect(
      who.role(for: .approve(.opinion), RoleMatrixTests.record, .internal, today: today)
        == .approver)
    #expect(who.role(for: .handleKeys, nil, .internal, today: today) == .security)
    #expect(who.role(for: .administer, nil, .internal, today: today) == nil)
  }

  @Test("A scoped person begins nothing that belongs to no record of their scope")
  func scope() {
    let who = signedIn(.evaluator, inScope: true)
    let other = RecordID("model/h4w8tn6c3r9y")
    for owner in [nil, other] {
      #expect(
        who.role(
          for: .write(.evidence), RoleMatrixTests.record, .internal, belongingTo: owner,
          today: RoleMatrixTests.today) == nil)
    }
  }
}
