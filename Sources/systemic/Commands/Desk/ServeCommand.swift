import ArgumentParser
import Dispatch
import Foundation
import Ground
import Server
import Store
import Synchronization
import Workspace

/// `systemic serve`.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract:
      "Hold a workspace: pages in the browser, and the one process that writes, until it is told to end.",
    discussion: """
      The pages are at the address of --listen, http://127.0.0.1:7410 where none is given. Whoever is registered signs in;
      systemic person link NAME makes a link for the first time. An address other than loopback needs TLS: --certificate
      and --key, or a proxy in front of it, which --behind-proxy states.

      Commands that run meanwhile read beside it and write through its local socket, so that they share its commits.
      It signs a checkpoint within a second of every change, and asks the trusted witnesses. SIGTERM or Ctrl-C ends it.

      Example:
        systemic serve --workspace records --listen 127.0.0.1:7410
      """)
  /// Where the pages are when nothing else is said.
  static let usualAddress = "127.0.0.1:7410"

  @Option(
    help: "HOST:PORT of the pages, or off for none; default as configured, else 127.0.0.1:7410.")
  var listen: String?
  @Flag(help: "A proxy in front of it speaks TLS with the browsers.")
  var behindProxy = false
  @Option(
    help: "The certificate, with those above it, with which the server itself speaks TLS (PEM).")
  var certificate: String?
  @Option(help: "The private key of the certificate (PEM).")
  var key: String?
  @Option(
    help:
      "A JSON file that names the identity provider; its secret is in SYSTEMIC_PROVIDER_SECRET.")
  var provider: String?
  @Option(help: "Changes that one person, and one address, may send in a minute; 0 for any number.")
  var changesPerMinute: Int?
  @Option(help: "Attempts to sign in that one address may make in a minute; 0 for any number.")
  var signInsPerMinute: Int?
  @Option(help: "Seconds between checkpoints; default as configured, else 1.")
  var every: Double?
  @OptionGroup var configured: ConfigurationOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await Terminal.run {
      let folder = try options.folder()
      let configuration = try configured.read(folder, more: said)
      let store = try SQLiteStore(path: folder.store, access: .writeExisting)
      let workspace = try Wiring.workspace(folder, store: store)
      let server = try LocalServer(path: folder.socket, store: store)
      let ended = Ended()
      let signals = ended.listening()
      defer { signals.forEach { $0.cancel() } }
      Terminal.say("holding \(folder.path); Ctrl-C ends")
      let pages = try self.pages(of: workspace, configuration)
      let pause = every ?? Double(configuration.number("checkpoint_seconds") ?? 1)
      let rounds = try FeedRounds(workspace, configuration, log: { Terminal.warn($0) })
      let feeds = Task { await rounds.run() }
      defer {
        pages?.cancel()
        feeds.cancel()
      }
      while !ended.isAsked {
        do {
          try await Wiring.publish(workspace.acting(as: .system))
        } catch let problem as Problem {
          Terminal.warn(problem.terminal)
        }
        await ended.wait(seconds: pause)
      }
      // What is under way is answered before the store closes.
      pages?.cancel()
      await pages?.value
      server.stop()
      await store.close()
      Terminal.say("ended; nothing is open")
    }
  }
}

extension ServeCommand {
  /// What the command line says, as the variables that say the same.
  private var said: [String: String] {
    var said: [String: String] = [:]
    if let listen { said["SYSTEMIC_LISTEN"] = listen }
    if behindProxy { said["SYSTEMIC_BEHIND_PROXY"] = "yes" }
    if let certificate { said["SYSTEMIC_TLS_CERTIFICATE"] = certificate }
    if let key { said["SYSTEMIC_TLS_KEY"] = key }
    if let provider { said["SYSTEMIC_OIDC_PROVIDER"] = provider }
    if let changesPerMinute { said["SYSTEMIC_LIMITS_CHANGES_PER_MINUTE"] = "\(changesPerMinute)" }
    if let signInsPerMinute { said["SYSTEMIC_LIMITS_SIGN_INS_PER_MINUTE"] = "\(signInsPerMinute)" }
    return said
  }

  private func identityProvider(
    _ path: String, _ configuration: Configuration
  ) throws -> IdentityProvider {
    let given = ProcessInfo.processInfo.environment["SYSTEMIC_PROVIDER_SECRET"] ?? ""
    let secret = try configuration.secret("oidc.secret") ?? given
    let bytes = Array(try TextFile.read(path).utf8)
    return try IdentityProvider(
      try JSON(parsing: bytes, file: path), secret: secret.isEmpty ? nil : secret)
  }

  /// Serves the pages beside the rest; a port that is taken ends nothing but the pages, and says so.
  private func pages(
    of workspace: OpenWorkspace, _ configuration: Configuration
  ) throws -> Task<Void, Never>? {
    let listen = configuration.text("listen") ?? ServeCommand.usualAddress
    guard listen != "off" else { return nil }
    let parts = listen.split(separator: ":")
    guard let port = parts.last.flatMap({ Int($0) }), (0...65535).contains(port), parts.count >= 2
    else { throw ValidationError("\"\(listen)\" is no HOST:PORT; write 127.0.0.1:7410, or off.") }
    let host = listen.dropLast(parts[parts.count - 1].count + 1)
      .trimmingCharacters(in: CharacterSet(charactersIn: "[]"))
    let certificate = configuration.text("tls.certificate")
    let key = configuration.text("tls.key")
    guard (certificate == nil) == (key == nil) else {
      throw ValidationError("A certificate and its key go together.")
    }
    let isBehindProxy = configuration.isOn("behind_proxy")
    guard isBehindProxy || certificate != nil || ["127.0.0.1", "::1", "localhost"].contains(host)
    else {
      throw ValidationError(
        "\(host) is not loopback: secrets would travel in the open. Give --certificate and --key, or put a proxy that "
          + "speaks TLS in front, and say --behind-proxy.")
    }
    var options = DeskOptions()
    if let most = configuration.number("limits.changes_per_minute") {
      options.changesPerMinute = most
    }
    if let most = configuration.number("limits.sign_ins_per_minute") {
      options.signInsPerMinute = most
    }
    options.isBehindProxy = isBehindProxy
    options.provider = try configuration.text("oidc.provider").map { path in
      try identityProvider(path, configuration)
    }
    let files = certificate.flatMap { chain in key.map { Certificate(chain: chain, key: $0) } }
    let scheme = files == nil ? "http" : "https"
    let server = DeskServer(
      workspace, host: host, port: port, certificate: files, configuration: configuration,
      options: options, log: { Terminal.warn($0) })
    return Task {
      do throws(Problem) {
        try await server.run { port in Terminal.say("the desk is at \(scheme)://\(host):\(port)") }
      } catch {
        Terminal.warn(error.terminal)
      }
    }
  }
}

/// Whether the process was asked to end, by SIGTERM or Ctrl-C.
final class Ended: Sendable {
  private let semaphore = DispatchSemaphore(value: 0)
  private let isSet = Mutex(false)

  /// Listens for as long as the answer is kept.
  func listening() -> [any DispatchSourceSignal] {
    [SIGTERM, SIGINT].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { [self] in
        isSet.withLock { $0 = true }
        semaphore.signal()
      }
      source.resume()
      return source
    }
  }

  var isAsked: Bool { isSet.withLock { $0 } }

  func wait(seconds: Double) async {
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async { [self] in
        _ = semaphore.wait(timeout: .now() + seconds)
        continuation.resume()
      }
    }
  }
}
