public import Ground

/// What the next report of a file is.
public enum IncomingReading: Sendable {
  case report(IncomingReport)
  /// A row or object that cannot be taken in.
  case refused(Problem)
}
