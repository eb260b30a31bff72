internal import Ground
internal import Rulebook

/// Judges what a report on an incident holds against what its type asks for.
struct IncidentItems {
  let sources: IncidentSources

  private var incident: RecordState { sources.incident }

  var all: [PackageItem] {
    [happened, awareness, category] + IncidentPackage.parts.map(part)
      + [modelInvolved] + submitter + [otherLaw]
  }

  /// What the Act itself asks for: relevant information about the incident.
  private var happened: PackageItem {
    let told = ["harm", "chain", "narrative"].contains { incident.text($0) != nil }
    return item(
      "relevant-information", "what happened", .law, told ? .given : .missing, ["ai-act/55/1/c"],
      told ? "given" : "describe the harm or the chain of events in the record of the incident")
  }

  private var awareness: PackageItem {
    let at = incident.happened["involvement-known"]
    return item(
      "awareness", "when the involvement of the model became known", .house,
      at == nil ? .missing : .given, ["template/serious-incident/x-awareness"],
      at?.text ?? "record it: the time limit runs from it, and nobody can show that it was kept")
  }

  private var category: PackageItem {
    let any = IncidentRecord.facts(incident).anyCategory
    return item(
      "category", "the category of harm", .house,
      any.isDecided ? .given : .undetermined, ["template/serious-incident/x-category"],
      any.isDecided
        ? "given" : "answer the questions of the legal test, or leave it open and say so")
  }

  private func part(_ part: IncidentPackage.Part) -> PackageItem {
    let isGiven = part.fields.contains { incident.fields[$0] != nil }
    let isUnknown = part.fields.contains(where: sources.unknown.contains)
    let isDue = part.due.contains(sources.type)
    let standing: PackageItem.Standing =
      isGiven ? .given : !isDue ? .optional : isUnknown ? .undetermined : .missing
    let note =
      isGiven
      ? "given"
      : !isDue
        ? "not due in the \(sources.type.rawValue) report"
        : isUnknown
          ? "said not to be known yet"
          : "fill in \(part.fields.joined(separator: " or ")) of the incident, or name it under "
            + "“unknown”: what is not known yet is to be said"
    return item("part-\(part.number)", part.title, .code, standing, part.rules, note)
  }

  private var modelInvolved: PackageItem {
    item(
      "part-4", "the model involved", .code, .given,
      ["template/serious-incident/4", "cop/safety/9.2/4"], sources.model.title)
  }

  private var submitter: [PackageItem] {
    let fields = ["capacity", "organisation", "first_name", "last_name", "email", "phone"]
    let missing = fields.filter { sources.report.text($0) == nil }
    return [
      item(
        "part-10", "who submits it", .template, missing.isEmpty ? .given : .missing,
        ["template/serious-incident/10"],
        missing.isEmpty ? "given" : "fill in " + missing.joined(separator: ", "))
    ]
  }

  private var otherLaw: PackageItem {
    item(
      "other-law", "reports of the same event under other law", .house,
      sources.others.isEmpty ? .optional : .given, ["template/serious-incident/x-cross-regime"],
      sources.others.isEmpty
        ? "none is on the record" : sources.others.map(\.title).joined(separator: ", "))
  }

  private func item(
    _ id: String, _ title: String, _ asker: PackageItem.Asker, _ standing: PackageItem.Standing,
    _ rules: [String], _ note: String
  ) -> PackageItem {
    PackageItem(
      id: id, title: title, asker: asker, standing: standing,
      citations: rules.compactMap(sources.law.citation), note: note)
  }
}
