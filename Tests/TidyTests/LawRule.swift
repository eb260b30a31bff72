import Ground
import RuleFile

/// Rule 4: every file of law reads without problems and was checked not long before the newest.
enum LawRule {
  static let oldestMonths = 18

  static func findings(_ tree: Tree) -> [Finding] {
    let files = tree.files(below: "Sources/Rulebook/Law", ending: ".yaml")
    var found: [Finding] = []
    var days: [(path: String, day: Day)] = []
    var check = LawCheck()
    for file in files {
      let law = LawFile.read(file.text, file: file.path)
      check.add(law)
      found += law.problems.map(finding)
      guard let day = checked(file) else {
        found.append(
          Finding(
            file.path, "no `checked` day", instead: "say when it was compared with its source"))
        continue
      }
      days.append((file.path, day))
    }
    found += check.problems().map(finding)
    guard let newest = days.map(\.day).max() else { return found }
    for (path, day) in days where day.adding(months: oldestMonths) < newest {
      found.append(
        Finding(
          path, "checked on \(day.iso), more than \(oldestMonths) months before \(newest.iso)",
          instead: "compare it with its source again"))
    }
    return found
  }

  private static func checked(_ file: Tree.File) -> Day? {
    for (_, line) in file.lines where line.hasPrefix("checked:") {
      return Day(iso: line.dropFirst(8).prefix { $0 != "#" }.filter { $0 != " " })
    }
    return nil
  }

  private static func finding(_ problem: Problem) -> Finding {
    let place = problem.places.first
    let rule = "\(problem.code): \(problem.what)"
    guard let line = place?.line else {
      return Finding(place?.file ?? "Sources/Rulebook/Law", rule, instead: problem.mend)
    }
    return Finding(place?.file ?? "", line, rule, instead: problem.mend)
  }
}
