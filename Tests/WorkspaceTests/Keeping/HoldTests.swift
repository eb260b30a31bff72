import Duties
import Ground
import Testing

@testable import Workspace

@Suite("legal holds")
struct HoldTests {
  @Test("while a hold stands nothing that it names is erased; after its release it is")
  func holds() async throws {
    let keeping = try await Keeping()
    let (held, free) = (try await keeping.person("held"), try await keeping.person("free"))
    let hold = try await keeping.workspace.placeHold(
      on: [held.id], matter: "Request 1", basis: "request for information, Art. 91")
    #expect(await code { try await keeping.erase([held.id]) } == "workspace.erasure-refused")
    let refused = try #require(
      try await keeping.workspace.states(.erasure).first { $0.status == "refused" })
    let told = refused.fields["refusals"]?.compact ?? ""
    #expect(told.contains(hold.id.text) && told.contains("Art. 91"))
    #expect(told.contains("GDPR Art. 17(3)(e)"))
    try await keeping.erase([free.id])
    #expect(
      await code { _ = try await keeping.workspace.releaseHold(hold.id, reason: nil) }
        == "duties.reason-due")
    _ = try await keeping.workspace.releaseHold(hold.id, reason: "answered")
    #expect(
      await code { _ = try await keeping.workspace.releaseHold(hold.id, reason: "again") }
        == "workspace.hold-released")
    try await keeping.erase([held.id])
  }

  @Test("a hold without records holds everything")
  func everything() async throws {
    let keeping = try await Keeping()
    let person = try await keeping.person("jane.doe")
    _ = try await keeping.workspace.placeHold(on: [], matter: "All", basis: "court order")
    #expect(await code { try await keeping.erase([person.id]) } == "workspace.erasure-refused")
  }

  @Test("a hold on a model holds what belongs to it, long after every period has ended")
  func model() async throws {
    let keeping = try await Keeping()
    let (one, two) = (
      try await keeping.model("One", placed: "2026-03-02"),
      try await keeping.model("Two", placed: "2026-03-02")
    )
    let held = try await keeping.evidence([1], "Held", [("model", .string(one.id.text))])
    let free = try await keeping.evidence([2], "Free", [("model", .string(two.id.text))])
    _ = try await keeping.workspace.placeHold(on: [one.id], matter: "M", basis: "B")
    keeping.clock.now = Keeping.year2045
    let kept = try await keeping.workspace.retention(of: [held.id, free.id])
    #expect(kept.map(\.holds.count) == [1, 0])
    #expect(kept[0].words == "held: M")
    #expect(await code { try await keeping.erase([held.id]) } == "workspace.erasure-refused")
    try await keeping.erase([free.id])
  }

  @Test("a hold that one may not read holds all the same")
  func hidden() async throws {
    let keeping = try await Keeping()
    let person = try await keeping.person("jane.doe")
    _ = try await keeping.workspace.placeHold(
      on: [person.id], matter: "M", basis: "B", confidentiality: .restricted)
    let safety = keeping.workspace.acting(as: SignedIn(id: "s", name: "S", roles: [.safety]))
    #expect(try await safety.states(.hold).isEmpty)
    #expect(try await safety.retention(of: [person.id]).first?.holds.count == 1)
    #expect(await code { try await keeping.erase([person.id]) } == "workspace.erasure-refused")
  }

  @Test("a hold names records that are there, and is placed by who may")
  func placed() async throws {
    let keeping = try await Keeping()
    let nobody = RecordID("person/nobody")!
    #expect(
      await code {
        _ = try await keeping.workspace.placeHold(on: [nobody], matter: "M", basis: "B")
      } == "workspace.unknown-record")
    let safety = keeping.workspace.acting(as: SignedIn(id: "s", name: "S", roles: [.safety]))
    #expect(
      await code { _ = try await safety.placeHold(on: [], matter: "M", basis: "B") }
        == "workspace.not-allowed")
  }

  @Test(
    "a hold that is acknowledged before an erasure is done stops it; after that none is placed in its midst"
  )
  func during() async throws {
    let keeping = try await Keeping()
    let person = try await keeping.person("jane.doe")
    try await keeping.erase([person.id]) { step throws(Problem) in
      guard step == .epochBegun else { return }
      #expect(throws: Problem("workspace.erasure-under-way", what: "")) {
        try keeping.workspace.shared.checkErasing(RecordID("hold/any")!)
      }
      #expect(throws: Problem("workspace.erasure-under-way", what: "")) {
        try keeping.workspace.shared.checkErasing(person.id)
      }
    }
    _ = try await keeping.workspace.placeHold(on: [], matter: "M", basis: "B")
  }
}
