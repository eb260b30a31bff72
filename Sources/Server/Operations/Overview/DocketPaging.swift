internal import Duties
internal import Ground
internal import Sealing
internal import Workspace

/// Pages of the docket: a cursor names the last deadline and its place, and is refused when another stands there.
struct DocketPaging {
  let call: APICall
  private let names: [String]

  /// - Parameter names: the parameters that choose deadlines.
  init(_ call: APICall, _ names: [String]) {
    self.call = call
    self.names = names
  }

  /// Some deadlines of a question.
  struct Page {
    let deadlines: [Deadline]
    let total: Int
    let next: String?
    /// The address of the next page.
    ///
    /// Source: RFC 8288, section 3.
    let link: String?
  }

  /// The page that the call asks for.
  ///
  /// - Throws: `server.bad-cursor`, and what reading the docket refuses.
  func page(_ question: DocketQuestion) async throws(Problem) -> Page {
    let limit = call.count("limit") ?? 100
    let cursor = call.text("cursor")
    let start = try cursor.map { text throws(Problem) in try place(text) } ?? 0
    // The last deadline of the page before comes again, to see that it still stands there.
    let part = try await call.workspace.docket(
      question, from: max(0, start - 1), atMost: limit + (start > 0 ? 1 : 0))
    if let cursor {
      guard let last = part.deadlines.first, cursor == text(start, last) else {
        throw DocketPaging.badCursor
      }
    }
    let deadlines = Array(start > 0 ? part.deadlines.dropFirst() : part.deadlines[...])
    let end = start + deadlines.count
    let next = end < part.total ? deadlines.last.map { text(end, $0) } : nil
    return Page(
      deadlines: deadlines, total: part.total, next: next, link: next.map(link))
  }

  private func text(_ place: Int, _ last: Deadline) -> String {
    let asked = names.map { call.values[$0]?.compact ?? "" } + [call.today.iso, last.id]
    return "\(place)-" + Digest(of: asked.joined(separator: "\n").utf8).hex.prefix(16)
  }

  private func place(_ cursor: String) throws(Problem) -> Int {
    guard let place = cursor.split(separator: "-").first.flatMap({ Int($0) }), place > 0 else {
      throw DocketPaging.badCursor
    }
    return place
  }

  private func link(_ next: String) -> String {
    var query = ["cursor=" + next]
    for name in names + ["limit"] {
      guard let value = call.values[name] else { continue }
      query.append(name + "=" + Desk.encoded(value.text ?? value.compact))
    }
    return "<\(API.base)/docket?\(query.joined(separator: "&"))>; rel=\"next\""
  }

  private static let badCursor = Problem(
    "server.bad-cursor", what: "this cursor does not belong to this docket",
    why: "it is good for the question whose page gave it, as long as nothing before it changed",
    mend: "ask for the first page again, without a cursor", places: [Place("cursor")])
}
