internal import Glibc

/// A connection on this machine, with a time by which it has to be done.
///
/// For one thread.
final class LoopbackSocket {
  /// Why nothing more is read or written.
  enum Fault: Error {
    case failed(Int32)
    case timedOut
    case stopped
  }

  private let descriptor: Int32
  private let deadline: ContinuousClock.Instant
  /// Becomes readable when all work is to end; -1 without.
  private let stop: Int32

  init(descriptor: Int32, within time: Duration, stop: Int32 = -1) {
    self.descriptor = descriptor
    self.stop = stop
    deadline = ContinuousClock.now.advanced(by: time)
  }

  deinit { close(descriptor) }

  /// Connects to a port of this machine.
  static func connect(to port: UInt16, within time: Duration) throws(Fault) -> LoopbackSocket {
    let descriptor = try make()
    let socket = LoopbackSocket(descriptor: descriptor, within: time)
    var address = address(port)
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    if result != 0 {
      guard errno == EINPROGRESS else { throw .failed(errno) }
      try socket.wait(for: POLLOUT)
      var failure: Int32 = 0
      var size = socklen_t(MemoryLayout<Int32>.size)
      getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &failure, &size)
      guard failure == 0 else { throw .failed(failure) }
    }
    return socket
  }

  /// Listens on a port of this machine, or on any free one for 0.
  static func listen(on port: UInt16) throws(Fault) -> (descriptor: Int32, port: UInt16) {
    let descriptor = try make()
    var yes: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    var address = address(port)
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, size) == 0 && Glibc.listen(descriptor, 16) == 0
          && getsockname(descriptor, $0, &size) == 0
      }
    }
    guard result else {
      let failure = errno
      close(descriptor)
      throw .failed(failure)
    }
    return (descriptor, UInt16(bigEndian: address.sin_port))
  }

  /// Takes the next connection that waits; nil when it went away, or when there is none.
  ///
  /// - Throws: Only when the system gives no more connections for now.
  static func accept(
    from listener: Int32, within time: Duration, stop: Int32
  ) throws(Fault) -> LoopbackSocket? {
    let descriptor = Glibc.accept(listener, nil, nil)
    guard descriptor >= 0 else {
      guard errno != EAGAIN, errno != EINTR, errno != ECONNABORTED else { return nil }
      throw .failed(errno)
    }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
    return LoopbackSocket(descriptor: descriptor, within: time, stop: stop)
  }

  /// Reads what is there, at most so many bytes; empty at the end.
  func read(atMost count: Int) throws(Fault) -> [UInt8] {
    var got = 0
    var failure: Int32 = 0
    while true {
      try wait(for: POLLIN)
      let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
        got = recv(descriptor, buffer.baseAddress, count, 0)
        failure = errno
        filled = max(0, got)
      }
      if got >= 0 { return bytes }
      guard failure == EINTR || failure == EAGAIN else { throw .failed(failure) }
    }
  }

  /// Writes all bytes.
  func write(_ bytes: [UInt8]) throws(Fault) {
    var rest = bytes[...]
    while !rest.isEmpty {
      try wait(for: POLLOUT)
      let count = rest.withUnsafeBytes {
        send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR, errno != EAGAIN {
        throw .failed(errno)
      }
    }
  }

  /// Says that nothing more is written.
  func endWriting() { shutdown(descriptor, Int32(SHUT_WR)) }

  /// Ends writing, and reads what still comes so that the other side hears the answer.
  func finish() {
    endWriting()
    for _ in 0..<16 {
      guard let bytes = try? read(atMost: 8 << 10), !bytes.isEmpty else { return }
    }
  }

  private func wait(for event: Int32) throws(Fault) {
    while true {
      let left = (deadline - ContinuousClock.now) / .milliseconds(1)
      guard left > 0 else { throw .timedOut }
      var polled = [
        pollfd(fd: descriptor, events: Int16(event), revents: 0),
        pollfd(fd: stop, events: Int16(POLLIN), revents: 0),
      ]
      let count = poll(&polled, 2, Int32(min(left.rounded(.up), 60_000)))
      if polled[1].revents != 0 { throw .stopped }
      if count > 0 { return }
      guard count == 0 || errno == EINTR else { throw .failed(errno) }
    }
  }

  private static func make() throws(Fault) -> Int32 {
    let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
    let descriptor = socket(AF_INET, type, 0)
    guard descriptor >= 0 else { throw .failed(errno) }
    return descriptor
  }

  private static func address(_ port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr = in_addr(s_addr: UInt32(0x7F00_0001).bigEndian)
    return address
  }
}
