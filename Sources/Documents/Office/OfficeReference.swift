/// The styles of a word-processor document: a sober serif page on A4 with its number at the foot.
///
/// Source: ISO/IEC 29500-1 (WordprocessingML), sections 17.6 and 17.7.
enum OfficeReference {
  /// An empty document whose styles another program takes over.
  static let file: [UInt8] = {
    var zip = StoredZip()
    zip.add("[Content_Types].xml", types)
    zip.add("_rels/.rels", relations([("officeDocument", "word/document.xml")]))
    zip.add("word/document.xml", document)
    zip.add(
      "word/_rels/document.xml.rels",
      relations([("styles", "styles.xml"), ("footer", "footer1.xml")]))
    zip.add("word/styles.xml", styles)
    zip.add("word/footer1.xml", footer)
    return zip.closed()
  }()

  private static let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
  private static let schemas = "http://schemas.openxmlformats.org/"
  private static let word = "xmlns:w=\"\(schemas)wordprocessingml/2006/main\""

  private static let types: String = {
    let form = "application/vnd.openxmlformats-officedocument.wordprocessingml."
    let parts = [("document", "document.main"), ("styles", "styles"), ("footer1", "footer")].map {
      "<Override PartName=\"/word/\($0.0).xml\" ContentType=\"\(form)\($0.1)+xml\"/>"
    }
    return head + "<Types xmlns=\"\(schemas)package/2006/content-types\">"
      + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
      + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>" + parts.joined() + "</Types>"
  }()

  private static func relations(_ targets: [(type: String, target: String)]) -> String {
    let lines = targets.enumerated().map { number, relation in
      "<Relationship Id=\"rId\(number + 1)\" "
        + "Type=\"\(schemas)officeDocument/2006/relationships/\(relation.type)\" "
        + "Target=\"\(relation.target)\"/>"
    }
    return head + "<Relationships xmlns=\"\(schemas)package/2006/relationships\">" + lines.joined()
      + "</Relationships>"
  }

  private static let document =
    head
    + "<w:document \(word) xmlns:r=\"\(schemas)officeDocument/2006/relationships\"><w:body><w:p/><w:sectPr>"
    + "<w:footerReference w:type=\"default\" r:id=\"rId2\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/>"
    + "<w:pgMar w:top=\"1474\" w:right=\"1361\" w:bottom=\"1361\" w:left=\"1361\" w:header=\"708\" "
    + "w:footer=\"708\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>"

  private static let footer: String = {
    func field(_ code: String) -> String {
      func mark(_ type: String) -> String { "<w:r><w:fldChar w:fldCharType=\"\(type)\"/></w:r>" }
      return mark("begin")
        + "<w:r><w:instrText xml:space=\"preserve\"> \(code) </w:instrText></w:r>"
        + mark("separate") + "<w:r><w:t>1</w:t></w:r>" + mark("end")
    }
    return head + "<w:ftr \(word)><w:p><w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr>" + field("PAGE")
      + "<w:r><w:t xml:space=\"preserve\"> / </w:t></w:r>" + field("NUMPAGES") + "</w:p></w:ftr>"
  }()

  private static let styles: String = {
    let times = ["ascii", "hAnsi", "cs", "eastAsia"].map { "w:\($0)=\"Times New Roman\"" }
      .joined(separator: " ")
    let usual =
      "<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts \(times)/><w:sz w:val=\"21\"/><w:szCs w:val=\"21\"/>"
      + "<w:lang w:val=\"en-GB\"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>"
      + "<w:spacing w:after=\"120\" w:line=\"276\" w:lineRule=\"auto\"/></w:pPr></w:pPrDefault></w:docDefaults>"
    return head + "<w:styles \(word)>" + usual + paragraphs.joined() + characters.joined() + tables
      + "</w:styles>"
  }()

