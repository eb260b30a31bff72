/// The forms of files that are taken in.
public enum IncomingFormat: String, Sendable, CaseIterable {
  /// A table of this program's own, comma-separated.
  case csv
  /// A table of this program's own, one JSON object a line.
  case jsonl
  /// `incidents.csv` of a snapshot of the AI Incident Database.
  case aiid
  /// The table of AIAAIC as CSV.
  case aiaaic
  /// Reports and vulnerabilities of AVID.
  case avid
  /// Case studies of MITRE ATLAS.
  case atlas
  /// Bundles of STIX 2.1.
  case stix
  /// A mail.
  case mail

  /// The name of the collection, as a record keeps it; empty where the file itself names its sender.
  public var source: String {
    switch self {
    case .csv, .jsonl, .mail: ""
    case .aiid: "AI Incident Database"
    case .aiaaic: "AIAAIC"
    case .avid: "AVID"
    case .atlas: "MITRE ATLAS"
    case .stix: "STIX 2.1"
    }
  }

  /// What a person reads.
  public var title: String {
    switch self {
    case .csv: "CSV with the columns of this program"
    case .jsonl: "JSON Lines with the members of this program"
    case .aiid: "incidents.csv of the AI Incident Database"
    case .aiaaic: "CSV of AIAAIC"
    case .avid: "JSON of AVID"
    case .atlas: "YAML of MITRE ATLAS case studies"
    case .stix: "STIX 2.1 bundle"
    case .mail: "mail (RFC 5322)"
    }
  }
}
