/// What is sent to somebody else's machine.
public struct OutboundRequest: Sendable {
  /// How it is asked.
  public enum Method: String, Sendable {
    case get = "GET"
    case post = "POST"
    case put = "PUT"
    case patch = "PATCH"
    case delete = "DELETE"
  }

  /// How it is asked.
  public var method: Method
  /// Where.
  public var address: WebAddress
  /// Header fields.
  public var fields: [(name: String, value: String)]
  /// The content; empty for none.
  public var body: [UInt8]

  /// A request.
  public init(
    _ method: Method = .get, _ address: WebAddress, fields: [(name: String, value: String)] = [],
    body: [UInt8] = []
  ) {
    self.method = method
    self.address = address
    self.fields = fields
    self.body = body
  }
}

/// What came back.
public struct OutboundAnswer: Sendable {
  /// The status code.
  public let status: Int
  /// Header fields.
  public let fields: [(name: String, value: String)]
  /// The content, bounded.
  public let body: [UInt8]

  /// An answer.
  public init(status: Int, fields: [(name: String, value: String)], body: [UInt8]) {
    self.status = status
    self.fields = fields
    self.body = body
  }

  /// Whether it was taken: 200 to 299.
  public var isDone: Bool { (200..<300).contains(status) }

  /// The first header field of a name, which is not told by its case.
  public func field(_ name: String) -> String? {
    fields.first { $0.name.lowercased() == name.lowercased() }?.value
  }
}
