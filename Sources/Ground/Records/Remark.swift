/// What a request says in the journal beside its drafts, such as what it was let do.
///
/// Remarks of one group whose requests share a transaction are said together: somebody who asks a hundred things at
/// once is one entry, and the journal grows with what was done.
public protocol Remark: Sendable {
  /// Remarks of the same group may be said together.
  var group: String { get }

  /// Drafts of new records that say this and others of its group, in their order.
  ///
  /// It is asked inside the transaction, at most once for each remark, and must not ask the store.
  func drafts(with others: [any Remark]) throws(Problem) -> [Draft]

  /// Told by one remark of the group where its drafts stand, when they are durable and before anybody is answered.
  func said(_ drafts: [Draft], at receipts: [Receipt])
}

extension RecordStore {
  /// Appends the drafts and what the remark says by itself.
  public func append(
    _ drafts: [Draft], saying remark: any Remark
  ) async throws(Problem) -> [Receipt] {
    let said = try remark.drafts(with: [])
    let receipts = try await append(drafts + said, idempotencyKey: nil)
    remark.said(said, at: Array(receipts.dropFirst(drafts.count)))
    return Array(receipts.prefix(drafts.count))
  }
}
