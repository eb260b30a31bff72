internal import Foundation
internal import Glibc
internal import Ground

/// Asks the system for the addresses of a name.
enum Resolver {
  /// Most addresses of one name that are looked at.
  static let most = 8

  /// The addresses, in the order in which the system would try them; none when there are none.
  static func addresses(of host: String) async -> [IPAddress] {
    if let address = IPAddress(host) { return [address] }
    // The call waits for other machines: on a thread that nobody else waits for.
    return await withCheckedContinuation { caller in
      DispatchQueue.global().async { caller.resume(returning: lookUp(host)) }
    }
  }

  private static func lookUp(_ host: String) -> [IPAddress] {
    var hints = addrinfo()
    hints.ai_family = AF_UNSPEC
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(host, nil, &hints, &list) == 0 else { return [] }
    defer { freeaddrinfo(list) }
    var found: [IPAddress] = []
    var next = list
    while let entry = next, found.count < most {
      if let address = address(of: entry.pointee), !found.contains(address) {
        found.append(address)
      }
      next = entry.pointee.ai_next
    }
    return found
  }

  private static func address(of entry: addrinfo) -> IPAddress? {
    switch entry.ai_family {
    case AF_INET:
      entry.ai_addr?.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { place in
        IPAddress(bytes: withUnsafeBytes(of: place.pointee.sin_addr) { Array($0) })
      }
    case AF_INET6:
      entry.ai_addr?.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { place in
        IPAddress(bytes: withUnsafeBytes(of: place.pointee.sin6_addr) { Array($0) })
      }
    default: nil
    }
  }
}
