internal import Glibc
internal import Ground

/// A connection over a local socket that carries messages: four bytes of length, then JSON.
struct LocalSocket {
  let descriptor: Int32

  /// Connects to the socket at a path; nil when nobody listens.
  static func connected(to path: String) -> LocalSocket? {
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return nil }
    let result = address(path).map { address in
      withUnsafePointer(to: address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
        }
      }
    }
    guard result == 0 else {
      Glibc.close(descriptor)
      return nil
    }
    return LocalSocket(descriptor: descriptor)
  }

  /// The address of a path; nil when it is longer than the system allows.
  static func address(_ path: String) -> sockaddr_un? {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { return nil }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    return address
  }

  func send(_ json: JSON) -> Bool {
    let text = json.compactBytes
    guard text.count <= LocalMessage.largest else { return false }
    let length = UInt32(text.count).bigEndian
    let message = withUnsafeBytes(of: length) { Array($0) } + text
    var sent = 0
    while sent < message.count {
      let count = message[sent...].withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      sent += count
    }
    return true
  }

  func receive() -> JSON? {
    guard let header = read(4) else { return nil }
    let length = header.reduce(0) { $0 << 8 | Int($1) }
    guard length <= LocalMessage.largest, let text = read(length) else { return nil }
    return try? JSON(parsing: text, file: "message")
  }

  private func read(_ count: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let got = bytes.withUnsafeMutableBytes { buffer in
        recv(descriptor, buffer.baseAddress.map { $0 + filled }, count - filled, 0)
      }
      if got < 0, errno == EINTR { continue }
      guard got > 0 else { return nil }
      filled += got
    }
    return bytes
  }

  func close() { _ = Glibc.close(descriptor) }

  /// Whether the other end belongs to the same user of this machine.
  ///
  /// The system answers with three numbers of 32 bits, process, user and group (`struct ucred`, unix(7)), which the C
  /// library hides unless GNU extensions are asked for.
  var isOwn: Bool {
    var peer: (process: Int32, user: UInt32, group: UInt32) = (0, .max, .max)
    var length = socklen_t(MemoryLayout.size(ofValue: peer))
    guard getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &peer, &length) == 0 else { return false }
    return peer.user == geteuid()
  }
}
