public import Ground

/// What an authority states: a digest existed at a time.
///
/// Source: RFC 3161, section 2.4.2.
public struct Timestamp: Sendable, Equatable {
  /// When, in whole seconds; parts of a second are left out.
  public let time: Instant
  /// How far the time may be off in both directions; nil where the authority does not say.
  public let accuracy: Duration?
  /// The number of the timestamp at its authority, in lower-case hexadecimal.
  public let serial: String
  /// The policy under which it was made, such as `1.2.3.4.1`.
  public let policy: String
  /// The name in the certificate of the authority.
  public let authority: String
}
