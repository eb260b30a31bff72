/// The secret by which a receiver knows that a message is ours and was not changed.
///
/// Source: Standard Webhooks, sections on signatures: HMAC-SHA256 over `id.timestamp.body`, the secret as `whsec_` and Base64.
public struct WebhookSecret: Sendable, CustomStringConvertible, CustomReflectable {
  /// What every secret begins with.
  public static let prefix = "whsec_"

  /// As it is shown once.
  public let text: String
  private let key: [UInt8]

  /// A new secret of 32 random bytes.
  public init() {
    key = RandomBytes.make(Commitment.byteCount)
    text = WebhookSecret.prefix + Base64.text(key)
  }

  /// Reads a secret that was kept; nil for anything else.
  public init?(_ text: String) {
    guard text.hasPrefix(WebhookSecret.prefix),
      let key = Base64.bytes(String(text.dropFirst(WebhookSecret.prefix.count))),
      key.count == Commitment.byteCount
    else { return nil }
    self.text = text
    self.key = key
  }

  /// One signature of a message, as it stands in `webhook-signature`.
  ///
  /// - Parameters:
  ///   - id: The message's id, the same in every attempt.
  ///   - timestamp: Seconds since 1970 of this attempt.
  public func signature(id: String, timestamp: Int, body: [UInt8]) -> String {
    let content = Array("\(id).\(timestamp).".utf8) + body
    return "v1," + Base64.text(Commitment.value(content: content, salt: key))
  }

  /// Says that it is a secret, and nothing of it.
  public var description: String { "WebhookSecret" }

  /// No children, so that no dump shows the text.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
