internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// What of a list somebody asks for in the address: words, status, order and page.
struct ListChoice {
  let path: String
  private(set) var question: ListQuestion
  private let page: Int

  /// Rows of a page.
  static let rows = 100

  init(_ visit: Visit, _ kind: RecordKind) {
    path = visit.path
    question = ListQuestion(kind)
    question.words = visit.query.text("words").map { String($0.prefix(200)) }
    question.status = visit.query.text("status")
    let order = visit.query.text("order") ?? ""
    if let wanted = SummaryOrder(rawValue: order.hasPrefix("-") ? String(order.dropFirst()) : order)
    {
      question.order = wanted
      question.isDescending = order.hasPrefix("-")
    }
    page = Paging.number(visit)
    question.limit = ListChoice.rows
    question.start = (page - 1) * ListChoice.rows
  }

  /// Whether something is left out.
  var isNarrowed: Bool { question.words != nil || question.status != nil || page > 1 }

  /// The form by which a list is narrowed and sorted.
  func form(_ statuses: [String]) -> HTML {
    let states = statuses.map { status -> HTML in
      let isChosen: HTML = status == question.status ? " selected" : ""
      return "<option\(isChosen)>\(status)</option>"
    }
    let orders = ListChoice.orders.map { value, title -> HTML in
      let isChosen: HTML = value == order ? " selected" : ""
      return "<option value=\"\(value)\"\(isChosen)>\(title)</option>"
    }
    return """
      <form method="get" class="choices">
      <label>Title holds <input type="search" name="words" value="\(question.words ?? "")"></label>
      <label>Status <select name="status"><option value="">any</option>\(states)</select></label>
      <label>Order <select name="order">\(orders)</select></label>
      <button>Show</button>
      </form>

      """
  }

  private static let orders = [
    ("-changed", "changed last first"), ("changed", "changed first first"), ("title", "by title"),
    ("-title", "by title, backwards"), ("status", "by status"), ("-version", "most versions first"),
  ]

  private var order: String { (question.isDescending ? "-" : "") + question.order.rawValue }

  /// The way to other pages.
  func pages(_ total: Int) -> HTML {
    Paging(page: page, rows: ListChoice.rows).links(total, address)
  }

  private func address(_ page: Int) -> String {
    var parts = ["page=" + String(page)]
    if let words = question.words { parts.append("words=" + Desk.encoded(words)) }
    if let status = question.status { parts.append("status=" + Desk.encoded(status)) }
    if order != "-changed" { parts.append("order=" + Desk.encoded(order)) }
    return path + "?" + parts.joined(separator: "&")
  }
}

/// Pages of a long list.
struct Paging {
  let page: Int
  let rows: Int
  /// The last page that is looked for.
  private static let last = 1_000_000

  /// The page that an address asks for, from 1.
  static func number(_ visit: Visit) -> Int {
    min(max(1, visit.query.text("page").flatMap { Int($0) } ?? 1), last)
  }

  /// Links to the page before and the one after; nothing where all fits on one.
  func links(_ total: Int, _ address: (Int) -> String) -> HTML {
    let last = (total + rows - 1) / rows
    guard last > 1 else { return "" }
    let before: HTML = page > 1 ? Parts.link(address(min(page - 1, last)), "Before") : ""
    let after: HTML = page < last ? Parts.link(address(page + 1), "Further") : ""
    return
      "<nav class=\"pages\" aria-label=\"Pages\">\(before) page \(page) of \(last) \(after)</nav>\n"
  }
}
