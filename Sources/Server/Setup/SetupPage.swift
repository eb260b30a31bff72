internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// The guided set-up: provider, first model, training compute, and what follows from them.
///
/// Each step is a form over the usual use cases; nothing is filled in for anybody.
struct SetupPage {
  let visit: Visit
  let steps: SetupSteps
  var problem: Problem?

  static let endpoints: [Endpoint] = [
    .get("/setup") { visit in
      let steps = try await SetupSteps(visit.workspace)
      return .see(steps.path(steps.next))
    },
    .get("/setup/provider") { visit in .page(try await SetupPage(visit).provider) },
    .post("/setup/provider") { visit in try await SetupPage(visit).saveProvider() },
    .get("/setup/model") { visit in .page(try await SetupPage(visit).model) },
    .post("/setup/model") { visit in try await SetupPage(visit).saveModel() },
    .get("/setup/compute") { visit in .page(try await SetupPage(visit).compute) },
    .get("/setup/result") { visit in .page(try await SetupResult(visit).body) },
  ]

  init(_ visit: Visit) async throws(Problem) {
    self.visit = visit
    steps = try await SetupSteps(visit.workspace, model: visit.query.text("model"))
  }

  // MARK: The provider

  private var providerForm: RecordForm {
    var form = RecordForm(
      visit: visit, kind: .provider,
      event: steps.provider == nil ? "provider-registered" : "provider-changed",
      state: steps.provider,
      only: [
        "name", "established_in_union", "authorised_representative", "signatory", "contact",
      ])
    form.givenReason = steps.provider == nil ? nil : "guided set-up"
    form.asksDay = false
    form.button = "Save, and on to the model"
    return form
  }

  private var provider: HTML {
    page(
      .provider,
      """
      <p>What is asked here decides which duties apply. What you do not know stays unanswered; the desk then says what it \
      leaves open.</p>
      \(providerForm.html)
      """)
  }

  private func saveProvider() async throws(Problem) -> Reply {
    let form = providerForm
    do throws(Problem) {
      let command = try form.command()
      if !command.change.set.isEmpty { _ = try await visit.workspace.record(command) }
      return .see("/setup/model")
    } catch {
      return try await again(error) { $0.provider }
    }
  }

  // MARK: The model

  private var modelForm: RecordForm {
    var form = RecordForm(
      visit: visit, kind: .model, event: "model-registered",
      only: [
        "name", "modality", "open_weights", "placed_on_market", "released", "base_model",
        "base_flop", "base_same_provider",
      ])
    form.asksDay = false
    form.button = "Register it, and on to its compute"
    return form
  }

  private var model: HTML {
    let known: HTML =
      steps.model.map { model in
        """
        <p class="caution">\(Parts.link("/models/" + model.id.key, model.title)) is registered already. \
        \(Parts.link(steps.path(.compute), "Go on with its compute")), or register another one here.</p>

        """
      } ?? ""
    return page(
      .model,
      """
      \(known)<p>A model begins with its name. All else can follow; what is missing is named wherever it would decide \
      something.</p>
      \(modelForm.html)
      """)
  }

  private func saveModel() async throws(Problem) -> Reply {
    do throws(Problem) {
      let state = try await visit.workspace.recordModel(try modelForm.command().change)
      return .see("/setup/compute?model=" + state.id.key)
    } catch {
      return try await again(error) { $0.model }
    }
  }

  // MARK: Compute

  private var compute: HTML {
    get throws(Problem) {
      guard let model = steps.model, let ledger = steps.ledger else { return self.model }
      var forms = RunForms(visit: visit, model: model)
      forms.isSetup = true
      let rows = ledger.runs.map { run -> [HTML] in
        [
          Parts.link(run), "\(run.text("activity") ?? "")", "\(run.text("status") ?? "")",
          Component.prose(run.text("flop") ?? run.text("tokens").map { $0 + " tokens" } ?? "—"),
        ]
      }
      let table = Component.table(
        "On the ledger of \(model.title)",
        [.init("Run"), .init("Activity"), .init("Status"), .figures("FLOP or tokens")], rows)
      let further: HTML =
        rows.isEmpty
        ? ""
        : "<p class=\"actions\">\(Parts.button(steps.path(.result), "See what follows"))</p>\n"
      return page(
        .compute,
        """
        <p>Whether \(model.title) is presumed to have systemic risk depends on its cumulative training compute: is it more \
        than 10²⁵ FLOP? Give a log, or figures; several methods are held against each other.</p>
        \(table)\(further)\(forms.html)
        """)
    }
  }

  // MARK: Pages

  private func page(_ step: SetupSteps.Step, _ content: HTML) -> HTML {
    Frame(title: step.title, visit: visit, section: "/", eyebrow: "Set-up").around(
      "\(steps.list(at: step))\(problem.map(RefusalPage.box) ?? "")\(content)")
  }

  private func again(
    _ problem: Problem, _ body: (SetupPage) -> HTML
  ) async throws(Problem) -> Reply {
    var page = self
    page.problem = problem
    return .page(body(page), status: RefusalPage.status(problem))
  }
}
