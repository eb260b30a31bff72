public import Ground

/// How one run or model comes from another.
public enum Descent: String, Sendable, CaseIterable {
  case initialisedFrom = "initialised-from"
  case fineTunedFrom = "fine-tuned-from"
  case mergedFrom = "merged-from"
  case distilledFrom = "distilled-from"
  case syntheticDataFrom = "synthetic-data-from"

  /// Whether the compute behind the ancestor is part of the descendant's cumulative compute.
  ///
  /// Weights carry their training with them; a teacher in distillation and the generator of data do not (the forward passes that
  /// generate private data are a line of the ledger of their own).
  /// Source: Guidelines C(2025) 7719, ¶ 116 to 119.
  public var carriesCompute: Bool {
    switch self {
    case .initialisedFrom, .fineTunedFrom, .mergedFrom: true
    case .distilledFrom, .syntheticDataFrom: false
    }
  }
}

/// The graph of runs and base models that a model comes from.
public struct Lineage: Sendable {
  /// A run, or a base model of somebody else.
  public struct Node: Sendable {
    /// Identity within the graph.
    public var id: String
    /// Own compute that counts, without ancestors; nil when unknown.
    public var own: FLOP?
    /// Ancestors and how it comes from them.
    public var from: [(id: String, how: Descent)]

    /// A node of the graph.
    public init(id: String, own: FLOP?, from: [(id: String, how: Descent)] = []) {
      self.id = id
      self.own = own
      self.from = from
    }
  }

  /// What a walk found.
  public struct Cumulative: Sendable {
    /// The sum; nil when the compute of a counted ancestor is unknown or the sum exceeds 128 bits.
    public var total: FLOP?
    /// The sum of what is known: a lower bound.
    public var atLeast: FLOP
    /// How much comes from where, in the order met, each ancestor once.
    public var parts: [(id: String, flop: FLOP?)]
    /// Ancestors that do not count, with how they are related.
    public var left: [(id: String, how: Descent)]
    /// Ancestors whose compute is unknown.
    public var unknown: [String] { parts.filter { $0.flop == nil }.map(\.id) }
  }

  private let nodes: [String: Node]

  /// A graph of nodes.
  ///
  /// - Throws: `compute.lineage-duplicate`, `compute.lineage-unknown`, `compute.lineage-circle`.
  public init(_ list: [Node]) throws(Problem) {
    var nodes: [String: Node] = [:]
    for node in list {
      guard nodes[node.id] == nil else {
        throw Problem(
          "compute.lineage-duplicate", what: "two runs are called \"\(node.id)\"",
          why: "a run is counted once, by its name", mend: "give each run its own id")
      }
      nodes[node.id] = node
    }
    for node in list {
      for parent in node.from where nodes[parent.id] == nil {
        throw Problem(
          "compute.lineage-unknown",
          what: "\(node.id) comes from \"\(parent.id)\", which is not given",
          why: "its compute cannot be counted", mend: "add it as a run or as a base model")
      }
    }
    self.nodes = nodes
    try refuseCircles(list)
  }

  /// Cumulative compute of the nodes named: own compute and that of all ancestors that carry it, each once.
  public func cumulative(of ids: [String]) -> Cumulative {
    var seen: Set<String> = []
    var parts: [(id: String, flop: FLOP?)] = []
    var left: [(id: String, how: Descent)] = []
    var queue = ids
    while !queue.isEmpty {
      let id = queue.removeFirst()
      guard seen.insert(id).inserted, let node = nodes[id] else { continue }
      parts.append((id, node.own))
      for parent in node.from {
        if parent.how.carriesCompute {
          queue.append(parent.id)
        } else {
          left.append((parent.id, parent.how))
        }
      }
    }
    let known = parts.compactMap(\.flop)
    let sum = known.reduce(FLOP(0) as FLOP?) { $0?.adding($1) }
    return Cumulative(
      total: known.count == parts.count ? sum : nil, atLeast: sum ?? FLOP(UInt128.max),
      parts: parts, left: left.filter { !seen.contains($0.id) })
  }

  /// Kahn's order without recursion, so that a long chain cannot exhaust the stack.
  private func refuseCircles(_ list: [Node]) throws(Problem) {
    var waiting = Dictionary(uniqueKeysWithValues: list.map { ($0.id, $0.from.count) })
    var children: [String: [String]] = [:]
    for node in list {
      for parent in node.from { children[parent.id, default: []].append(node.id) }
    }
    var ready = list.filter { $0.from.isEmpty }.map(\.id)
    while let id = ready.popLast() {
      waiting[id] = nil
      for child in children[id] ?? [] {
        waiting[child] = waiting[child].map { $0 - 1 }
        if waiting[child] == 0 { ready.append(child) }
      }
    }
    guard waiting.isEmpty else {
      let names = waiting.keys.sorted().joined(separator: ", ")
      throw Problem(
        "compute.lineage-circle", what: "the lineage runs in a circle through \(names)",
        why: "no run can come from itself", mend: "correct `from` of one of them")
    }
  }
}
