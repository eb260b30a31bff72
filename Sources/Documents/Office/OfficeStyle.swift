/// How a document looks on paper: a law report in a serif, its title above and its page number below.
enum OfficeStyle {
  static let css = """
    @page { size: A4; margin: 26mm 24mm 24mm;
      @top-left { content: "Systemic"; font: 8.5pt "Liberation Serif", "DejaVu Serif", serif; color: #444;
        letter-spacing: .06em }
      @top-right { content: string(title); font: 8.5pt "Liberation Serif", "DejaVu Serif", serif; color: #444 }
      @bottom-center { content: counter(page) " / " counter(pages);
        font: 8.5pt "Liberation Serif", "DejaVu Serif", serif } }
    @page :first { @top-left { content: none } @top-right { content: none } }
    html { font: 10.5pt/1.42 "Liberation Serif", "DejaVu Serif", serif; color: #111 }
    body { margin: 0; hyphens: auto }
    h1 { string-set: title content(); font-size: 21pt; line-height: 1.15; font-weight: normal; margin: 0 0 4pt;
      padding-bottom: 8pt; border-bottom: 1.4pt solid #111 }
    h2 { font-size: 13.5pt; margin: 20pt 0 6pt; padding-top: 6pt; border-top: .5pt solid #888; break-after: avoid }
    h3 { font-size: 11.2pt; margin: 14pt 0 3pt; break-after: avoid }
    h4 { font-size: 10.5pt; font-style: italic; margin: 10pt 0 2pt; break-after: avoid }
    p, ul, ol { margin: 0 0 6pt; orphans: 3; widows: 3 }
    ol, ul { padding-left: 16pt }
    li { margin: 0 0 2.5pt }
    li p { margin: 0 }
    table { border-collapse: collapse; width: 100%; margin: 6pt 0 12pt; font-size: 8.8pt; line-height: 1.3;
      hyphens: none }
    thead { display: table-header-group }
    tr { break-inside: avoid }
    th { text-align: left; border-bottom: .9pt solid #111; padding: 2.5pt 6pt 2.5pt 0; vertical-align: bottom }
    td { border-bottom: .4pt solid #bbb; padding: 2.5pt 6pt 2.5pt 0; vertical-align: top; overflow-wrap: anywhere }
    code { font: 8.4pt "Liberation Mono", "DejaVu Sans Mono", monospace; overflow-wrap: anywhere }
    a { color: #111; text-decoration: none; overflow-wrap: anywhere }
    blockquote { margin: 0 0 6pt 12pt; padding-left: 8pt; border-left: 1pt solid #888 }
    hr { border: 0; border-top: .5pt solid #888 }

    """
}
