import Ground
import Sealing

/// Fictional authorities, made once with `openssl`: a root, one between, and signers good and bad.
struct Authority: Sendable {
  /// Keys and certificates by name, such as `rsa.key` and `rsa.pem`.
  private(set) var files: [String: [UInt8]] = ["ts.cnf": Array(configuration.utf8), "index": []]

  /// Made when the first test asks.
  static let shared = Result { try Authority() }

  private static let keys = [
    ("k1", ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"]),
    ("k2", ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"]),
    ("k3", ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"]),
    ("k4", ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"]),
    ("k5", ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"]),
  ]

  private struct Paper {
    let name: String
    let key: String
    let issuer: String
    let form: String
    var subject: String?
    var until = "20491231000000Z"
    var digest = "sha256"
  }

  private static let papers = [
    Paper(name: "root", key: "k1", issuer: "root", form: "root"),
    Paper(name: "between", key: "k4", issuer: "root", form: "between"),
    Paper(name: "rsa", key: "k2", issuer: "between", form: "stamps"),
    Paper(name: "p384", key: "k4", issuer: "between", form: "stamps"),
    Paper(name: "loose", key: "k4", issuer: "root", form: "loose"),
    Paper(name: "p256", key: "k3", issuer: "root", form: "stamps"),
    Paper(name: "past", key: "k3", issuer: "root", form: "stamps", until: "20210101000000Z"),
    Paper(name: "code", key: "k3", issuer: "root", form: "code"),
    Paper(name: "both", key: "k3", issuer: "root", form: "both"),
    Paper(name: "nothing", key: "k3", issuer: "root", form: "nothing"),
    Paper(name: "cipher", key: "k3", issuer: "root", form: "cipher"),
    Paper(name: "critical", key: "k3", issuer: "root", form: "critical"),
    Paper(name: "weak", key: "k3", issuer: "root", form: "stamps", digest: "sha1"),
    Paper(name: "underrsa", key: "k3", issuer: "rsa", form: "stamps"),
    Paper(name: "nosign", key: "k4", issuer: "root", form: "nosign"),
    Paper(name: "undernosign", key: "k3", issuer: "nosign", form: "stamps"),
    Paper(name: "other", key: "k5", issuer: "other", form: "root", subject: "root"),
    Paper(name: "old", key: "k5", issuer: "old", form: "root", until: "20210101000000Z"),
    Paper(name: "underold", key: "k3", issuer: "old", form: "stamps"),
  ]

  private init() throws {
    for (name, options) in Self.keys {
      try run(["genpkey"] + options + ["-out", name + ".key"])
    }
    for paper in Self.papers {
      try run([
        "req", "-new", "-config", "ts.cnf", "-key", paper.key + ".key", "-out", "request", "-subj",
        "/O=Example (fictional)/CN=Example \(paper.subject ?? paper.name)",
      ])
      let issuer =
        paper.issuer == paper.name
        ? ["-selfsign", "-keyfile", paper.key + ".key"]
        : ["-cert", paper.issuer + ".pem", "-keyfile", try key(of: paper.issuer)]
      try run(
        [
          "ca", "-batch", "-notext", "-config", "ts.cnf", "-name", "ca", "-rand_serial", "-in",
          "request", "-out", paper.name + ".pem", "-startdate", "20200101000000Z", "-enddate",
          paper.until, "-md", paper.digest, "-extensions", paper.form,
        ] + issuer)
    }
  }

  private mutating func run(_ arguments: [String]) throws {
    files = try OpenSSL.run(arguments, with: files)
  }

  private func key(of name: String) throws -> String {
    guard let paper = Self.papers.first(where: { $0.name == name }) else {
      throw OpenSSL.Failed(description: "there is no certificate \(name)")
    }
    return paper.key + ".key"
  }

  /// The DER of a certificate.
  func certificate(_ name: String) throws -> [UInt8] {
    try PEM.certificates(inPEM: String(decoding: files[name + ".pem"] ?? [], as: UTF8.self))[0]
  }

  /// What the authority answers to a request; `section` is one of the configuration.
  func reply(
    to request: [UInt8], signer: String, chain: String? = nil, digest: String = "sha256",
    section: String = "v2"
  ) throws -> [UInt8] {
    var files = files
    files["query"] = request
    let left = try OpenSSL.run(
      [
        "ts", "-reply", "-config", "ts.cnf", "-section", section, "-queryfile", "query", "-signer",
        signer + ".pem", "-inkey", try key(of: signer), "-\(digest)", "-out", "reply",
      ] + (chain.map { ["-chain", $0 + ".pem"] } ?? []), with: files)
    return left["reply"] ?? []
  }

  /// A token over any statement, by anybody, with any certificates: what an honest authority does
  /// not make.
  func token(
    over statement: [UInt8], signer: String, type: String = "1.2.840.113549.1.9.16.1.4",
    options: [String] = ["-cades"], enclosing: [String] = []
  ) throws -> [UInt8] {
    var files = files
    files["statement"] = statement
    files["enclosed"] = enclosing.flatMap { files[$0 + ".pem"] ?? [] }
    let options = options + (enclosing.isEmpty ? [] : ["-certfile", "enclosed"])
    return try OpenSSL.run(
      [
        "cms", "-sign", "-binary", "-nodetach", "-nosmimecap", "-econtent_type", type, "-outform",
        "DER", "-in", "statement", "-signer", signer + ".pem", "-inkey", try key(of: signer),
        "-out", "token",
      ] + options, with: files)["token"] ?? []
  }

  private static let configuration = """
    [req]
    distinguished_name = name
    [name]
    [ca]
    database = index
    new_certs_dir = .
    serial = serial
    policy = any
    unique_subject = no
    [any]
    organizationName = optional
    commonName = optional
    [root]
    basicConstraints = critical,CA:TRUE
    keyUsage = critical,keyCertSign,cRLSign
    subjectKeyIdentifier = hash
    [between]
    basicConstraints = critical,CA:TRUE,pathlen:0
    keyUsage = critical,keyCertSign
    subjectKeyIdentifier = hash
    [nosign]
    basicConstraints = critical,CA:TRUE
    keyUsage = critical,digitalSignature
    [stamps]
    keyUsage = critical,digitalSignature
    extendedKeyUsage = critical,timeStamping
    subjectKeyIdentifier = hash
    [loose]
    extendedKeyUsage = timeStamping
    [code]
    extendedKeyUsage = codeSigning
    [both]
    extendedKeyUsage = timeStamping,codeSigning
    [nothing]
    basicConstraints = CA:FALSE
    [cipher]
    keyUsage = keyEncipherment
    extendedKeyUsage = timeStamping
    [critical]
    extendedKeyUsage = timeStamping
    1.2.3.4 = critical,DER:0500
    [v1]
    serial = serial
    default_policy = 1.2.3.4.1
    digests = sha256
    accuracy = secs:1, millisecs:500, microsecs:100
    ordering = yes
    tsa_name = yes
    ess_cert_id_chain = yes
    ess_cert_id_alg = sha1
    [v2]
    serial = serial
    default_policy = 2.999.7
    digests = sha256
    ess_cert_id_alg = sha256
    [v2sha512]
    serial = serial
    default_policy = 1.2.3.4.1
    digests = sha256
    ess_cert_id_alg = sha512
    [refusing]
    serial = serial
    default_policy = 1.2.3.4.1
    digests = sha512
    """
}
