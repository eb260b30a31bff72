import ArgumentParser
import Duties
import Ground
import Outbound
import Server
import Workspace

/// What a connector tells, and where.
struct ConnectorForm: ParsableArguments {
  @Argument(help: "What it is for.")
  var title: String
  @Argument(help: "Its address, https://…; none for --system standard.")
  var url: String?
  @Option(
    help: ArgumentHelp(
      "The system: "
        + ConnectorSystem.allCases.map(\.rawValue).joined(separator: ", ") + "."))
  var system: String
  @Option(help: "The name to sign in with.")
  var account: String?
  @Option(help: "A file whose first line is the token, password or routing key.")
  var tokenFile: String?
  @Option(
    help: ArgumentHelp(
      "The project of its tickets, by its key; for ServiceNow which new records are looked for with "
        + "--takes-in, as an encoded query."))
  var project: String?
  @Option(help: "The type of its tickets; for ServiceNow their table.")
  var type: String?
  @Option(help: "A JSON file: which of our fields are which of theirs.")
  var mapping: String?
  @Flag(help: "It is told what is on the record, not only that there is an incident.")
  var full = false
  @Flag(help: "A ticket that begins in its project begins an incident.")
  var takesIn = false

  func connector() throws -> NewConnector {
    guard let system = ConnectorSystem(rawValue: system) else {
      throw ValidationError(
        "--system is one of "
          + ConnectorSystem.allCases.map(\.rawValue).joined(separator: ", "))
    }
    var connector = NewConnector(
      title: title, system: system, url: try url.map { try WebAddress($0).text } ?? "")
    connector.account = account
    connector.project = project
    connector.type = type
    connector.isFull = full
    connector.takesIn = takesIn
    if let tokenFile {
      let line = try TextFile.read(tokenFile).split(separator: "\n").first ?? ""
      connector.token = line.isEmpty ? nil : String(line)
    }
    if let mapping {
      connector.mapping = try JSON(parsing: try TextFile.read(mapping).utf8, file: mapping)
    }
    return connector
  }
}
