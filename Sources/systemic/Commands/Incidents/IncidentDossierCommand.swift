import ArgumentParser
import Documents
import Duties
import Foundation
import Ground
import Workspace

/// `systemic incident dossier`.
struct IncidentDossierCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dossier",
    abstract: "Write what an authority asks about an incident, with what proves it, to a folder.",
    discussion: """
      When was the first view formed, when was the involvement of the model known, which category, which reports, why:
      answered from the records, each with its entry of the journal, its opening and its proof.

      Example:
        systemic incident dossier incident/… --output dossier
      """)
  @OptionGroup var name: IncidentName
  @Option(name: .shortAndLong, help: "The folder, which must not exist yet.")
  var output: String
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.open(.write) { workspace in
      try await Checkpoints(workspace).publishAll()
      let dossier = try await workspace.dossier(of: try await name.state(workspace).id)
      let folder = URL(filePath: output)
      guard !FileManager.default.fileExists(atPath: output) else {
        throw Problem(
          "systemic.folder-exists", what: "\(output) is there already",
          why: "nothing is written over", mend: "name another folder")
      }
      let whole =
        dossier.files + [
          ("dossier.json", Array((dossier.json.pretty + "\n").utf8)),
          ("dossier.md", Array(DossierDocument.markdown(dossier.json).utf8)),
        ]
      for file in whole {
        let place = folder.appending(path: file.name)
        try FileManager.default.createDirectory(
          at: place.deletingLastPathComponent(), withIntermediateDirectories: true,
          attributes: [.posixPermissions: 0o700])
        try Data(file.content).write(to: place)
      }
      Terminal.say("\(whole.count) files in \(output); begin with dossier.md")
    }
  }
}
