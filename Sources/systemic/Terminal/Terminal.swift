import ArgumentParser
import Foundation
import Ground

/// What every command shares: output, errors, colour, the day asked for.
enum Terminal {
  /// Whether the standard error is a terminal that may show progress.
  static var showsProgress: Bool { isatty(2) == 1 }

  /// Whether colours may be used on standard output.
  static var hasColour: Bool {
    let environment = ProcessInfo.processInfo.environment
    return isatty(1) == 1 && environment["NO_COLOR", default: ""].isEmpty
      && environment["TERM"] != "dumb"
  }

  /// Text in a style, where colours may be used.
  static func styled(_ text: String, _ code: String) -> String {
    hasColour ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }

  static func bold(_ text: String) -> String { styled(text, "1") }

  /// Writes a line to standard output.
  ///
  /// A full disk or a closed pipe ends the program with status 1 and a word on standard error.
  static func say(_ text: String) {
    do {
      let writer = LineWriter(path: nil)
      try writer.write(text)
      try writer.finish()
    } catch {
      warn((error as? Problem)?.terminal ?? "error: the output could not be written")
      exit(1)
    }
  }

  /// Writes a line to standard error.
  static func warn(_ text: String) { show(text + "\n") }

  /// Writes to standard error without a line end: progress.
  static func show(_ text: String) {
    // Standard error that cannot be written has nobody to tell.
    _ = try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }

  /// Shows a problem and ends with status 1.
  static func fail(_ problem: Problem) -> ExitCode {
    warn(problem.terminal)
    return ExitCode(1)
  }

  /// Runs a command's work; problems are shown, not thrown at the user.
  static func run(_ work: () throws -> Void) throws {
    do {
      try work()
    } catch let problem as Problem {
      throw fail(problem)
    }
  }

  /// The same for work that waits.
  static func run(_ work: () async throws -> Void) async throws {
    do {
      try await work()
    } catch let problem as Problem {
      throw fail(problem)
    }
  }

  /// What the clock of this machine says.
  static var now: Instant { Instant(seconds: Int(Date().timeIntervalSince1970)) }

  /// The day of a text, or today in Brussels.
  static func day(_ text: String?) throws -> Day {
    guard let text else { return now.day }
    guard let day = Day(iso: text) else {
      throw ValidationError("\"\(text)\" is not a day; write it as YYYY-MM-DD.")
    }
    return day
  }
}
