internal import Ground
internal import RuleFile

extension Deadline.Status {
  /// Where it stands, as a person reads it.
  public var words: String {
    switch self {
    case .dueSoon: "due soon"
    case .metLate: "met late"
    case .opensLater: "opens later"
    case .notApplicable: "not applicable"
    case .open, .met, .overdue, .undetermined: rawValue
    }
  }
}

extension Deadline {
  /// What is to be done, and for which record.
  public var title: String { prepared.clock.title + ": " + recordTitle }

  /// The same without anything that it concerns.
  public var neutralTitle: String { Deadline.neutralTitle(key: stableKey) }

  /// The neutral title that belongs to a stable key: its eight digits follow from the key.
  public static func neutralTitle(key: String) -> String {
    let digits = String((UInt128(key, radix: 16) ?? 0) % 100_000_000)
    let padded = String(repeating: "0", count: 8 - digits.count) + digits
    return "Regulatory deadline, " + padded.prefix(4) + "-" + padded.suffix(4)
  }

  /// 32 hexadecimal digits that follow from the id and say nothing: the identity in calendars.
  public var stableKey: String {
    let digits = String(StableHash.of(id), radix: 16)
    return String(repeating: "0", count: 32 - digits.count) + digits
  }

  /// What starts it, in words, and the name of the event or field.
  public var startWords: String? {
    found.startFact.map { fact in
      let name = fact.event ?? fact.field ?? ""
      let words = fact.words(prepared.clock.kind)
      return words == name ? words : words + " (" + name + ")"
    }
  }

  /// What ends it, in words with the names of the events; nil where nothing does.
  public var endsWith: String? {
    let ends = prepared.clock.ends.map { fact in
      fact.words(prepared.clock.kind) + (fact.event.map { " (" + $0 + ")" } ?? "")
    }
    let all = ends + [prepared.clock.endsAlso].compactMap { $0 }
    return all.isEmpty ? nil : all.joined(separator: " or ")
  }

  /// How its days were found, step by step, with sources.
  public var basis: [String] {
    var lines: [String] = []
    if let startWords, let start { lines.append("Start: " + startWords + ", " + start.text + ".") }
    if found.notes.contains(.otherTrigger) {
      lines.append("Of several triggers the earliest governs (Art. 52(1): met, or known).")
    }
    if found.notes.contains(.movedStart) {
      lines.append(
        "The trigger lies before Chapter V applied: it counts from the day of application "
          + "(Guidelines C(2025) 7719, ¶ 112).")
    }
    if found.notes.contains(.transition) {
      lines.append(
        "Placed on the market before Chapter V applied: due at the end of the transition"
          + (prepared.transition.map { " (" + $0.text + ")" } ?? "") + ".")
    }
    lines += count?.basis ?? []
    if isShortened, let period = prepared.period, let law = prepared.citation {
      lines.append(
        law.text + " itself gives " + period.words + "; house rules shorten it to "
          + (prepared.housePeriod?.words ?? "") + ".")
    }
    if let delay = prepared.delay {
      lines.append(
        "Measure 7.7 allows a delay of up to \(delay) with an interim report, if the AI Office "
          + "considers the signatory to act in good faith; it is not counted on here.")
    }
    return lines + remarks + ["Source: " + prepared.clock.source + "."]
  }

  private var remarks: [String] {
    var lines: [String] = []
    if found.notes.contains(.passedPlan) {
      lines.append(
        "The planned day has passed: record placed-on-market, or a new plan (placement-planned).")
    }
    if found.notes.contains(.givenUp) {
      lines.append("The model was given up; whether the duty stays is for counsel to say.")
    }
    if found.notes.contains(.endWithoutDay) {
      lines.append(
        "It seems done, but the day was not recorded: it cannot be called in time.")
    }
    if found.notes.contains(.endWithoutHour) {
      lines.append("Hours count here, and the hour of the act was not recorded.")
    }
    if found.notes.contains(.notYet), let words = prepared.application?.words {
      lines.append("It was not owed yet when it began: \(words).")
    }
    if found.notes.contains(.knownBefore), let words = prepared.application?.words {
      lines.append(
        "Whether it is owed is not settled: the involvement of the model was known before, and \(words)."
      )
    }
    if found.notes.contains(.void) { lines.append("It ended without having been met.") }
    if found.notes.contains(.afterAlarm) {
      lines.append("Done after the cautious day and within the one that binds.")
    }
    if found.notes.contains(.contradicted) {
      lines.append(
        "The records contradict each other: a trigger of Art. 52(1) or the notification itself is on the "
          + "record, so that the model is treated as one with systemic risk, while the classification of "
          + "its facts says that it is not presumed to be one. Correct the facts, or the events.")
    }
    return lines + [transitionWords].compactMap { $0 }
  }

  /// What holds for an incident of a model that was placed on the market before Chapter V applied; nil for any other.
  public var transitionWords: String? {
    found.notes.contains(.inTransition)
      ? DutyTable.reportInTransition(prepared.transition) : nil
  }
}

/// FNV-1a with 128 bits: stable on every machine, and no secret.
///
/// Source: draft-eastlake-fnv, section 5 (prime 2^88 + 2^8 + 0x3b and offset basis of 128 bits).
enum StableHash {
  static func of(_ text: String) -> UInt128 {
    let prime: UInt128 = 0x0000_0000_0100_0000_0000_0000_0000_013B
    let basis: UInt128 = 0x6C62_272E_07BB_0142_62B8_2175_6295_C58D
    return text.utf8.reduce(basis) { ($0 ^ UInt128($1)) &* prime }
  }
}
