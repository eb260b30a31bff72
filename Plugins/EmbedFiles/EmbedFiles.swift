import Foundation
import PackagePlugin

/// Compiles a room's rule files and tables into one Swift source of string literals.
///
/// `Law/` (YAML rules) is checked and embedded as one JSON line a rule; `Tables/` (CSV with its attribution) as written.
@main
struct EmbedFiles: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    guard let target = target as? SourceModuleTarget else { return [] }
    let tool = try context.tool(named: "rulec")
    let output = context.pluginWorkDirectoryURL.appending(path: "Embedded.swift")
    var commands: [Command] = []
    for (folder, verb) in [("Law", "law"), ("Tables", "tables")] {
      let root = target.directoryURL.appending(path: folder)
      let inputs = try files(below: root)
      guard !inputs.isEmpty else { continue }
      commands.append(
        .buildCommand(
          displayName: "Checking and embedding \(target.name)/\(folder)", executable: tool.url,
          arguments: [verb, root.path(), "--output", output.path()], inputFiles: inputs,
          outputFiles: [output]))
    }
    return commands
  }

  private func files(below root: URL) throws -> [URL] {
    guard let walker = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
    else { return [] }
    return walker.compactMap { $0 as? URL }.filter { ["yaml", "csv"].contains($0.pathExtension) }
      .sorted { $0.path() < $1.path() }
  }
}
