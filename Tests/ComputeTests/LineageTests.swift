import Compute
import Ground
import TestSupport
import Testing

@Suite("Where a model comes from")
struct LineageTests {
  private func node(_ id: String, _ own: UInt128?, _ from: [(String, Descent)] = []) -> Lineage.Node
  {
    Lineage.Node(id: id, own: own.map { FLOP($0) }, from: from.map { (id: $0.0, how: $0.1) })
  }

  @Test("An ancestor reached on two ways is counted once")
  func diamond() throws {
    let lineage = try Lineage([
      node("base", 1000),
      node("left", 10, [("base", .fineTunedFrom)]), node("right", 20, [("base", .initialisedFrom)]),
      node("merged", 1, [("left", .mergedFrom), ("right", .mergedFrom)]),
    ])
    let found = lineage.cumulative(of: ["merged"])
    #expect(found.total == FLOP(1031))
    #expect(found.parts.map(\.id).sorted() == ["base", "left", "merged", "right"])
    #expect(found.left.isEmpty && found.unknown.isEmpty)
    #expect(lineage.cumulative(of: ["left", "right"]).total == FLOP(1030))
  }

  @Test(
    "Merged models bring all their compute, the parent in a distillation and a data generator none")
  func descent() throws {
    let lineage = try Lineage([
      node("teacher", 5000, [("old", .initialisedFrom)]), node("old", 700), node("generator", 900),
      node("a", 30), node("b", 40),
      node(
        "model", 2,
        [
          ("teacher", .distilledFrom), ("generator", .syntheticDataFrom), ("a", .mergedFrom),
          ("b", .mergedFrom),
        ]),
    ])
    let found = lineage.cumulative(of: ["model"])
    #expect(found.total == FLOP(72))
    #expect(found.left.map(\.id) == ["teacher", "generator"])
    #expect(
      Descent.allCases.filter(\.carriesCompute) == [.initialisedFrom, .fineTunedFrom, .mergedFrom])
  }

  @Test("A teacher from whose weights the model also starts is counted")
  func teacherAndBase() throws {
    let lineage = try Lineage([
      node("teacher", 100), node("middle", 10, [("teacher", .fineTunedFrom)]),
      node("model", 1, [("teacher", .distilledFrom), ("middle", .initialisedFrom)]),
    ])
    let found = lineage.cumulative(of: ["model"])
    #expect(found.total == FLOP(111))
    #expect(found.left.isEmpty)
  }

  @Test("An unknown ancestor leaves a lower bound and its name")
  func unknown() throws {
    let lineage = try Lineage([node("base", nil), node("model", 7, [("base", .fineTunedFrom)])])
    let found = lineage.cumulative(of: ["model"])
    #expect(found.total == nil)
    #expect(found.atLeast == FLOP(7))
    #expect(found.unknown == ["base"])
  }

  @Test("A sum above 128 bits is no total")
  func overflow() throws {
    let lineage = try Lineage([node("base", .max), node("model", 1, [("base", .fineTunedFrom)])])
    #expect(lineage.cumulative(of: ["model"]).total == nil)
    #expect(lineage.cumulative(of: ["model"]).atLeast == FLOP(.max))
  }

  @Test("Circles, unknown and doubled names are refused")
  func refused() {
    let cases: [([Lineage.Node], String)] = [
      ([node("a", 1, [("a", .fineTunedFrom)])], "compute.lineage-circle"),
      (
        [node("a", 1, [("b", .mergedFrom)]), node("b", 1, [("a", .distilledFrom)])],
        "compute.lineage-circle"
      ),
      ([node("a", 1, [("b", .mergedFrom)])], "compute.lineage-unknown"),
      ([node("a", 1), node("a", 1)], "compute.lineage-duplicate"),
    ]
    for (nodes, code) in cases {
      let problem = #expect(throws: Problem.self) { try Lineage(nodes) }
      #expect(problem?.code == code)
    }
  }

  @Test("A parent named twice is no circle and counts once")
  func namedTwice() throws {
    let lineage = try Lineage([
      node("base", 5),
      node("model", 1, [("base", .initialisedFrom), ("base", .syntheticDataFrom)]),
    ])
    #expect(lineage.cumulative(of: ["model"]).total == FLOP(6))
    #expect(lineage.cumulative(of: ["model"]).left.isEmpty)
  }

  @Test("A chain of a hundred thousand runs is walked")
  func longChain() throws {
    let nodes = (0..<100_000).map {
      node("\($0)", 1, $0 == 0 ? [] : [("\($0 - 1)", .initialisedFrom)])
    }
    #expect(try Lineage(nodes).cumulative(of: ["99999"]).total == FLOP(100_000))
  }

  @Test("The total does not depend on the order of runs and never exceeds the sum of all")
  func properties() {
    property(cases: 300) { random in
      let count = random.int(1...12)
      let nodes = (0..<count).map { index in
        node(
          "\(index)", UInt128(random.int(0...1000)),
          index == 0
            ? []
            : (0..<random.int(0...3)).map { _ in
              ("\(random.int(0...(index - 1)))", random.pick(Descent.allCases))
            })
      }
      let shuffled = nodes.shuffled(using: &random).map { entry in
        Lineage.Node(id: entry.id, own: entry.own, from: entry.from.shuffled(using: &random))
      }
      let asked = ["\(count - 1)"]
      let first = try Lineage(nodes).cumulative(of: asked)
      let second = try Lineage(shuffled).cumulative(of: asked)
      guard let total = first.total, total == second.total else { return "the order matters" }
      guard Set(first.parts.map(\.id)).count == first.parts.count else { return "counted twice" }
      guard Set(first.parts.map(\.id)) == Set(second.parts.map(\.id)) else { return "other parts" }
      let all = nodes.reduce(UInt128(0)) { $0 + ($1.own?.count ?? 0) }
      let own = nodes[count - 1].own?.count ?? 0
      return total.count <= all && total.count >= own ? nil : "\(total.digits) of \(all)"
    }
  }
}
