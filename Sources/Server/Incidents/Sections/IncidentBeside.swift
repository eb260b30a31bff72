internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// What stands beside an incident: evidence, others with the same model, its history.
struct IncidentBeside {
  let page: IncidentPage

  var html: HTML { "\(evidence)\(similar)\(history)" }

  private var evidence: HTML {
    let items = page.view.evidence.map { state -> HTML in
      """
      \(Parts.link("/evidence/" + state.id.key, state.title)) \(Component.code(state.id.text)) \
      <span class="note">\(Parts.moment(state.begun))</span>
      """
    }
    return Component.section(
      "evidence", "Evidence",
      """
      \(items.isEmpty ? Parts.empty("No file was added.") : Component.list(items))<p class="actions">\
      \(Parts.link("/evidence/new?incident=" + page.state.id.text, "Add a file"))</p>

      """)
  }

  private var similar: HTML {
    guard !page.similar.isEmpty else { return "" }
    return Component.section(
      "similar", "Incidents and near misses with the same model",
      Component.table(
        "Those that changed last; patterns across them belong in the final report",
        [
          .init("Incident"), .init("Stands at"), .init("Considered as"), .init("Harm"),
          .init("Received"),
        ],
        page.similar.map { state in
          let facts = IncidentRecord.facts(state)
          let harm = IncidentCategory.byUrgency.filter { facts.harm($0) == .yes }.map(\.title)
          return [
            Parts.link(IncidentPages.path(state.id), state.title), "\(state.status ?? "")",
            "\(IncidentPages.considered(state))", "\(harm.joined(separator: ", "))",
            state.happened["incident-received"].map { Parts.effective($0) } ?? "—",
          ]
        }))
  }

  private var history: HTML {
    let items = page.history.reversed().map { event -> HTML in
      let envelope = event.envelope
      let title = RecordKind.incident.event(envelope.event)?.title ?? envelope.event
      let reason: HTML =
        event.content?["reason"]?.text.map { "<p>\($0)</p>\n" } ?? ""
      return """
        <li><p><strong>\(Typography.sentence(title))</strong>, true \(Parts.effective(envelope.effective))</p>
        <p class="note">written \(Parts.moment(envelope.recorded)) by \(page.names.name(envelope.actor)); entry \(event.index)</p>
        \(reason)\(said(event))</li>

        """
    }
    return Component.section(
      "history", "History",
      """
      <ol class="history" reversed>
      \(items)</ol>
      <p>\(Parts.link("/records/" + page.state.id.text, "All that is kept of it, comments, and the proof of each entry"))</p>

      """)
  }

  /// Answers and texts that an event set.
  private func said(_ event: RecordedEvent) -> HTML {
    guard let content = event.content else { return "<p>Its content was erased.</p>\n" }
    let set = content["set"]?.members ?? []
    let lines = set.compactMap { name, value -> HTML? in
      guard let field = RecordKind.incident.field(name), name != "as_written", name != "tracking",
        value != .null
      else { return nil }
      return "\(Typography.sentence(field.title)): \(Parts.value(value))"
    }
    return Component.list(lines)
  }
}
