internal import Ground
internal import Hummingbird
internal import NIOCore

/// Reads what a request brings, piece by piece.
enum ReadBody {
  /// Hands on each piece; a body that breaks off or states lengths that cannot be is the sender's mistake.
  ///
  /// - Throws: `server.broken-body`, and what `take` throws.
  static func each(_ body: RequestBody, _ take: (ByteBuffer) throws(Problem) -> Void) async throws {
    do {
      for try await piece in body { try take(piece) }
    } catch let problem as Problem {
      throw problem
    } catch is CancellationError {
      throw CancellationError()
    } catch {
      throw Problem(
        "server.broken-body", what: "what was sent cannot be read to its end",
        why: "it broke off on the way, or its lengths are not as HTTP writes them",
        mend: "send it again; nothing was changed")
    }
  }
}
