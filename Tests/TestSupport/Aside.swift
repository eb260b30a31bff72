import Foundation

/// Does what waits for other programs on a thread of its own: tests share few threads, and one that is held is missed by
/// all the others.
public func aside<Value: Sendable>(
  _ work: @escaping @Sendable () throws -> Value
) async throws -> Value {
  try await withCheckedThrowingContinuation { caller in
    Thread.detachNewThread { caller.resume(with: Result { try work() }) }
  }
}
