internal import Ground

/// Decides to which machine a name may lead, before anything is sent.
///
/// A name that is looked up twice may lead elsewhere the second time, so that the address that was checked is the one that is
/// connected to. Source: OWASP ASVS 5.0.0, 1.3.6 and 13.2.
struct AddressGuard: Sendable {
  /// Whether this machine and the network of the house may be asked.
  var allowsPrivate: Bool
  var resolve: @Sendable (String) async -> [IPAddress] = { await Resolver.addresses(of: $0) }

  /// The addresses of a host; all of them may be asked, or none is given.
  ///
  /// - Throws: `outbound.unknown-host`, `outbound.forbidden-address`, `outbound.not-encrypted`.
  func addresses(of address: WebAddress) async throws(Problem) -> [IPAddress] {
    let found = try await addresses(ofHost: address.host)
    guard !address.isSecure, found.contains(where: { $0.reach == .world }) else { return found }
    throw Problem(
      "outbound.not-encrypted", what: "\(address.origin) would be asked in the open",
      why: "what is sent could be read and changed on the way", mend: "write https://")
  }

  /// The addresses of a name.
  ///
  /// - Throws: `outbound.unknown-host`, `outbound.forbidden-address`.
  func addresses(ofHost host: String) async throws(Problem) -> [IPAddress] {
    let found = await resolve(host)
    guard !found.isEmpty else {
      throw Problem(
        "outbound.unknown-host", what: "there is no machine of the name \(host)",
        why: "the name could not be looked up",
        mend: "check the spelling, and the network of this machine")
    }
    for address in found {
      switch address.reach {
      case .world: continue
      case .house where allowsPrivate: continue
      case .house, .nowhere:
        throw Problem(
          "outbound.forbidden-address", what: "\(host) leads to a machine that is not asked",
          why:
            "addresses of this machine, of the house and of the network itself could be reached in our name",
          mend: address.reach == .house
            ? "give an address that everybody can reach, or allow private addresses in the configuration"
            : "give an address that everybody can reach")
      }
    }
    return found
  }
}
