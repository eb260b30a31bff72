internal import HTTPTypes
internal import Hummingbird
internal import Logging

/// Counts and logs every request: method, route, status, time and trace; never the address as it was asked, which may carry a
/// secret, nor what was sent or answered.
struct Watching: RouterMiddleware {
  let measures: Measures

  @concurrent func handle(
    _ request: Request, context: DeskContext,
    next: @concurrent (Request, DeskContext) async throws -> Response
  ) async throws -> Response {
    let began = ContinuousClock.now
    // What a stranger's machine or network writes into the chain might tell who it is.
    let isOurs = ["/report", API.base + "/public/"].contains { request.uri.path.hasPrefix($0) }
    let trace = Trace(isOurs ? nil : Watching.field.flatMap { request.headers[$0] })
    var context = context
    context.logger[metadataKey: "trace_id"] = "\(trace.id)"
    context.logger[metadataKey: "span_id"] = "\(trace.span)"
    measures.begin()
    do {
      var response = try await next(request, context)
      if let name = Watching.field { response.headers[name] = trace.field }
      note(request, context, Int(response.status.code), began)
      return response
    } catch {
      note(request, context, (error as? HTTPError).map { Int($0.status.code) } ?? 500, began)
      throw error
    }
  }

  private func note(
    _ request: Request, _ context: DeskContext, _ status: Int, _ began: ContinuousClock.Instant
  ) {
    let took = ContinuousClock.now - began
    let key = Measures.Key(
      method: request.method.rawValue.count <= 8 ? request.method.rawValue : "other",
      route: context.endpointPath ?? "none", status: status)
    measures.end(key, took)
    let milli =
      Int(took.components.seconds) * 1000
      + Int(took.components.attoseconds / 1_000_000_000_000_000)
    context.logger.log(
      level: status >= 500 ? .error : .info, "request",
      metadata: [
        "method": "\(key.method)", "route": "\(key.route)", "status": "\(status)",
        "ms": "\(milli)",
      ])
  }

  private static let field = HTTPField.Name("traceparent")
}
