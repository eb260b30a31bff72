import Sealing
import Testing

/// The bytes of hexadecimal text that a test states.
func bytes(hex: String) throws -> [UInt8] { try #require(Hex.bytes(hex)) }
