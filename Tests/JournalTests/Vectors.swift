import Ground
import Journal
import Sealing

/// Figures of other implementations: the roots are those of RFC 6962's reference leaves and of `entry-<i>`.
enum Vectors {
  static let referenceLeaves = [
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
  ].compactMap { Hex.bytes($0) }

  static let referenceRoots = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
  ]

  static let entryRoots: [(size: Int, root: String)] = [
    (1, "40766b2033429026f53d54502679a839706b4741f8dcaf3a8bba5f41b5ffe075"),
    (255, "45da9f374748e17a372f71c00422b12e2bf96842f1f61c5740fe494e4becff0f"),
    (256, "f85f4ead34080710b4d1e808301543aaab81aa04deb88599350dc26a4f2f58de"),
    (257, "918b1cec64f317c76e3cf55c0536841c039eff06772ebb8828ce7c176028b5ac"),
    (300, "aebb027d5c3dd08871ee52577a61fc83122d0d14352791943639bd4c12d36943"),
    (65_535, "ef9727904944e47fac4b347c1fb33fceb917dce3d314e2c20b2d0fcfe110c281"),
    (65_536, "df2c606d114416fa600bf3495152e09e39e8be3d0e2e5501c352826539abda8e"),
    (65_537, "b63007bf60359bdcbc1d1ef1ed256fe359d2b9d15aba68a3cee30a832f40c79e"),
    (70_000, "a62a54be33294ffd5a5c4c637fd754630b71a892e8356e3a666a5c8a7ffd1518"),
  ]

  static let logKey = "log.example/gpai/audit+5be5a31b+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"
  static let witnessKey = "witness.example/w1+20324abe+BCmsuuFBvMrwsi4alNNNC8c2HlJtC/4SyJeUvJMilm3X"

  /// The log of 300 entries, signed, and cosigned at 1,700,000,000.
  static let checkpoint = """
    log.example/gpai/audit
    300
    rrsCfVw90Ihx7lJXemH8gxItDRQ1J5GUNjm9TBLTaUM=

    \u{2014} log.example/gpai/audit \
    W+WjGyESxMHe2ZbxRJ4g3r2HXMfWaxMe3+U5UhdgOlI7VS4CNxGjKCvNhFZQ8bmtdGPyOvzvmsLuQ6PnqN9gGu6INAg=
    \u{2014} witness.example/w1 \
    IDJKvgAAAABlU/EA/a9mwaiD5rfD+qEX8TNlaIAVCbDaefXd20IV+KCCloo0CXrfKuYn01U6i8HWEhlU1ZLGLnAJPmIpKha3MZJIDQ==

    """

  /// The proof of entry 123 at size 300.
  static let inclusion = """
    EzzQ67G/1yy1tVdbykKhuXiwqLXE4YUJsjhp282fyUk= DpRYeHWOCvsoWO7RT1ST78tDMrv9zzCqVyETaBr6DW8= \
    CcyGSL7cZAudDFQj3JtPciPFCr3l/xiIT1tW4Dq5hT8= +LgRmUzdPxH5JXLEqW0Wv/XkjXbc5hJlsMzjQLeuijw= \
    PANyn8X8iKeQ54v6KlnEI61caqAysd98Oa2ZQNlA1FA= tnBJQJ3UOITU6YVvCjlvPKc7Gx1g+8V6iTnjf3QYFsM= \
    bTDv+hvnqMLeNAenJWMcWr/O2rO/BUw42t/y+pkVpoY= cX/H7hcTaSutccrEePchxBoI2yORApHsypSNwwrz4UY= \
    VMnxW4d1+SaVX5js9ar6Mu9CMl6XtZ2TGyciceBeJe8=
    """

  /// Files of the exported log of 300 entries: bytes and SHA-256.
  static let files: [(path: String, bytes: Int, digest: String)] = [
    (
      "tile/entries/000", 2706, "2e41f76a98595afb6b3a27a02a74792386a99b155db3579513faf3bf67057752"
    ),
    ("tile/0/000", 8192, "8921c57d2f65271c82bf0f686c002793863c80c8d1cbbbf5db6046ff59e8b590"),
    ("tile/0/001.p/44", 1408, "7bac48c6f72db216f103763f08f639e038a4097f2763009eb3cf2bb457280832"),
    ("tile/1/000.p/1", 32, "0dbddfec97fdc03a63eca701dce6bc0a6493d5d938070377900a6529cc71a448"),
  ]

  /// `entry-<i>`.
  static func entry(_ index: Int) -> [UInt8] { Array("entry-\(index)".utf8) }

  static func signer() throws -> NoteSigner {
    try NoteSigner(name: "log.example/gpai/audit", key: SigningKey(seed: Array(0..<32)))
  }

  static func witness() throws -> NoteSigner {
    try NoteSigner(
      name: "witness.example/w1", key: SigningKey(seed: Array(32..<64)), type: .cosignature)
  }
}
