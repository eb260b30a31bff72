public import Ground
internal import SwiftASN1
internal import X509

/// Certificates as text files hold them.
///
/// Source: RFC 7468, sections 2, 3 and 5.
public enum PEM {
  /// Most bytes of a text.
  public static let mostBytes = 1_048_576
  private static let begin = "-----BEGIN CERTIFICATE-----"
  private static let end = "-----END CERTIFICATE-----"

  /// The DER of each certificate in a text, in order; what stands between them is passed over.
  ///
  /// - Throws: `sealing.bad-certificate` where there is none, or one that cannot be read.
  public static func certificates(inPEM text: String) throws(Problem) -> [[UInt8]] {
    guard text.utf8.count <= mostBytes else { throw problem(nil, "it is longer than 1 MiB") }
    var found: [[UInt8]] = []
    var open: (line: Int, text: String)?
    for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      let line = String(line.reversed().drop(while: \.isWhitespace).reversed())
      if line == begin {
        guard open == nil else { throw problem(number + 1, "the one before it has no end") }
        open = (number + 1, "")
      } else if line == end {
        guard let block = open, let der = Base64.bytes(block.text),
          (try? Certificate(derEncoded: der)) != nil
        else {
          throw problem(
            open?.line ?? number + 1,
            "it is not Base64 of a certificate with an RSA key from 2048 bits or an elliptic key")
        }
        found.append(der)
        open = nil
      } else {
        open?.text += line
      }
    }
    if let open { throw problem(open.line, "it has no end") }
    guard !found.isEmpty else { throw problem(nil, "there is no line `\(begin)`") }
    return found
  }

  private static func problem(_ line: Int?, _ why: String) -> Problem {
    Problem(
      "sealing.bad-certificate",
      what: line.map { "the certificate from line \($0) cannot be read" }
        ?? "no certificate can be read",
      why: why, mend: "give the root certificate of the authority as PEM")
  }
}
