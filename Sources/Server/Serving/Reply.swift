public import Documents
public import Ground
internal import HTTPTypes

/// What the desk answers.
public struct Reply: Sendable {
  /// Begins a content; each call of what it gives is the next piece, and nil comes after the last.
  public typealias Pieces = @Sendable () throws -> () throws -> [UInt8]?

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
    /// Bytes that are made while they are sent, of a known count.
    case stream(count: Int, type: String, name: String?, pieces: Pieces)
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

  /// The field that makes browsers keep an answer under a name, whatever letters it has.
  ///
  /// Source: RFC 6266, section 4.3; RFC 8187, section 3.2.
  static func attachment(_ name: String) -> String {
    let plain = name.unicodeScalars.map { scalar -> Character in
      (0x20...0x7E).contains(scalar.value) && !"\"\\%/".unicodeScalars.contains(scalar)
        ? Character(scalar) : "_"
    }
    return
      "attachment; filename=\"\(String(plain))\"; filename*=UTF-8''\(Desk.encoded(name).replacing("/", with: "%2F"))"
  }

  /// On to another page of the desk, to be asked with GET.
  static func see(_ path: String) -> Reply {
    var reply = Reply(status: 303, .empty)
    reply.fields.append(("location", path))
    return reply
  }
}
