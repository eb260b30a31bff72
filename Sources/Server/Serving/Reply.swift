public import Documents
public import Ground
internal import HTTPTypes

/// What the desk answers.
public struct Reply: Sendable {
  /// The content of an answer.
  public enum Body: Sendable {
    /// Nothing.
    case empty
    /// A page.
    case page(HTML)
    /// A text of a type, such as `text/css`.
    case text(String, type: String)
    /// Bytes of a type, to be kept under a file name where there is one.
    case bytes([UInt8], type: String, name: String?)
    /// An object for programs.
    case json(JSON)
  }

  /// The status code.
  public var status: Int
  /// Further header fields.
  public var fields: [(name: String, value: String)] = []
  /// The content.
  public var body: Body

  /// An answer.
  public init(status: Int = 200, _ body: Body) {
    self.status = status
    self.body = body
  }

  /// A page.
  static func page(_ html: HTML, status: Int = 200) -> Reply { Reply(status: status, .page(html)) }

  /// On to another page of the desk, to be asked with GET.
  static func see(_ path: String) -> Reply {
    var reply = Reply(status: 303, .empty)
    reply.fields.append(("location", path))
    return reply
  }
}
