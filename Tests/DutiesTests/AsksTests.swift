import Duties
import Ground
import Rulebook
import Testing

@Suite("Why a field is asked")
struct AsksTests {
  private static let fields = RecordKind.all.flatMap { kind in
    (kind.fields + kind.fields.flatMap(\.parts)).map { (kind, $0) }
  }

  @Test("every rule that a field names is in the rulebook")
  func known() throws {
    let ids = Set(Law.at(try #require(Day(iso: "2026-11-20"))).ids)
    for (kind, field) in Self.fields {
      for id in field.asks {
        #expect(ids.contains(id), "\(kind.name).\(field.name) names \(id)")
      }
    }
  }

  @Test("every fact of a model and of the provider names the rule because of which it is asked")
  func everyFact() {
    for field in RecordKind.model.fields + RecordKind.provider.fields where field.name != "sample" {
      #expect(!field.asks.isEmpty, "\(field.name)")
    }
  }

  @Test("a rule stands once beside a field, and nested values that forms ask for have parts")
  func shape() {
    for (kind, field) in Self.fields {
      #expect(Set(field.asks).count == field.asks.count, "\(kind.name).\(field.name)")
      if !field.parts.isEmpty { #expect(field.form == .tree, "\(kind.name).\(field.name)") }
      #expect(Set(field.parts.map(\.name)).count == field.parts.count)
    }
  }
}
