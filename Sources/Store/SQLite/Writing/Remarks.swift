internal import Ground

/// What the requests of a transaction remark, by group.
struct Remarks {
  private(set) var groups: [[any Remark]] = []
  private var places: [String: Int] = [:]

  mutating func add(_ remark: any Remark) {
    let group = remark.group
    if let place = places[group] {
      groups[place].append(remark)
    } else {
      places[group] = groups.count
      groups.append([remark])
    }
  }
}

/// What a group said, and where it stands.
struct Said {
  let remark: any Remark
  let drafts: [Draft]
  let receipts: [Receipt]
}

extension AppendTransaction {
  /// Appends what was remarked; one draft that is refused ends the transaction for all.
  mutating func say(_ remarks: Remarks, _ state: inout WriterState) throws -> [Said] {
    var said: [Said] = []
    for group in remarks.groups {
      let submission = Submission(try group[0].drafts(with: Array(group.dropFirst())))
      switch try apply(submission, &state) {
      case .refused(let problem): throw problem
      case .repeated: continue
      case .appended(let sizes):
        said.append(
          Said(
            remark: group[0], drafts: submission.drafts,
            receipts: submission.receipts(after: sizes)))
      }
    }
    return said
  }
}
