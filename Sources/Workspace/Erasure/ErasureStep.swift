/// How far an erasure has come; what is done when one is reached is durable.
///
/// A crash at any of them is finished by `finishErasures`.
enum ErasureStep: String, Sendable, CaseIterable {
  /// A new epoch has its key; nothing was erased yet.
  case epochBegun
  /// Contents, states and keys of the records are gone from the store; the erasure is recorded.
  case contentsErased
  /// A sealed file is destroyed.
  case fileDestroyed
  /// Some remaining keys are wrapped under the new epoch.
  case pageRewrapped
  /// All of them are.
  case keysRewrapped
  /// The key of an epoch before is destroyed.
  case epochDestroyed
}
