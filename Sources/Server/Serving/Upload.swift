internal import Ground
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
public import Workspace

/// A file that was sent with a form.
public struct SentFile: Sendable {
  /// Its name on the sender's machine, without folders.
  public let name: String
  /// What it holds, sealed; gone when nobody refers to it any more.
  public let scratch: ScratchFile
}

/// Reads a form with at most one file; the file goes to the disk as it comes, sealed, and not through memory.
enum Upload {
  /// Most bytes of a file.
  static let mostBytes = 512 << 20

  /// Reads the form.
  ///
  /// - Parameter isWanted: asked when a file begins, with what stands before it; less than a piece of it is kept by then.
  static func read(
    _ request: Request, into folder: WorkspaceFolder, atMost most: Int = mostBytes,
    isWanted: (Form) throws(Problem) -> Void = { (_) throws(Problem) in }
  ) async throws -> (form: Form, file: SentFile?) {
    guard var reader = MultipartReader(contentType: request.headers[.contentType] ?? "") else {
      throw MultipartReader.broken
    }
    let scratch = try ScratchWriter(in: folder)
    let pace = RequestPace()
    var received = 0
    var isAsked = false
    try await ReadBody.each(request.body) { buffer throws(Problem) in
      try reader.read(buffer.readableBytesView) { bytes throws(Problem) in
        guard scratch.count + bytes.count <= most else { throw tooLarge(most) }
        try scratch.write(bytes)
      }
      if !isAsked, scratch.count > 0 {
        isAsked = true
        try isWanted(Form(reader.pairs))
      }
      guard reader.files.count <= 1 else { throw several }
      received += buffer.readableBytes
      try pace.check(received)
    }
    guard reader.isComplete else { throw MultipartReader.broken }
    let sent = try scratch.finish()
    // A browser sends a part without name or content where no file was chosen.
    let file = reader.files.first.flatMap { file in
      sent.count > 0 ? SentFile(name: file.name, scratch: sent) : nil
    }
    return (Form(reader.pairs), file)
  }

  private static func tooLarge(_ most: Int) -> Problem {
    Problem(
      "server.too-large", what: "the file is too large for a form",
      why: "a form takes \(most >> 20) MiB; nothing was kept",
      mend: most < mostBytes
        ? "send a smaller one, or none"
        : "use the command line, which has no such limit: systemic run import, systemic evidence add"
    )
  }

  private static let several = Problem(
    "server.several-files", what: "there is more than one file",
    why: "each file becomes a record of its own", mend: "send one file at a time")
}
