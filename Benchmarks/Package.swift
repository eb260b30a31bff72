// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
import PackageDescription

// A package of its own: a plain clone never builds it.
let package = Package(
  name: "benchmarks",
  dependencies: [.package(name: "systemic", path: "..")],
  targets: [
    .executableTarget(
      name: "journalbench", dependencies: [.product(name: "SystemicCore", package: "systemic")])
  ]
)
