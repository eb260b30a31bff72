import Ground
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Sealing
import Testing
import Workspace

@testable import Server

/// A desk that takes reports from strangers, and what a stranger does there.
enum IntakeDesk {
  static let open = [
    "SYSTEMIC_INTAKE_PUBLIC": "yes", "SYSTEMIC_INTAKE_CONFIDENTIAL": "yes",
    "SYSTEMIC_INTAKE_BITS": "4", "SYSTEMIC_INTAKE_PER_MINUTE": "0",
    "SYSTEMIC_INTAKE_ALL_PER_MINUTE": "0", "SYSTEMIC_BEHIND_PROXY": "yes",
  ]

  static func fixture(_ more: [String: String] = [:]) async throws -> DeskFixture {
    try await DeskFixture(open.merging(more) { $1 })
  }

  /// The value of a hidden field.
  static func hidden(_ name: String, _ page: String) throws -> String {
    let start = try #require(page.firstRange(of: "name=\"\(name)\" value=\""))
    return String(page[start.upperBound...].prefix { $0 != "\"" })
  }

  /// What a person without script answers, as the page asks it.
  static func sum(_ page: String) throws -> String {
    let words = [
      "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    ]
    let start = try #require(page.firstRange(of: "how much is "))
    let parts = page[start.upperBound...].prefix { $0 != "?" }.split(separator: " ")
    let numbers = parts.compactMap { part in words.firstIndex(of: String(part)).map { $0 + 2 } }
    try #require(numbers.count == 2)
    return String(numbers[0] + numbers[1])
  }

  /// The code that a page shows once.
  static func code(_ page: String) throws -> String {
    let start = try #require(page.firstRange(of: "<code>"))
    return String(page[start.upperBound...].prefix { $0 != "<" })
  }
}

extension Browser {
  /// A form without script: asked for, answered and sent in parts, as a browser does.
  func report(
    _ path: String = "/report", _ values: [(String, String)], file: (String, String)? = nil,
    answer: String? = nil, more: [String: String] = [:]
  ) async throws -> TestResponse {
    let page = try await get(path, more: more).text
    let sum = try answer ?? IntakeDesk.sum(page)
    let fields =
      [("challenge", try IntakeDesk.hidden("challenge", page)), ("proof", "")] + values
      + [("answer", sum)]
    return try await parts(path, fields, file: file, more: more)
  }

  /// Sends a form in parts.
  func parts(
    _ path: String, _ values: [(String, String)], file: (String, String)?,
    more: [String: String] = [:]
  ) async throws -> TestResponse {
    var text = values.map { name, value in
      "--fictional\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
    }.joined()
    let (name, content) = file ?? ("", "")
    text +=
      "--fictional\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\n"
      + "Content-Type: application/octet-stream\r\n\r\n\(content)\r\n--fictional--\r\n"
    var fields = HTTPFields()
    if let cookie { fields[.cookie] = cookie }
    for (name, value) in more { fields[HTTPField.Name(name)!] = value }
    fields[.contentType] = "multipart/form-data; boundary=fictional"
    return try await client.execute(
      uri: path, method: .post, headers: fields, body: ByteBuffer(string: text)
    ) { $0 }
  }
}

extension Caller {
  /// The body of a report with a proof of work for a new challenge.
  func proven(_ members: String) async throws -> String {
    let asked = try await get("public/challenge").json
    let challenge = try #require(asked["challenge"]?.text)
    let proof = WorkProof.found(for: challenge, bits: asked["bits"]?.count ?? 0)
    return "{\(members), \"challenge\": \"\(challenge)\", \"proof\": \"\(proof)\"}"
  }
}
