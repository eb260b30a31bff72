import Ground
import Testing

@testable import Workspace

@Suite("What a ticket and its incident say")
struct TicketComparisonTests {
  private func compared(
    _ ours: String, _ theirs: String, sent: String?, seen: String?, open: [TicketConflict] = []
  ) -> TicketComparison {
    TicketComparison(
      ours: ["a": ours], theirs: ["a": theirs], sent: sent.map { ["a": $0] } ?? [:],
      seen: seen.map { ["a": $0] } ?? [:], open: open)
  }

  @Test("what both sides say alike needs nothing")
  func alike() {
    let same = compared("x", "x", sent: nil, seen: nil)
    #expect(same.toSend.isEmpty && same.notices.isEmpty && same.conflicts.isEmpty)
    #expect(same.sent == ["a": "x"] && same.seen == ["a": "x"])
  }

  @Test("what changed here alone is sent")
  func ours() {
    let found = compared("new", "old", sent: "old", seen: "old")
    #expect(found.toSend == ["a": "new"] && found.notices.isEmpty && found.conflicts.isEmpty)
  }

  @Test("what changed there alone is told to people and not overwritten")
  func theirs() {
    let found = compared("old", "new", sent: "old", seen: "old")
    #expect(found.toSend.isEmpty && found.conflicts.isEmpty)
    #expect(found.notices == [.init(field: "a", before: "old", now: "new")])
    let later = TicketComparison(
      ours: ["a": "old"], theirs: ["a": "new"], sent: found.sent, seen: found.seen, open: [])
    #expect(later.notices.isEmpty && later.toSend.isEmpty, "it is told once")
  }

  @Test("what changed on both sides waits for a person, until both say the same")
  func both() {
    let found = compared("mine", "yours", sent: "old", seen: "old")
    #expect(found.toSend.isEmpty && found.notices.isEmpty)
    #expect(found.conflicts == [TicketConflict(field: "a", ours: "mine", theirs: "yours")])
    let later = compared("mine", "third", sent: "old", seen: "old", open: found.conflicts)
    #expect(later.conflicts == [TicketConflict(field: "a", ours: "mine", theirs: "third")])
    let end = compared("third", "third", sent: "old", seen: "old", open: later.conflicts)
    #expect(end.conflicts.isEmpty)
  }

  @Test("a state without a way is put before a person, and not sent again")
  func noPath() {
    let state = FieldMap.state
    var first = TicketComparison(
      ours: [state: "Done"], theirs: [state: "To Do"], sent: [:], seen: [state: "To Do"], open: [])
    #expect(first.toSend == [state: "Done"])
    first.cannotMove(to: "Done", from: "To Do")
    #expect(first.toSend.isEmpty && first.conflicts.first?.isWithoutPath == true)
    let again = TicketComparison(
      ours: [state: "Done"], theirs: [state: "To Do"], sent: first.sent, seen: first.seen,
      open: first.conflicts)
    #expect(again.toSend.isEmpty && again.conflicts == first.conflicts)
    let moved = TicketComparison(
      ours: [state: "Done"], theirs: [state: "Review"], sent: first.sent, seen: first.seen,
      open: first.conflicts)
    #expect(moved.conflicts.first?.isWithoutPath == false, "there may be a way from there")
  }

  @Test("a state of theirs is told also where none of ours is mapped to one")
  func unmappedState() {
    let state = FieldMap.state
    let first = TicketComparison(
      ours: [:], theirs: [state: "New"], sent: [:], seen: [:], open: [])
    #expect(first.notices.isEmpty && first.seen == [state: "New"])
    let next = TicketComparison(
      ours: [:], theirs: [state: "Done"], sent: [:], seen: first.seen, open: [])
    #expect(next.notices == [.init(field: state, before: "New", now: "Done")])
  }

  @Test("each combination of changes has one outcome, and none is lost")
  func exhaustive() {
    let words = ["a", "b", "c"]
    for ours in words {
      for theirs in words {
        for sent in words {
          for seen in words {
            let found = compared(ours, theirs, sent: sent, seen: seen)
            let count = found.toSend.count + found.notices.count + found.conflicts.count
            let isQuiet = ours == theirs || ours == sent && theirs == seen
            #expect(count == (isQuiet ? 0 : 1), "\(ours) \(theirs) \(sent) \(seen)")
          }
        }
      }
    }
  }
}
