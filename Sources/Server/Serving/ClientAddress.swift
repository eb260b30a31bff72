internal import HTTPTypes
internal import Hummingbird

/// From where a request comes.
enum ClientAddress {
  /// The address; behind a proxy its last word on it, because those before are the asker's own.
  static func of(
    _ request: Request, _ context: DeskContext, _ configuration: Configuration
  ) -> String {
    let direct = context.remoteAddress?.ipAddress ?? ""
    guard configuration.isOn("behind_proxy"), let name = HTTPField.Name("x-forwarded-for") else {
      return direct
    }
    let last = request.headers[values: name].last?.split(separator: ",").last
    return last.map { String($0.drop { $0 == " " }.prefix(64)) } ?? direct
  }
}
