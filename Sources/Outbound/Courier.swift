internal import AsyncHTTPClient
public import Ground
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOSSL

/// Asks other machines over HTTP: bounded in time and size, without following anybody elsewhere, and only machines that may be
/// asked.
public struct Courier: Sendable {
  /// What is allowed.
  public struct Limits: Sendable {
    /// Seconds until the whole answer must be here.
    public var seconds: Int
    /// Most bytes of an answer.
    public var mostBytes: Int
    /// Whether this machine and the network of the house may be asked; in the open only these are.
    public var allowsPrivate: Bool
    /// A PEM file of authorities to trust instead of the system's.
    public var trust: String?

    /// Limits; without a word 15 seconds and 1 MiB from machines that everybody can reach.
    public init(
      seconds: Int = 15, mostBytes: Int = 1 << 20, allowsPrivate: Bool = false,
      trust: String? = nil
    ) {
      self.seconds = seconds
      self.mostBytes = mostBytes
      self.allowsPrivate = allowsPrivate
      self.trust = trust
    }
  }

  /// What is allowed.
  public let limits: Limits
  private let addressGuard: AddressGuard

  /// A courier.
  public init(_ limits: Limits = Limits()) {
    self.init(limits, AddressGuard(allowsPrivate: limits.allowsPrivate))
  }

  init(_ limits: Limits, _ addressGuard: AddressGuard) {
    self.limits = limits
    self.addressGuard = addressGuard
  }

  /// Sends once and gives what came back, whatever its status; an answer that leads elsewhere is an answer.
  ///
  /// - Throws: `outbound.unknown-host`, `outbound.forbidden-address`, `outbound.not-encrypted`, `outbound.not-connected`,
  ///   `outbound.not-reached`, `outbound.too-slow`, `outbound.answer-too-large`, `outbound.bad-trust`.
  public func send(_ request: OutboundRequest) async throws(Problem) -> OutboundAnswer {
    var last: Problem?
    let addresses = try await addressGuard.addresses(of: request.address)
    for address in addresses.prefix(Courier.mostAttempts) {
      do { return try await send(request, to: address) } catch {
        // Nothing was sent yet when no connection came about; otherwise it may have been taken.
        guard error.code == "outbound.not-connected" else { throw error }
        last = error
      }
    }
    throw last ?? Courier.notReached(request.address, "there is nobody to connect to")
  }

  /// Most addresses of one name that are tried.
  private static let mostAttempts = 3

  private func send(
    _ request: OutboundRequest, to address: IPAddress
  ) async throws(Problem) -> OutboundAnswer {
    let client = HTTPClient(
      eventLoopGroupProvider: .singleton, configuration: try configuration(request.address, address)
    )
    let answer: Result<OutboundAnswer, Problem>
    do {
      answer = .success(try await ask(client, request))
    } catch {
      answer = .failure(problem(error, request.address))
    }
    try? await client.shutdown()
    return try answer.get()
  }

  private func ask(_ client: HTTPClient, _ request: OutboundRequest) async throws -> OutboundAnswer
  {
    var asked = HTTPClientRequest(url: request.address.text)
    asked.method = HTTPMethod(rawValue: request.method.rawValue)
    for (name, value) in request.fields { asked.headers.add(name: name, value: value) }
    if !request.body.isEmpty { asked.body = .bytes(request.body) }
    let response = try await client.execute(
      asked, deadline: .now() + .seconds(Int64(limits.seconds)))
    let body = try await response.body.collect(upTo: limits.mostBytes)
    return OutboundAnswer(
      status: Int(response.status.code), fields: response.headers.map { ($0.name, $0.value) },
      body: Array(body.readableBytesView))
  }

  private func configuration(
    _ address: WebAddress, _ place: IPAddress
  ) throws(Problem) -> HTTPClient.Configuration {
    var configuration = HTTPClient.Configuration(
      tlsConfiguration: try Trust.client(limits.trust), redirectConfiguration: .disallow,
      timeout: .init(
        connect: .seconds(Int64(min(limits.seconds, 10))), read: .seconds(Int64(limits.seconds))),
      decompression: .disabled)
    configuration.httpVersion = .http1Only
    configuration.connectionPool.retryConnectionEstablishment = false
    // What was checked is what is connected to; the certificate is still asked for the name.
    if IPAddress(address.host) == nil { configuration.dnsOverride = [address.host: "\(place)"] }
    return configuration
  }

  private func problem(_ error: any Error, _ address: WebAddress) -> Problem {
    switch error {
    case let problem as Problem: return problem
    case let error as HTTPClientError
    where [.deadlineExceeded, .readTimeout, .writeTimeout].contains(error):
      return Problem(
        "outbound.too-slow", what: "\(address.origin) did not answer in \(limits.seconds) seconds",
        why: "nobody is waited for longer", mend: "ask whoever keeps that machine")
    case is NIOTooManyBytesError:
      return Problem(
        "outbound.answer-too-large", what: "the answer of \(address.origin) is too large",
        why: "at most \(limits.mostBytes) bytes are read",
        mend: "check that it is the right address")
    case let error as HTTPClientError where error == .connectTimeout:
      return Courier.notConnected(address, "it does not answer")
    case is NIOConnectionError, is IOError:
      return Courier.notConnected(address, "it refuses the connection, or the network does")
    case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError:
      return Courier.notReached(
        address, "its certificate is not one of this name, or not of an authority that is trusted")
    default:
      return Courier.notReached(address, "the connection broke")
    }
  }

  private static func notConnected(_ address: WebAddress, _ why: String) -> Problem {
    Problem(
      "outbound.not-connected", what: "\(address.origin) cannot be reached", why: why,
      mend: "check the address, and whether that machine runs")
  }

  private static func notReached(_ address: WebAddress, _ why: String) -> Problem {
    Problem(
      "outbound.not-reached", what: "\(address.origin) was not reached", why: why,
      mend: "check the address, and whether that machine runs")
  }
}
