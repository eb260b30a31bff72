import Duties
import Ground
import RuleFile
import Rulebook
import Testing

@Suite("The catalogue of records")
struct RecordKindTests {
  /// Kinds that fields name before their records exist.
  static let planned: Set<String> = []

  private func isPlain(_ name: String, _ extra: Character) -> Bool {
    !name.isEmpty && name.first != extra && name.last != extra
      && name.allSatisfy { ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == extra }
  }

  @Test("Names are plain and occur once", arguments: RecordKind.all.map(\.name))
  func names(name: String) throws {
    let kind = try #require(RecordKind.named(name))
    #expect(isPlain(name, "-") && RecordID(name + "/k3v9qz7d2m5x") != nil)
    #expect(!kind.title.isEmpty && !kind.writers.isEmpty)
    #expect(kind.events.allSatisfy { isPlain($0.name, "-") && !$0.title.isEmpty })
    #expect(kind.fields.allSatisfy { isPlain($0.name, "_") && !$0.title.isEmpty })
    #expect(Set(kind.events.map(\.name)).count == kind.events.count)
    #expect(Set(kind.fields.map(\.name)).count == kind.fields.count)
  }

  @Test("Each kind is found by its own name")
  func found() {
    #expect(Set(RecordKind.all.map(\.name)).count == RecordKind.all.count)
    for kind in RecordKind.all { #expect(RecordKind.named(kind.name)?.title == kind.title) }
    #expect(RecordKind.named("nothing") == nil)
  }

  @Test(
    "The first event begins a record, and the order of events can be kept",
    arguments: RecordKind.all.map(\.name))
  func events(name: String) throws {
    let kind = try #require(RecordKind.named(name))
    #expect(kind.events.first?.begins == true)
    for event in kind.events {
      for other in event.notAfter + event.after {
        #expect(kind.event(other) != nil && other != event.name, "\(event.name) names \(other)")
      }
      #expect(event.after.allSatisfy { !event.notAfter.contains($0) })
      #expect(!event.begins || event.after.isEmpty && !event.isApproval)
      #expect(
        !event.isApproval || event.isOnce || !event.from.isEmpty,
        "\(event.name) is approved once, or from a status")
      for status in event.from { #expect(kind.events.contains { $0.status == status }) }
    }
  }

  @Test(
    "Fields name kinds that exist, and examples are values", arguments: RecordKind.all.map(\.name))
  func fields(name: String) throws {
    let kind = try #require(RecordKind.named(name))
    for field in kind.fields {
      if case .record(let other) = field.form {
        #expect(RecordKind.named(other) != nil || RecordKindTests.planned.contains(other))
      }
      if case .choice(let words) = field.form { #expect(Set(words).count == words.count) }
      if !field.example.isEmpty {
        #expect(throws: Never.self) { try field.value(of: field.example) }
      }
    }
    let isAboutAccess = [
      "person", "session", "token", "view", "webhook", "calendar-link", "connector", "incident",
    ].contains(name)
    #expect(RecordKind.hiddenFields.isDisjoint(with: kind.fields.map(\.name)) || isAboutAccess)
  }

  @Test(
    "Rules of retention stand in the law with a period, and run from an event",
    arguments: RecordKind.all.map(\.name))
  func retention(name: String) throws {
    let kind = try #require(RecordKind.named(name))
    for retention in kind.retention {
      let rule = try #require(Law.at(Law.checked).rule(retention.rule), "\(retention.rule)")
      let period = try #require(rule.versions.last?.period, "\(retention.rule) has a period")
      #expect(period.unit == .years && period.amount > 0)
      #expect(kind.event(retention.from) != nil || RecordKind.model.event(retention.from) != nil)
    }
  }

  @Test("What an approval rests on cannot be changed by whoever approves")
  func fixed() {
    let opinion = RecordKind.opinion.fields.filter { !$0.isFixed }.map(\.name)
    #expect(opinion.isEmpty)
    for name in ["records", "basis"] { #expect(RecordKind.erasure.field(name)?.isFixed == true) }
    for name in ["sha256", "bytes", "stored"] {
      #expect(RecordKind.evidence.field(name)?.isFixed == true)
    }
    for kind in [RecordKind.trainingRun, .modelVersion] {
      #expect(kind.field("model")?.isFixed == true)
    }
  }

  @Test("Nobody writes what the program itself notes")
  func own() {
    for kind in [RecordKind.accessDecision, .operation] { #expect(kind.writers == [.system]) }
    for kind in RecordKind.all {
      #expect(kind.writers.isDisjoint(with: [.auditor, .inspector]), "\(kind.name)")
    }
  }
}
