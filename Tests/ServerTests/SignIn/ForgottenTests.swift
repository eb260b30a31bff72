import Duties
import Ground
import HTTPTypes
import HummingbirdTesting
import Outbound
import Synchronization
import Testing
import Workspace

@testable import Server

@Suite("A forgotten passphrase")
struct ForgottenTests {
  private final class Box: Sendable {
    private let kept = Mutex<[MailMessage]>([])
    var messages: [MailMessage] { kept.withLock { $0 } }

    func mailing(_ base: String = "https://desk.example/") -> Mailing {
      Mailing(from: "desk@example.org", base: base) { (message) async throws(Problem) in
        self.kept.withLock { $0.append(message) }
      }
    }
  }

  private func fixture(_ box: Box) async throws -> DeskFixture {
    let fixture = try await DeskFixture(mailing: box.mailing())
    for name in ["jane", "max"] { try await fixture.person(name, .compliance) }
    try await fixture.workspace.setMailAddress(of: "jane", to: "jane@example.org")
    return fixture
  }

  private func link(_ message: MailMessage) throws -> String {
    let line = message.text.split(separator: "\n").first { $0.contains("/sign-in/link/") }
    return try #require(line.map { String($0.dropFirst("https://desk.example".count)) })
  }

  private func asked(_ name: String, _ browser: Browser) async throws -> TestResponse {
    try await browser.post(ForgottenPage.path, [("name", name)])
  }

  @Test("a link by mail lets in once, and a new passphrase ends all other sessions and is told")
  func reset() async throws {
    let box = Box()
    let fixture = try await fixture(box)
    let mail = try #require(fixture.desk.signIn.mail)
    try await fixture.asking { browser in
      let before = try await fixture.signedIn("jane", browser)
      fixture.pass(hours: 1)
      let again = try await fixture.signedIn("jane", browser)
      fixture.pass(seconds: 20 * 60)
      #expect(try await asked("jane", browser).status.code == 200)
      #expect(await mail.sendWaiting().isEmpty)
      let message = try #require(box.messages.first)
      #expect(message.to == "jane@example.org" && !message.text.contains("sys_sys"))
      let path = try link(message)
      let entered = try await browser.post(path, [])
      #expect(entered.headers[.location] == "/account")
      #expect(try await browser.post(path, []).status.code == 401, "it is good once")
      let jane = browser.with(try #require(entered.cookie))
      let set = try await jane.send(
        "/account/passphrase",
        [("first", DeskFixture.passphrase), ("second", DeskFixture.passphrase)])
      #expect(set.text.contains("The passphrase is set."))
      for other in [before, again] {
        #expect(try await other.get("/account").status.code == 303)
      }
      #expect(try await jane.get("/account").status.code == 200)
      #expect(await mail.sendWaiting().isEmpty)
      let notice = try #require(box.messages.last)
      #expect(box.messages.count == 2 && notice.subject.contains("Your passphrase was changed"))
    }
  }

  @Test(
    "nobody learns from the answer who is registered, and the access journal says what came of it")
  func enumeration() async throws {
    let box = Box()
    let fixture = try await fixture(box)
    let mail = try #require(fixture.desk.signIn.mail)
    try await fixture.asking { browser in
      let texts = try await ["jane", "max", "nobody", "emergency"].asyncMap { name in
        let answer = try await asked(name, browser)
        #expect(answer.status.code == 200 && !answer.text.contains(name))
        return answer.text
      }
      #expect(Set(texts).count == 1)
      #expect(box.messages.isEmpty, "nothing is looked up before the answer")
      #expect(await mail.sendWaiting().isEmpty)
      #expect(box.messages.map(\.to) == ["jane@example.org"])
      let refused = try await fixture.workspace.acting(as: .system).everyDecision()
      #expect(
        refused.map { $0.text("why") } == [
          "link asked for by mail in vain", "link asked for by an unknown name",
          "link asked for by an unknown name",
        ])
    }
  }

  @Test(
    "a link is good for half an hour, and while it is young others cannot end it or fill the mailbox"
  )
  func quiet() async throws {
    let box = Box()
    let fixture = try await fixture(box)
    let mail = try #require(fixture.desk.signIn.mail)
    try await fixture.asking { browser in
      for _ in 0..<5 {
        _ = try await asked("jane", browser)
        #expect(await mail.sendWaiting().isEmpty)
      }
      #expect(box.messages.count == 1)
      fixture.pass(seconds: (OpenWorkspace.linkQuietMinutes + 1) * 60)
      _ = try await asked("jane", browser)
      #expect(await mail.sendWaiting().isEmpty)
      #expect(box.messages.count == 2)
      #expect(try await browser.post(try link(box.messages[0]), []).status.code == 401)
      fixture.pass(seconds: (OpenWorkspace.linkMinutes + 1) * 60)
      #expect(try await browser.post(try link(box.messages[1]), []).status.code == 401)
    }
  }

  @Test("one address asks as often as it may sign in, and what waits is bounded")
  func bounds() async throws {
    let box = Box()
    let fixture = try await fixture(box)
    let mail = try #require(fixture.desk.signIn.mail)
    try await fixture.asking { browser in
      var codes: [Int] = []
      for number in 0..<35 {
        codes.append(try await asked("somebody\(number)", browser).status.code)
      }
      #expect(codes.count { $0 == 429 } == 5)
    }
    for number in 0..<(2 * SignInMail.most) { mail.ask(.notice(person: "n\(number)", what: "x")) }
    #expect(await mail.sendWaiting().isEmpty)
    #expect(box.messages.isEmpty)
  }

  @Test(
    "without mail, without an address of the desk, or where passphrases are not taken, an administrator is named",
    arguments: [true, false])
  func without(_ hasMail: Bool) async throws {
    let fixture = try await DeskFixture(mailing: hasMail ? Box().mailing("") : nil)
    try await fixture.asking { browser in
      let page = try await browser.get(ForgottenPage.path).text
      #expect(page.contains("Ask an administrator") && !page.contains("name=\"name\""))
      #expect(try await asked("jane", browser).status.code == 422)
    }
  }
}

extension OpenWorkspace {
  /// What was refused, in the order of the journal.
  func everyDecision() async throws -> [RecordState] {
    try await states(.accessDecision).filter { $0.text("answer") == "refused" }
      .sorted { $0.begun < $1.begun }
  }
}

extension Array {
  /// One after the other.
  func asyncMap<Result>(_ body: (Element) async throws -> Result) async rethrows -> [Result] {
    var results: [Result] = []
    for element in self { results.append(try await body(element)) }
    return results
  }
}
