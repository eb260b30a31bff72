import ArgumentParser
import Foundation
import Ground
import Rulebook
import Store
import Workspace

/// Options of every command that works on a workspace, and the wiring of store, keys, time and law.
struct WorkspaceOptions: ParsableArguments {
  @Option(
    name: [.customShort("w"), .long],
    help: "The workspace; default SYSTEMIC_WORKSPACE, else the folder here or above.")
  var workspace: String?
  @Option(
    name: .customLong("as"),
    help: "Act as this person; asks for passphrase or token, or takes SYSTEMIC_SECRET.")
  var person: String?

  /// What a command needs of the store.
  enum Access { case read, write, audit }

  /// The workspace's folder.
  func folder() throws -> WorkspaceFolder {
    let environment = ProcessInfo.processInfo.environment["SYSTEMIC_WORKSPACE"] ?? ""
    let path = workspace ?? (environment.isEmpty ? "." : environment)
    return try WorkspaceFolder.found(from: path)
  }

  /// Opens the workspace, does the work, and signs a checkpoint over what was written.
  func open(_ access: Access, _ work: (OpenWorkspace) async throws -> Void) async throws {
    try await Terminal.run {
      let folder = try folder()
      // Who signs in may be refused, and what an inspector reads is noted: both are written.
      let writes = access == .write || access == .read && person != nil
      let store = try Wiring.store(folder, writes ? .write : access)
      do {
        let workspace = try await signedIn(
          Wiring.workspace(folder, store: store, needsKeys: access != .audit))
        do { try await work(workspace) } catch {
          try? await workspace.writeNotes()
          throw error
        }
        try await workspace.writeNotes()
        if writes { try await Wiring.publish(workspace) }
      } catch {
        await store.close()
        throw error
      }
      await store.close()
    }
  }

  private func signedIn(_ workspace: OpenWorkspace) async throws -> OpenWorkspace {
    guard let person else { return workspace }
    let secret = try Secret.ask("Passphrase or token of \(person): ", variable: "SYSTEMIC_SECRET")
    let notes = AccessNotes(request: "command")
    do {
      return workspace.acting(
        as: try await workspace.signIn(name: person, secret: secret), noting: notes)
    } catch {
      guard error.code == "workspace.code-needed" else { throw error }
      let code = try Secret.ask("Code of the second factor: ", variable: "SYSTEMIC_CODE")
      return workspace.acting(
        as: try await workspace.signIn(name: person, secret: secret, code: code), noting: notes)
    }
  }
}

/// Where the parts of a workspace are put together.
enum Wiring {
  /// The store of a workspace: the file itself, or the server that holds it.
  static func store(
    _ folder: WorkspaceFolder, _ access: WorkspaceOptions.Access
  ) throws(Problem) -> any RecordStore {
    guard access == .write else {
      return try SQLiteStore(path: folder.store, access: access == .read ? .readOnly : .audit)
    }
    do {
      return try SQLiteStore(path: folder.store, access: .writeExisting)
    } catch {
      guard error.code == "store.in-use",
        let local = try LocalStore(path: folder.store, socket: folder.socket)
      else { throw error }
      return local
    }
  }

  /// Time, law and user of this machine.
  static func surroundings(_ folder: WorkspaceFolder) throws(Problem) -> Surroundings {
    let path = folder.path + "/overlay.yaml"
    let overlay = FileManager.default.fileExists(atPath: path) ? try OverlayFile.read(path) : nil
    return Surroundings(
      now: { Instant(seconds: Int(Date().timeIntervalSince1970)) },
      law: { Law.at($0, overlay: overlay) }, user: NSUserName())
  }

  /// An open workspace of whoever sits at the machine.
  static func workspace(
    _ folder: WorkspaceFolder, store: any RecordStore, needsKeys: Bool = true
  ) throws(Problem) -> OpenWorkspace {
    let surroundings = try surroundings(folder)
    return OpenWorkspace(
      folder: folder, description: try WorkspaceDescription(folder), store: store,
      keys: try keys(folder, areNeeded: needsKeys), surroundings: surroundings,
      who: .localOperator(surroundings.user))
  }

  /// The keys of a workspace; none where it was restored without them and is to be verified only.
  private static func keys(
    _ folder: WorkspaceFolder, areNeeded: Bool
  ) throws(Problem) -> KeyRing {
    do { return try KeyRing(folder) } catch {
      guard !areNeeded, error.code == "workspace.no-keys" else { throw error }
      return .absent
    }
  }

  /// Signs checkpoints over what was written.
  static func publish(_ workspace: OpenWorkspace) async throws(Problem) {
    // The process that holds the workspace signs for all.
    guard !(workspace.store is LocalStore) else { return }
    _ = try await Checkpoints(workspace.acting(as: .system)).publishAll()
  }
}

/// Secrets that people type.
enum Secret {
  /// A secret from the environment, or typed without being shown.
  static func ask(_ prompt: String, variable: String) throws -> String {
    if let value = ProcessInfo.processInfo.environment[variable], !value.isEmpty { return value }
    guard isatty(0) == 1 else {
      throw Problem(
        "systemic.no-secret", what: "a secret is needed, and there is nobody to ask",
        why: "it is typed on a terminal or given in the environment",
        mend: "set \(variable), and keep it out of the shell's history")
    }
    Terminal.show(prompt)
    var before = termios()
    tcgetattr(0, &before)
    var quiet = before
    quiet.c_lflag &= ~tcflag_t(ECHO)
    tcsetattr(0, TCSANOW, &quiet)
    defer {
      tcsetattr(0, TCSANOW, &before)
      Terminal.show("\n")
    }
    return readLine() ?? ""
  }

  /// A new passphrase, typed twice.
  static func new(_ whose: String, variable: String) throws -> String {
    let first = try ask("New passphrase \(whose): ", variable: variable)
    guard ProcessInfo.processInfo.environment[variable, default: ""].isEmpty else { return first }
    guard try ask("Again: ", variable: variable) == first else {
      throw Problem(
        "systemic.secrets-differ", what: "the two passphrases differ",
        why: "a slip would lock the door", mend: "type it again")
    }
    return first
  }
}
