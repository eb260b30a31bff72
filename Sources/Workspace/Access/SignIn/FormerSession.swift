internal import Duties
public import Ground
internal import Sealing

extension OpenWorkspace {
  /// Who was signed in by a secret whose session has ended or run out, as long as they may still act; nil when the
  /// secret is none of ours.
  ///
  /// It lets nobody in. It says for whom to keep what they had typed.
  /// - Throws: `store.*`, `sealing.*`.
  public func formerOwner(of secret: String) async throws(Problem) -> String? {
    guard let token = try? AccessToken(secret),
      let id = RecordID("session/" + token.digest.suffix(32)),
      let session = try await own(id), let kept = session.text("token"),
      token.matches(digest: kept), let owner = session.text("person").flatMap({ RecordID($0) }),
      let person = try await own(owner), person.status == "active"
    else { return nil }
    return person.id.key
  }
}
