public import Ground

/// On what terms arguments under Article 52(2) go with a notification.
///
/// Source: Regulation (EU) 2024/1689, Art. 52(2); Guidelines C(2025) 7719, ¶ 32 to 40 (numbering inferred).
public enum RebuttalRule {
  /// Refuses arguments to a notification that was sent or given up.
  ///
  /// - Throws: `duties.rebuttal-late`.
  public static func checkOpen(_ notification: RecordState) throws(Problem) {
    guard ["draft", "in review", "approved"].contains(notification.status ?? "") else {
      throw Problem(
        "duties.rebuttal-late",
        what: "arguments go with the notification, and this one is “\(notification.status ?? "")”",
        why: "Art. 52(2) AI Act lets a provider present them with its notification",
        mend: "where a new notification is due, add them to that one")
    }
  }

  /// Refuses a file without arguments; mitigations are none.
  ///
  /// - Throws: `duties.mitigations-only`, `duties.no-arguments`.
  public static func checkArguments(_ rebuttal: RecordState) throws(Problem) {
    let isArgued = ["arguments", "capabilities"].allSatisfy { isWritten($0, in: rebuttal) }
    guard !isArgued else { return }
    let hasNothing = !["arguments", "capabilities", "distance", "further"].contains {
      isWritten($0, in: rebuttal)
    }
    if hasNothing, isWritten("mitigations", in: rebuttal) {
      throw Problem(
        "duties.mitigations-only", what: "mitigations alone are no ground for an exception",
        why:
          "Guidelines C(2025) 7719, ¶ 38-39 (numbering inferred): the risks exist although they are mitigated",
        mend: "argue from the model's specific characteristics and capabilities")
    }
    throw Problem(
      "duties.no-arguments", what: "the file lacks its arguments or what is known of capabilities",
      why:
        "Art. 52(2) AI Act asks for sufficiently substantiated arguments; the Guidelines, C(2025) 7719, ¶ 34 (numbering inferred), for capabilities",
      mend: "fill in “arguments” and “capabilities”",
      places: ["arguments", "capabilities"].filter { !isWritten($0, in: rebuttal) }.map {
        Place($0)
      })
  }

  /// Refuses to send a notification while its arguments wait: after it they could not be presented.
  ///
  /// - Throws: `duties.rebuttal-waits`.
  public static func checkSettled(_ rebuttals: [RecordState]) throws(Problem) {
    guard let open = rebuttals.first(where: { ["draft", "in review"].contains($0.status ?? "") })
    else { return }
    throw Problem(
      "duties.rebuttal-waits",
      what: "the arguments of this notification are “\(open.status ?? "")”",
      why: "they go with the notification, and cannot be presented after it (Art. 52(2) AI Act)",
      mend: "have them approved, or give them up: \(open.id.text)")
  }

  /// What every file of arguments says of itself.
  public static let caution =
    "Arguing does not suspend any obligation (Guidelines C(2025) 7719, ¶ 39-40), and mitigations, existing or planned, are no "
    + "ground (¶ 38-39). The Guidelines do not bind; the numbering of these paragraphs is inferred."

  private static func isWritten(_ field: String, in state: RecordState) -> Bool {
    state.text(field).map { $0.contains { !$0.isWhitespace } } ?? false
  }
}
