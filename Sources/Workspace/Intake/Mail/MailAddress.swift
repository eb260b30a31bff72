/// The sender of a mail as the header names them.
///
/// Source: RFC 5322, section 3.4.
enum MailAddress {
  /// Name and address of the first mailbox; the name is empty where there is none.
  static func first(_ text: String) -> (name: String, address: String) {
    var (name, address, comment) = ("", "", "")
    var (isQuoted, isEscaped, isAngle, depth) = (false, false, false, 0)
    scan: for character in text {
      if isEscaped {
        isEscaped = false
      } else if character == "\\", isQuoted || depth > 0 {
        isEscaped = true
        continue
      } else if character == "\"", depth == 0 {
        isQuoted.toggle()
        continue
      } else if !isQuoted {
        switch character {
        case "(":
          depth += 1
          continue
        case ")" where depth > 0:
          depth -= 1
          continue
        case "<" where depth == 0:
          isAngle = true
          address = ""
          continue
        case ">" where isAngle: break scan
        case "," where depth == 0 && !isAngle: break scan
        default: break
        }
      }
      if depth > 0 {
        comment.append(character)
      } else if isAngle {
        address.append(character)
      } else {
        name.append(character)
      }
    }
    let (plain, aside) = (
      IntakeText.line(name, longest: 300), IntakeText.line(comment, longest: 300)
    )
    if isAngle { return (plain.isEmpty ? aside : plain, IntakeText.line(address, longest: 300)) }
    return plain.contains("@") ? (aside, plain) : (plain.isEmpty ? aside : plain, "")
  }
}
