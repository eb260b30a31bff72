internal import Duties
public import Ground

/// A list as somebody likes to look at it.
public struct SavedView: Sendable {
  /// Its record.
  public let id: RecordID
  /// Its name.
  public let title: String
  /// Its address on the desk.
  public let path: String
}

extension OpenWorkspace {
  /// Most views that one person keeps.
  public static let mostViews = 50
  /// Most letters of a view's name.
  public static let mostViewTitle = 80

  /// The views that the actor keeps, by name.
  ///
  /// - Throws: `store.*`.
  public func ownViews() async throws(Problem) -> [SavedView] {
    try await everyState(.view).compactMap { state in
      guard state.text("person") == "person/" + who.id, state.status == "kept",
        let title = state.text("view_title"), let path = state.text("view_path")
      else { return nil }
      return SavedView(id: state.id, title: title, path: path)
    }.sorted { ($0.title, $0.id) < ($1.title, $1.id) }
  }

  /// Keeps a view under a name; another of the same name gives way.
  ///
  /// - Throws: `workspace.bad-view`, `workspace.too-many-views`, `workspace.not-allowed`, `store.*`.
  public func saveView(_ title: String, path: String) async throws(Problem) {
    try await authorise(.chooseSecret)
    let views = try await ownViews()
    let isPath = path.hasPrefix("/") && !path.hasPrefix("//") && !path.contains("\\")
    guard (1...OpenWorkspace.mostViewTitle).contains(title.count), isPath, path.utf8.count <= 2000
    else {
      throw Problem(
        "workspace.bad-view", what: "the view cannot be kept",
        why:
          "its name has 1 to \(OpenWorkspace.mostViewTitle) letters, and its address is one of the desk",
        mend: "choose a short name")
    }
    let same = views.first { $0.title == title }
    guard same != nil || views.count < OpenWorkspace.mostViews else {
      throw Problem(
        "workspace.too-many-views", what: "you keep \(views.count) views",
        why: "at most \(OpenWorkspace.mostViews) are kept", mend: "remove one first")
    }
    if let same { try await removeView(same.id) }
    _ = try await acting(as: .system).record(
      .composed(
        .view, nil,
        Change(
          "view-saved",
          set: [
            ("person", .string("person/" + who.id)), ("view_title", .string(title)),
            ("view_path", .string(path)),
          ], effective: .day(surroundings.today))))
  }

  /// Removes a view of the actor's; another's is left alone.
  ///
  /// - Throws: `store.*`.
  public func removeView(_ id: RecordID) async throws(Problem) {
    guard try await ownViews().contains(where: { $0.id == id }) else { return }
    _ = try await acting(as: .system).record(
      .composed(.view, id, Change("view-removed", effective: .day(surroundings.today))))
  }
}
