import Foundation
import Ground

/// What `make bench` measures from inside a process, and what it fills folders with.
///
/// Figures come as JSON on one line.
@main
struct JournalBench {
  private static let usage = """
    usage: journalbench append FOLDER CALLERS SECONDS [ENTRIES]   durable appends through the full path
           journalbench fill FOLDER ENTRIES                       a workspace with so many entries
           journalbench docket FOLDER RECORDS                     a workspace with so many open deadlines
           journalbench desk FOLDER RECORDS                       a workspace with so many records of all kinds
           journalbench incidents FOLDER RECORDS                  so many open incidents; prints how long their docket takes
           journalbench export FOLDER ENTRIES BYTES               an exported directory; prints its key
    """

  static func main() async {
    let words = CommandLine.arguments.dropFirst()
    let numbers = words.dropFirst(2).compactMap { Int($0) }
    guard let work = words.first, let folder = words.dropFirst().first,
      words.count == numbers.count + 2
    else { return end(usage, status: 64) }
    do {
      switch (work, numbers.count) {
      case ("append", 2...3):
        let bench = AppendBench(callers: numbers[0], seconds: numbers[1])
        print(try await bench.run(in: folder, after: numbers.count > 2 ? numbers[2] : 0).json)
      case ("fill", 1): try await Filling.entries(numbers[0], into: folder)
      case ("docket", 1): try await Filling.deadlines(numbers[0], into: folder)
      case ("desk", 1): try await Filling.desk(numbers[0], into: folder)
      case ("incidents", 1):
        print(try await Filling.incidents(numbers[0], into: folder).compact)
      case ("export", 2): print(try Filling.export(folder, entries: numbers[0], bytes: numbers[1]))
      default: end(usage, status: 64)
      }
    } catch let problem as Problem {
      end(problem.terminal, status: 1)
    } catch {
      end("\(error)", status: 1)
    }
  }

  private static func end(_ words: String, status: Int32) {
    FileHandle.standardError.write(Data((words + "\n").utf8))
    exit(status)
  }
}