  private static func style(
    _ id: String, _ name: String, _ kind: String = "paragraph", on base: String? = "Normal",
    paragraph: String = "", run: String = ""
  ) -> String {
    let isUsual = base == nil
    return "<w:style w:type=\"\(kind)\" \(isUsual ? "w:default=\"1\" " : "")w:styleId=\"\(id)\">"
      + "<w:name w:val=\"\(name)\"/>" + (base.map { "<w:basedOn w:val=\"\($0)\"/>" } ?? "")
      + "<w:qFormat/>" + (paragraph.isEmpty ? "" : "<w:pPr>\(paragraph)</w:pPr>")
      + (run.isEmpty ? "" : "<w:rPr>\(run)</w:rPr>") + "</w:style>"
  }

  private static func space(_ before: Int, _ after: Int) -> String {
    "<w:spacing w:before=\"\(before)\" w:after=\"\(after)\"/>"
  }

  private static func line(_ side: String, _ width: Int, _ colour: String) -> String {
    "<w:pBdr><w:\(side) w:val=\"single\" w:sz=\"\(width)\" w:space=\"6\" w:color=\"\(colour)\"/></w:pBdr>"
  }

  private static let paragraphs: [String] = {
    let keeps = "<w:keepNext/><w:keepLines/>"
    func outline(_ level: Int) -> String { "<w:outlineLvl w:val=\"\(level)\"/>" }
    return [
      style("Normal", "Normal", on: nil), style("BodyText", "Body Text"),
      style("FirstParagraph", "First Paragraph", on: "BodyText"),
      style("Compact", "Compact", on: "BodyText", paragraph: space(20, 20)),
      style(
        "Heading1", "heading 1",
        paragraph: keeps + line("bottom", 12, "111111") + space(0, 160) + outline(0),
        run: "<w:sz w:val=\"42\"/><w:szCs w:val=\"42\"/>"),
      style(
        "Heading2", "heading 2",
        paragraph: keeps + line("top", 4, "888888") + space(400, 120) + outline(1),
        run: "<w:b/><w:sz w:val=\"27\"/>"),
      style(
        "Heading3", "heading 3", paragraph: keeps + space(280, 60) + outline(2),
        run: "<w:b/><w:sz w:val=\"23\"/>"),
      style(
        "Heading4", "heading 4", paragraph: keeps + space(200, 40) + outline(3), run: "<w:i/>"),
      style("BlockText", "Block Text", paragraph: "<w:ind w:left=\"360\"/>"),
      style(
        "Footer", "footer", paragraph: "<w:jc w:val=\"center\"/>", run: "<w:sz w:val=\"17\"/>"),
    ]
  }()

  private static let characters: [String] = {
    let mono = ["ascii", "hAnsi", "cs"].map { "w:\($0)=\"Courier New\"" }.joined(separator: " ")
    return [
      style("DefaultParagraphFont", "Default Paragraph Font", "character", on: nil),
      style(
        "VerbatimChar", "Verbatim Char", "character", on: "DefaultParagraphFont",
        run: "<w:rFonts \(mono)/><w:sz w:val=\"17\"/>"),
      style(
        "Hyperlink", "Hyperlink", "character", on: "DefaultParagraphFont",
        run: "<w:color w:val=\"111111\"/>"),
    ]
  }()

  private static let tables: String = {
    func margin(_ side: String, _ width: Int) -> String {
      "<w:\(side) w:w=\"\(width)\" w:type=\"dxa\"/>"
    }
    func border(_ side: String, _ width: Int, _ colour: String) -> String {
      "<w:\(side) w:val=\"single\" w:sz=\"\(width)\" w:color=\"\(colour)\"/>"
    }
    return
      "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/>"
      + "<w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar>"
      + margin("top", 40) + margin("left", 0) + margin("bottom", 40) + margin("right", 120)
      + "</w:tblCellMar></w:tblPr></w:style>"
      + "<w:style w:type=\"table\" w:styleId=\"Table\"><w:name w:val=\"Table\"/>"
      + "<w:basedOn w:val=\"TableNormal\"/><w:rPr><w:sz w:val=\"17\"/></w:rPr><w:tblPr><w:tblBorders>"
      + border("bottom", 4, "BBBBBB") + border("insideH", 4, "BBBBBB")
      + "</w:tblBorders></w:tblPr><w:tblStylePr w:type=\"firstRow\"><w:rPr><w:b/></w:rPr><w:tcPr>"
      + "<w:tcBorders>" + border("bottom", 8, "111111")
      + "</w:tcBorders></w:tcPr></w:tblStylePr></w:style>"
  }()
}
