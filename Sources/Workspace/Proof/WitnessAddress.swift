public import Ground

/// Where a witness listens: a port of this machine, and what stands before its paths.
public struct WitnessAddress: Hashable, Sendable {
  /// The port of 127.0.0.1.
  public let port: UInt16
  /// What stands before the paths, such as `/witness`; empty without.
  public let prefix: String

  /// The address in text.
  public var text: String { "http://127.0.0.1:\(port)\(prefix)" }

  /// Reads `http://127.0.0.1:PORT` with or without a path.
  ///
  /// - Throws: `workspace.bad-witness-address`.
  public init(_ text: String) throws(Problem) {
    let starts = ["http://127.0.0.1:", "http://localhost:"]
    let rest = starts.first { text.hasPrefix($0) }.map { text.dropFirst($0.count) } ?? ""
    let digits = rest.prefix { $0.isASCII && $0.isNumber }
    var path = rest.dropFirst(digits.count)
    while path.hasSuffix("/") { path = path.dropLast() }
    guard let port = UInt16(digits), port > 0, path.isEmpty || path.hasPrefix("/"),
      path.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x3F && $0 != 0x23 })
    else {
      throw Problem(
        "workspace.bad-witness-address",
        what: "“\(text.prefix(200))” is not the address of a witness",
        why: "witnesses are asked on this machine only: nothing is sent over the network in clear",
        mend: "write http://127.0.0.1:PORT; bring a witness elsewhere here through a tunnel")
    }
    self.port = port
    prefix = String(path)
  }
}
