public import Ground

extension TimestampToken {
  /// The digest that the token says it stamps; trust it only after `verify`.
  public var statedDigest: Digest { content.digest }

  /// The time that the token states; trust it only after `verify`.
  public var statedTime: Instant { content.time }
}
