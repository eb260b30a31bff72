internal import Duties
internal import Ground
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// What a program is answered.
struct APIReply: Sendable {
  /// The content of an answer.
  enum Body: Sendable {
    case none
    case json(JSON)
    case bytes([UInt8], type: String)
    /// Written piece by piece; it ends when the closure ends.
    case stream(
      type: String, length: Int?,
      @Sendable @concurrent (inout any ResponseBodyWriter) async throws -> Void)
  }

  var status: Int
  var body: Body
  var fields: [(name: String, value: String)] = []

  /// An object.
  static func json(_ json: JSON, status: Int = 200) -> APIReply {
    APIReply(status: status, body: .json(json))
  }

  /// A text or file.
  static func bytes(_ bytes: [UInt8], type: String, name: String? = nil) -> APIReply {
    var reply = APIReply(status: 200, body: .bytes(bytes, type: type))
    if let name { reply.fields.append(("content-disposition", "attachment; filename=\"\(name)\"")) }
    return reply
  }

  /// A record with its version.
  static func record(_ state: RecordState, _ call: APICall, status: Int = 200) -> APIReply {
    let tag = APIReply.tag(state.version)
    if status == 200, call.operation.method == .get, call.known == tag {
      return APIReply(status: 304, body: .none, fields: [("etag", tag)])
    }
    var reply = APIReply.json(RecordShape.json(state), status: status)
    reply.fields.append(("etag", tag))
    if status == 201 {
      reply.fields.append(("location", API.base + "/" + APIKinds.path(state.id)))
    }
    return reply
  }

  /// The entity tag of a version.
  static func tag(_ version: Int) -> String { "\"v\(version)\"" }

  /// As the library sends it.
  var response: Response {
    var headers = SecurityFields.all
    let content: ResponseBody
    switch body {
    case .none: content = .init()
    case .json(let json):
      headers[.contentType] =
        status >= 400 ? "application/problem+json" : "application/json"
      content = .init(byteBuffer: ByteBuffer(bytes: json.compactBytes))
    case .bytes(let bytes, let type):
      headers[.contentType] = type
      content = .init(byteBuffer: ByteBuffer(bytes: bytes))
    case .stream(let type, let length, let write):
      headers[.contentType] = type
      content = .init(contentLength: length) { writer in
        try await write(&writer)
        try await writer.finish(nil)
      }
    }
    for (name, value) in fields {
      if let name = HTTPField.Name(name) { headers[name] = value }
    }
    return Response(status: .init(code: status), headers: headers, body: content)
  }
}
