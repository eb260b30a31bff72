import Ground
import Testing

@testable import Outbound

@Suite("Addresses of other machines")
struct AddressTests {
  @Test(
    "where an address leads",
    arguments: [
      ("93.184.216.34", IPAddress.Reach.world), ("8.8.8.8", .world), ("172.32.0.1", .world),
      ("2606:2800:220:1:248:1893:25c8:1946", .world), ("2001:4860:4860::8888", .world),
      ("127.0.0.1", .house), ("10.1.2.3", .house), ("172.16.0.1", .house),
      ("172.31.255.255", .house),
      ("192.168.1.1", .house), ("100.64.0.1", .house), ("::1", .house), ("fd12:3456::1", .house),
      ("::ffff:127.0.0.1", .house), ("::ffff:10.0.0.1", .house), ("64:ff9b::7f00:1", .house),
      ("2002:7f00:1::", .house), ("::ffff:8.8.8.8", .world), ("0.0.0.0", .nowhere),
      ("169.254.169.254", .nowhere), ("::ffff:169.254.169.254", .nowhere),
      ("fd00:ec2::254", .nowhere),
      ("224.0.0.1", .nowhere), ("255.255.255.255", .nowhere), ("fe80::1", .nowhere),
      ("ff02::1", .nowhere), ("::", .nowhere), ("2001:db8::1", .nowhere), ("2001::1", .nowhere),
      ("192.0.2.1", .nowhere), ("198.51.100.7", .nowhere), ("203.0.113.9", .nowhere),
      ("100::1", .nowhere), ("64:ff9b:1::1", .nowhere), ("240.0.0.1", .nowhere),
    ])
  func reach(_ text: String, _ reach: IPAddress.Reach) throws {
    #expect(try #require(IPAddress(text)).reach == reach)
  }

  @Test(
    "an address is read as it is sent",
    arguments: [
      ("https://Hooks.Example.org", "https://hooks.example.org/", "hooks.example.org", 443),
      (
        "https://hooks.example.org:443/a?b", "https://hooks.example.org/a?b", "hooks.example.org",
        443
      ),
      ("http://localhost:8080?x=1", "http://localhost:8080/?x=1", "localhost", 8080),
      ("https://[::1]:8443/x", "https://[::1]:8443/x", "::1", 8443),
    ])
  func reading(_ text: String, _ whole: String, _ host: String, _ port: Int) throws {
    let address = try WebAddress(text)
    #expect(address.text == whole)
    #expect(address.host == host)
    #expect(address.port == port)
  }

  @Test(
    "what is no address, or hides something, is refused",
    arguments: [
      "", "hooks.example.org", "ftp://example.org/", "https://", "https:///x", "https://a b/",
      "https://user@example.org/", "https://user:word@example.org/", "https://example.org/#part",
      "https://example.org:0/", "https://example.org:65536/", "https://example.org:99999999999/",
      "https://exa\u{0430}mple.org/", "https://example.org\\@127.0.0.1/", "https://-a.org/",
      "https://a..b/", "https://[::1/", "https://[127.0.0.1]/", "javascript://x/",
      "https://example.org/\r\nX: y", "https://[fe80::1%25eth0]/",
      "https://" + String(repeating: "a", count: 2050),
    ])
  func refusing(_ text: String) {
    #expect(throws: Problem("outbound.bad-address", what: "")) { try WebAddress(text) }
  }

  @Test("an address is shown without what follows the host")
  func showing() throws {
    #expect(
      "\(try WebAddress("https://hooks.example.org/secret?key=1"))" == "https://hooks.example.org")
  }
}
