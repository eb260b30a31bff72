import Testing

@testable import Journal

@Suite("Paths of tiles")
struct TilePathTests {
  @Test(
    "are those of the format",
    arguments: [
      (0, 0, 256, "tile/0/000"), (0, 1_234_067, 256, "tile/0/x001/x234/067"),
      (nil, 1000, 3, "tile/entries/x001/000.p/3"), (2, 0, 1, "tile/2/000.p/1"),
      (1, 999, 255, "tile/1/999.p/255"),
    ] as [(Int?, Int, Int, String)])
  func texts(_ level: Int?, _ index: Int, _ width: Int, _ text: String) {
    let path = TilePath(level: level, index: index, width: width)
    #expect(path.text == text)
    #expect(TilePath(text) == path)
  }

  @Test(
    "are refused in any other spelling",
    arguments: [
      "", "tile", "tile/0", "tile/0/", "tile/0/0", "tile/0/0000", "tile/00/000", "tile/8/000",
      "tile/-1/000", "tile/data/000", "tile/0/001/067", "tile/0/x000/067", "tile/0/x001/x067",
      "tile/0/x01/067", "tile/0/000.p", "tile/0/000.p/", "tile/0/000.p/0", "tile/0/000.p/256",
      "tile/0/000.p/01", "tile/0/000/1", "tile/0/000.q/1", "tile/0/+01", "tile/0/x+01/000",
      "/tile/0/000", "tile//000", "tile/0/000/", "tile/0/x001/x999/x999/x999/x999/x999/x999/999",
      "tile/0/00\u{661}", "checkpoint",
    ])
  func refusals(_ text: String) { #expect(TilePath(text) == nil) }

  @Test("of a log of 70,000 are those that the format gives as an example")
  func example() {
    func width(_ level: Int, _ index: Int) -> Int? {
      TilePath(level: level, index: index, size: 70_000)?.width
    }
    #expect(width(0, 272) == 256 && width(0, 273) == 112 && width(0, 274) == nil)
    #expect(width(1, 0) == 256 && width(1, 1) == 17 && width(1, 2) == nil)
    #expect(width(2, 0) == 1 && width(2, 1) == nil && width(3, 0) == nil)
    #expect(TilePath("tile/0/273.p/112")?.leastSize == 70_000)
    #expect(TilePath("tile/2/000.p/1")?.leastSize == 65_536)
    #expect(TilePath(level: 7, index: 1, width: 256).leastSize == nil)
  }
}
