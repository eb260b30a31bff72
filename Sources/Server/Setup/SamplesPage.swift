internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// Samples: loading them, putting them away, asking that they be erased, and what remains.
struct SamplesPage {
  let visit: Visit
  let samples: [RecordState]
  var problem: Problem?

  static let endpoints: [Endpoint] = [
    .get("/samples") { visit in .page(try await SamplesPage(visit).body) },
    .post("/samples") { visit in
      try await doing(visit) { visit async throws(Problem) in
        _ = try await visit.workspace.loadSamples()
        return "/models"
      }
    },
    .post("/samples/end") { visit in
      try await doing(visit) { visit async throws(Problem) in
        try await visit.workspace.putSamplesAway()
        return "/samples"
      }
    },
    .post("/samples/erasure") { visit in
      try await doing(visit) { visit async throws(Problem) in
        let request = try await visit.workspace.requestErasureOfSamples()
        return "/records/" + request.state.id.text
      }
    },
  ]

  private static func doing(
    _ visit: Visit, _ act: (Visit) async throws(Problem) -> String
  ) async throws(Problem) -> Reply {
    do throws(Problem) {
      return .see(try await act(visit))
    } catch {
      var page = try await SamplesPage(visit)
      page.problem = error
      return .page(page.body, status: RefusalPage.status(error))
    }
  }

  init(_ visit: Visit) async throws(Problem) {
    self.visit = visit
    samples = try await visit.workspace.samples()
  }

  private var used: [RecordState] { samples.filter { !$0.isPutAway } }

  var body: HTML {
    Frame(title: "Samples", visit: visit, section: "/models", eyebrow: "To try the program").around(
      """
      \(problem.map(RefusalPage.box) ?? "")<p>Three made-up models show what the desk does: one whose plan passes 10²⁵ FLOP, \
      so that the two weeks of Art. 52(1) run; one below it, estimated by two methods; one that modifies another provider's \
      model. No evidence is made up.</p>
      \(load)\(list)\(away)
      """)
  }

  private func button(_ path: String, _ text: String, _ kind: HTML = "") -> HTML {
    """
    <form method="post" action="\(path)">\(Frame.key(visit))<p><button\(kind)>\(text)</button></p></form>

    """
  }

  private var load: HTML {
    used.isEmpty ? button("/samples", "Load the samples") : ""
  }

  private var list: HTML {
    Component.table(
      "Samples on the record", [.init("Record"), .init("Kind"), .init("Status")],
      samples.map { state in
        [
          "\(Parts.link(state)) \(Parts.sample)",
          "\(RecordKind.named(state.id.kind)?.title ?? state.id.kind)", "\(state.status ?? "")",
        ]
      })
  }

  private var away: HTML {
    guard !samples.isEmpty else { return "" }
    let end: HTML =
      used.isEmpty
      ? ""
      : """
      <p>Put away, the models are given up and their runs struck out: nothing is due for them any more, and lists \
      show them so. Drafts and histories stay readable.</p>
      \(button("/samples/end", "Put the samples away"))
      """
    let erase: HTML =
      samples.contains(where: \.isPutAway)
      ? """
      <p>Erased, their contents and keys are destroyed. It takes a second person, because an erasure cannot be undone. The \
      journal then still proves that there were records, when they were written and by whom; it does not say what they held.</p>
      \(button("/samples/erasure", "Ask for their erasure", " class=\"second\""))
      """ : ""
    return Component.section("remove", "Removing them", "\(end)\(erase)")
  }
}
