import Ground
import HTTPTypes
import HummingbirdTesting
import Synchronization
import Testing
import Workspace

@testable import Server

@Suite("The door")
struct DoorTests {
  /// How many run at the same time.
  private final class Counts: Sendable {
    private let state = Mutex((now: 0, most: 0, refused: Set<String>()))

    var most: Int { state.withLock { $0.most } }
    var refused: Set<String> { state.withLock { $0.refused } }

    func begin() {
      state.withLock { state in
        state.now += 1
        state.most = max(state.most, state.now)
      }
    }

    func end() { state.withLock { $0.now -= 1 } }
    func refuse(_ code: String) { state.withLock { _ = $0.refused.insert(code) } }
  }

  @Test(
    "lets one derive at a time and a bounded number wait; the others are told when to come again")
  func turns() async throws {
    let door = Door()
    let counts = Counts()
    await withTaskGroup { group in
      for _ in 0..<60 {
        group.addTask {
          do throws(Problem) {
            try await door.inTurn { () async throws(Problem) in
              counts.begin()
              for _ in 0..<100 { await Task.yield() }
              counts.end()
            }
          } catch { counts.refuse(error.code) }
        }
      }
    }
    #expect(counts.most == 1)
    #expect(counts.refused.isSubset(of: ["server.busy"]))
    #expect(try await door.inTurn { () async throws(Problem) in 7 } == 7, "it goes on afterwards")
    let busy = Problem("server.busy", what: "", why: "", mend: "")
    let status = RefusalPage.status(busy)
    #expect(status == 503 && RefusalPage.retry(status, nil).map(\.value) == ["5"])
  }

  @Test("holds up who was wrong five times, for what is left of a quarter of an hour")
  func holding() {
    let door = Door()
    let start = Instant(seconds: 1_780_000_000)
    for second in 0..<Door.mostMistakes {
      #expect(door.held(["name a"], now: start) == nil)
      door.noteMistake(["name a"], now: Instant(seconds: start.seconds + second))
    }
    let later = Instant(seconds: start.seconds + 100)
    #expect(door.held(["name a", "address b"], now: later) == Door.holdSeconds - 100)
    #expect(door.held(["name b"], now: later) == nil)
    #expect(
      door.held(["name a"], now: Instant(seconds: start.seconds + Door.holdSeconds)) == nil)
  }

  @Test("remembers whom it holds up, however many names others try")
  func flood() {
    let door = Door()
    let now = Instant(seconds: 1_780_000_000)
    for _ in 0..<Door.mostMistakes { door.noteMistake(["name jane"], now: now) }
    for index in 0..<(2 * Door.mostRemembered) { door.noteMistake(["name \(index)"], now: now) }
    #expect(door.held(["name jane"], now: now) != nil)
  }

  @Test("a session that nobody uses ends after an hour, one that is used after twelve")
  func idle() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    try await fixture.asking { browser in
      let one = try await fixture.signedIn("jane", browser)
      fixture.pass(seconds: 59 * 60)
      #expect(try await one.get("/account").status.code == 200)
      let two = try await fixture.signedIn("jane", browser)
      for _ in 0..<13 {
        fixture.pass(seconds: 50 * 60)
        #expect(try await two.get("/account").status.code == 200)
      }
      #expect(try await one.get("/account").status.code == 303, "nobody used it")
      fixture.pass(seconds: 75 * 60)
      #expect(try await two.get("/account").status.code == 303)
    }
  }

  @Test("signing in gives a new secret, and the session that the browser had ends")
  func newSecret() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    try await fixture.asking { browser in
      let one = try await fixture.signedIn("jane", browser)
      let link = try await fixture.workspace.issueLink(to: "jane")
      #expect(try await one.post("/sign-in/link/" + link, []).status.code == 403, "without its key")
      let two = browser.with(try #require(try await one.send("/sign-in/link/" + link, []).cookie))
      #expect(one.cookie != two.cookie)
      #expect(try await one.get("/account").status.code == 303)
      #expect(try await two.get("/account").status.code == 200)
    }
  }

  @Test("a form of another origin is refused where a browser says the origin only")
  func origin() async throws {
    let fixture = try await DeskFixture()
    try await fixture.asking { browser in
      let form = [("name", "jane"), ("secret", "sys_x")]
      let other = try await browser.post(
        "/sign-in", form, more: ["origin": "https://elsewhere.example"])
      #expect(other.status.code == 403)
      #expect(
        try await browser.post("/sign-in", form, more: ["origin": "null"]).status.code == 403)
      let same = try await browser.post(
        "/sign-in", form, more: ["origin": "http://localhost"])
      #expect(same.status.code == 401)
    }
  }
}
