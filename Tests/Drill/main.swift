/// A program that writes to a store and tells what was acknowledged, to be killed, traced and
/// starved by tests.
///
/// `storedrill append PATH COUNT [CALLERS]` appends and writes `ack N` once N entries are durable,
/// each in one `write`; `storedrill erase PATH COUNT` erases each second record, `checkpoint` keeps
/// one after each entry, `copy` copies after each ten; `storedrill hold PATH` opens for writing,
/// writes `ready` and waits for the end of its input; `storedrill read PATH` writes the size that a
/// reader sees; `storedrill check PATH [LEAST]` opens a store after a crash, compares every hash,
/// and writes `ok SIZE ROOT`.
import Foundation
import Ground
import Journal
import Sealing
import Store
import Synchronization

let drill = Drill(Array(CommandLine.arguments.dropFirst()))
do {
  try await drill.run()
} catch {
  let text = (error as? Problem).map { $0.code + "\n" + $0.terminal } ?? "\(error)"
  FileHandle.standardError.write(Data((text + "\n").utf8))
  exit(1)
}
