internal import Documents
internal import Duties
internal import Ground
internal import Hummingbird
internal import NIOCore
internal import Synchronization
internal import Workspace

/// Pages as they were made of late: shown again as they are until anything is written or the minute ends.
///
/// What such a page says follows from the records, from who asks and where, and from the time to the minute. That it was
/// shown is noted each time.
final class KeptPages: Sendable {
  /// For whom a page was made, and where.
  struct Key: Hashable {
    /// The form key of the session, which stands in the page.
    let session: String
    let address: String
    let base: String
  }

  /// What a page was made from: what stands in the records, and the minute.
  struct Basis: Equatable {
    let edition: [Int]
    let minute: Int
  }

  /// A page, and what was noted when it was made.
  struct Page {
    let bytes: ByteBuffer
    let notes: AccessNotes.Kept
  }

  private struct State {
    var basis: Basis?
    var pages: [Key: Page] = [:]
    var bytes = 0

    mutating func forget() {
      pages = [:]
      bytes = 0
    }
  }

  /// Most bytes of all pages, and of one.
  private static let mostBytes = 8 << 20
  private static let mostPageBytes = 512 << 10

  private let state = Mutex(State())

  /// How many are kept.
  var count: Int { state.withLock { $0.pages.count } }

  /// Answers a visit: with the page as it was made, where nothing has changed since.
  func answer(_ endpoint: Endpoint, _ visit: Visit, address: String) async throws -> Response {
    guard endpoint.isKept, let key = key(visit, address) else {
      return try await endpoint.answer(visit).response
    }
    let workspace = visit.workspace
    // Asked before the page is made: what is written meanwhile makes the next one anew.
    let basis = Basis(
      edition: try await workspace.edition(), minute: workspace.surroundings.now().seconds / 60)
    if let page = page(key, basis) {
      workspace.note(page.notes)
      return KeptPages.response(page.bytes)
    }
    let reply = try await endpoint.answer(visit)
    guard case .page(let html) = reply.body, reply.status == 200, reply.fields.isEmpty,
      let notes = workspace.notedSoFar
    else { return reply.response }
    let page = Page(bytes: ByteBuffer(bytes: html.bytes), notes: notes)
    keep(page, key, basis)
    return KeptPages.response(page.bytes)
  }

  /// Forgets the pages of minutes that have passed, until its task is cancelled: nothing that was erased stays.
  func forgetOld(_ now: @Sendable () -> Instant) async {
    while !Task.isCancelled {
      let minute = now().seconds / 60
      state.withLock { if $0.basis?.minute != minute { $0.forget() } }
      try? await Task.sleep(for: .seconds(60))
    }
  }

  /// Nil where the page is not kept: for strangers, for who reads a scope or is noted at once, in an emergency, and for
  /// records about access, whose log grows with every page.
  private func key(_ visit: Visit, _ address: String) -> Key? {
    guard let session = visit.session, session.who.readsBroadly, session.emergency == nil,
      !session.isReviewDue, visit.form.pairs.isEmpty
    else { return nil }
    if let kind = visit.parts["kind"], RecordKind.named(kind)?.log != .regulatory { return nil }
    return Key(session: visit.formKey, address: address, base: visit.base)
  }

  private func page(_ key: Key, _ basis: Basis) -> Page? {
    state.withLock { state in
      if state.basis != basis {
        state.forget()
        state.basis = basis
      }
      return state.pages[key]
    }
  }

  private func keep(_ page: Page, _ key: Key, _ basis: Basis) {
    let size = page.bytes.readableBytes
    guard size <= KeptPages.mostPageBytes else { return }
    state.withLock { state in
      guard state.basis == basis else { return }
      if state.bytes + size > KeptPages.mostBytes { state.forget() }
      if state.pages.updateValue(page, forKey: key) == nil { state.bytes += size }
    }
  }

  private static func response(_ bytes: ByteBuffer) -> Response {
    var fields = SecurityFields.all
    fields[.contentType] = "text/html; charset=utf-8"
    return Response(status: .ok, headers: fields, body: .init(byteBuffer: bytes))
  }
}
