/// Rule 1: a room imports only what stands on the floors below it.
enum ImportRule {
  /// Ground is below all, so that its row is empty of rooms; third-party libraries have one room each.
  static let table: [String: Set<String>] = [
    "Ground": ["FoundationEssentials", "Glibc"],
    "RuleFile": ["Ground", "Yams"],
    "rulec": ["Foundation", "Ground", "RuleFile"],
    "Sealing": [
      "Ground", "Crypto", "CryptoExtras", "SwiftASN1", "X509", "FoundationEssentials", "Glibc",
      "Swift",
    ],
    "Programs": ["Ground", "Foundation", "Subprocess", "SystemPackage"],
    "Outbound": [
      "Ground", "Programs", "AsyncHTTPClient", "NIOCore", "NIOPosix", "NIOHTTP1", "NIOSSL",
      "Foundation",
      "FoundationEssentials", "Glibc", "Synchronization",
    ],
    "Journal": ["Ground", "Sealing", "FoundationEssentials", "Glibc", "Synchronization"],
    "Rulebook": ["Ground", "RuleFile", "FoundationEssentials", "Synchronization"],
    "Compute": ["Ground", "FoundationEssentials", "Glibc"],
    "Duties": ["Ground", "RuleFile", "Rulebook", "Compute", "FoundationEssentials"],
    "Store": [
      "Ground", "Sealing", "Journal", "GRDB", "GRDBSQLite", "Foundation", "FoundationEssentials",
      "Glibc", "Synchronization",
    ],
    "Workspace": [
      "Ground", "RuleFile", "Sealing", "Journal", "Rulebook", "Compute", "Duties",
      "FoundationEssentials", "Glibc", "Synchronization",
    ],
    "Documents": [
      "Ground", "Programs", "RuleFile", "Sealing", "Rulebook", "Compute", "Duties", "Workspace",
      "FoundationEssentials",
    ],
    "Server": [
      "Ground", "RuleFile", "Sealing", "Outbound", "Journal", "Rulebook", "Compute", "Duties",
      "Workspace", "Documents", "Hummingbird", "HummingbirdCore", "HummingbirdTLS",
      "ServiceLifecycle", "NIOSSL",
      "JWTKit", "HTTPTypes", "NIOCore", "Logging", "Synchronization", "Glibc",
    ],
    "systemic": [
      "Ground", "RuleFile", "Sealing", "Journal", "Rulebook", "Compute", "Duties", "Store",
      "Workspace", "Documents", "Server", "Outbound", "ArgumentParser", "Foundation", "Glibc",
      "Dispatch",
      "Synchronization",
    ],
  ]

  static func findings(_ tree: Tree) -> [Finding] {
    var found: [Finding] = []
    for file in tree.files(below: "Sources", ending: ".swift") {
      let room = String(file.path.split(separator: "/")[1])
      guard let allowed = table[room] else {
        found.append(
          Finding(
            file.path, "\(room) is not a room of the import table",
            instead: "add its row to ImportRule and to ARCHITECTURE.md"))
        continue
      }
      for (number, line) in file.lines {
        guard let module = module(line), !allowed.contains(module) else { continue }
        found.append(
          Finding(
            file.path, number, "\(room) must not import \(module)",
            instead: "it may import " + allowed.sorted().joined(separator: ", ")))
      }
    }
    return found
  }

  /// The module that a line imports.
  static func module(_ line: String) -> String? {
    let words = line.split(separator: " ")
    guard let index = words.firstIndex(of: "import"), index + 1 < words.count,
      words[..<index].allSatisfy({ $0.hasPrefix("@") || levels.contains(String($0)) })
    else { return nil }
    var name = words[index + 1]
    if kinds.contains(String(name)), index + 2 < words.count { name = words[index + 2] }
    return String(name.prefix { $0 != "." })
  }

  private static let levels: Set = ["public", "package", "internal", "fileprivate", "private"]
  private static let kinds: Set = [
    "struct", "class", "enum", "protocol", "func", "var", "let", "typealias",
  ]
}
