/// The style sheet of documents: constant, so that a policy can allow it by its hash.
enum OpinionStyle {
  /// All rules.
  static let sheet: HTML = HTML.joined([
    colours, text, verdict, tables, parts, charts, narrow, print,
  ])

  private static let colours: HTML = """
    :root{color-scheme:light dark;--paper:#fff;--soft:#f5f6f7;--ink:#1a1e23;--muted:#545d68;
    --line:#d3d8de;--link:#0b4a80;--yes:#8c2413;--yes-soft:#fbefec;--no:#175230;--no-soft:#edf6f0;
    --open:#6a4700;--open-soft:#fcf5e4;--serif:"Iowan Old Style","Palatino Linotype",Palatino,
    Georgia,"Liberation Serif","Times New Roman",serif;
    --sans:system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",Arial,sans-serif}
    @media (prefers-color-scheme:dark){:root{--paper:#15181c;--soft:#1d2126;--ink:#e5e7ea;
    --muted:#a6b0bb;--line:#3a424b;--link:#8fc3f5;--yes:#ffb3a3;--yes-soft:#371d18;--no:#9adfb3;
    --no-soft:#14301f;--open:#f2cf80;--open-soft:#32290f}}

    """

  private static let text: HTML = """
    *{box-sizing:border-box}
    html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
    body{margin:0 auto;max-width:62rem;padding:2.5rem 1.5rem 4rem;background:var(--paper);
    color:var(--ink);font:1.0625rem/1.55 var(--serif);overflow-wrap:break-word}
    a{color:var(--link);text-underline-offset:.15em}
    a:focus-visible{outline:2px solid var(--link);outline-offset:2px}
    .skip{position:absolute;left:-999rem}.skip:focus{left:1rem;top:.5rem;background:var(--paper)}
    h1,h2,h3,h4{line-height:1.25;font-weight:600;margin:0}
    h1{font-size:2.1rem;margin:.3rem 0 1rem}
    h2{font-size:1.4rem;margin:0 0 .8rem;padding-top:1.2rem;border-top:1px solid var(--line)}
    h3{font-size:1.12rem}
    h4{font:600 .9rem/1.4 var(--sans)}
    section{margin-top:2.2rem}
    p{margin:.5rem 0}
    ul,ol{margin:.5rem 0;padding-left:1.4rem}
    li{margin:.25rem 0}
    code{font:.82em/1.4 ui-monospace,"Liberation Mono",Menlo,Consolas,monospace;color:var(--muted)}
    .eyebrow{font:.85rem/1.4 var(--sans);color:var(--muted);margin:0}
    dl.facts{display:flex;flex-wrap:wrap;gap:.8rem 2.4rem;margin:0 0 1rem;font-family:var(--sans)}
    dl.facts dt,.divergence dt{font-size:.8rem;color:var(--muted)}
    dl.facts dd{margin:0;font-size:.95rem}
    .caution{border-left:4px solid var(--open);background:var(--open-soft);padding:.6rem 1rem;
    font:.95rem/1.5 var(--sans)}
    .contents{font:.9rem/1.5 var(--sans);margin-top:1.6rem}
    .contents ol{columns:3 14rem;column-gap:2rem;list-style:none;padding:0}
    .contents li{margin:0;padding:.2rem 0;break-inside:avoid}
    footer{margin-top:3rem;border-top:1px solid var(--line);color:var(--muted);
    font:.85rem/1.5 var(--sans)}

    """

  private static let verdict: HTML = """
    .icon{width:1em;height:1em;flex:none;vertical-align:-.12em;fill:none;stroke:currentColor;
    stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
    .verdict{margin-top:1.2rem;padding:1.1rem 1.4rem;border:1px solid;border-left-width:6px}
    .verdict h2{border:0;padding:0;margin:0;font:600 .95rem/1.4 var(--sans)}
    .verdict .word{display:flex;align-items:center;gap:.5rem;margin:.25rem 0 .4rem;
    font-size:1.9rem;line-height:1.2;font-weight:600}
    .verdict.yes{border-color:var(--yes);background:var(--yes-soft)}
    .verdict.no{border-color:var(--no);background:var(--no-soft)}
    .verdict.undetermined{border-color:var(--open);background:var(--open-soft)}
    .verdict.yes .word{color:var(--yes)}
    .verdict.no .word{color:var(--no)}
    .verdict.undetermined .word,.badge.undetermined,.counts.undetermined{color:var(--open)}
    .verdict .sentence{margin:0;max-width:46rem}
    .verdict .next{margin:.6rem 0 0;max-width:46rem;font:.95rem/1.5 var(--sans)}
    .badge,.counts{display:inline-flex;align-items:center;gap:.35em;font:600 .88rem/1.3 var(--sans);
    white-space:nowrap}
    .badge{border:1px solid var(--ink);border-radius:3px;padding:.1rem .5rem}
    .badge.yes{background:var(--ink);color:var(--paper)}
    .badge.undetermined{background:var(--open-soft);border-color:var(--open)}
    .badge.open{color:var(--muted);border-color:var(--line)}
    .counts.no{font-weight:400}
    .missing{font:.92rem/1.5 var(--sans);margin-top:.6rem}
    .missing p,.missing ul{margin:.1rem 0}

    """

  private static let tables: HTML = """
    .table{overflow-x:auto;margin:1rem 0 1.4rem}
    table{border-collapse:collapse;width:100%;font:.9rem/1.45 var(--sans)}
    caption{text-align:left;color:var(--muted);padding-bottom:.4rem}
    th,td{text-align:left;vertical-align:top;padding:.5rem .9rem .5rem 0;
    border-bottom:1px solid var(--line)}
    thead th{font-weight:600;vertical-align:bottom;border-bottom:2px solid var(--ink)}
    tbody th{font-weight:500}
    th .sub,th .cites{font-weight:400}
    th:last-child,td:last-child{padding-right:0}
    .number{text-align:right;font-variant-numeric:tabular-nums}
    td.number:not(:last-child),th.number:not(:last-child){padding-right:1.8rem}
    .figure,.exact{white-space:nowrap}
    .sub,.cites,.exact{color:var(--muted);font-size:.85rem}
    .digits{font-variant-numeric:tabular-nums;white-space:nowrap}
    .digits span{margin-left:.28em}.digits span:first-child{margin-left:0}
    .digits wbr{display:none}
    .unknown{font-style:italic}
    .address{display:block;min-width:14rem;font-size:.8rem;word-break:break-all}

    """

  private static let parts: HTML = """
    .question{margin:1.4rem 0 1.8rem}
    .question .answer{margin:.4rem 0}
    .reasons>li{margin:.6rem 0}.reasons p{margin:0;max-width:48rem}
    .cites{font-family:var(--sans);line-height:1.5}
    .force{display:inline-block;border:1px solid var(--line);border-radius:3px;padding:0 .35em;
    font:.78rem/1.45 var(--sans);color:var(--muted);background:var(--soft)}
    .force.statute{color:var(--ink);border-color:var(--muted);font-weight:600}
    .doubt{font-style:normal;color:var(--open)}
    .notes{border:1px solid var(--line);background:var(--soft);padding:.4rem 1.1rem;
    font:.9rem/1.5 var(--sans)}
    .notes .source{margin:.8rem 0 1.2rem}
    .notes h3{font:600 .95rem/1.4 var(--sans);margin-bottom:.5rem}
    .notes cite{font-weight:400}
    .divergence:target{outline:2px solid var(--link);outline-offset:2px}
    .divergence{display:grid;grid-template-columns:1fr 1fr;gap:.4rem 1.6rem;margin:0;
    border-top:1px solid var(--line);padding:.5rem 0}
    .divergence dd{margin:0}
    .divergence .cites{margin-top:.15rem}
    .counting{font:.9rem/1.5 var(--sans);margin:1rem 0}
    .counting h3{font:600 .95rem/1.4 var(--sans)}
    .legend{font:.88rem/1.5 var(--sans);margin:.5rem 0}
    .legend div{display:flex;gap:.6rem;margin:.25rem 0}
    .legend dt{flex:0 0 5.5rem}.legend dd{margin:0}

    """

  private static let charts: HTML = """
    .drawing{margin:1.2rem 0 1.6rem}
    figcaption{color:var(--muted);font:.85rem/1.5 var(--sans);margin-top:.3rem}
    svg.chart{display:block;width:100%;height:auto;color:var(--ink)}
    svg.chart.narrow{display:none}
    svg.chart text{stroke:var(--paper);stroke-width:4px;stroke-linejoin:round;paint-order:stroke}
    svg.chart .tick,svg.chart .remark,svg.chart .other.sum{fill:var(--muted)}
    svg.chart text.own{font-weight:600}
    svg.chart text.own.remark{font-weight:400}
    svg.chart line.presumption{stroke:var(--yes);stroke-width:2}
    svg.chart text.presumption{fill:var(--yes);font-weight:600}
    svg.chart line.indication,svg.chart line.known{stroke:var(--link);stroke-width:1.5}
    svg.chart text.indication,svg.chart text.known{fill:var(--link);font-weight:600}
    svg.chart .band{fill:var(--link)}
    svg.chart circle.other{fill:var(--paper);stroke:var(--muted)}

    """

  private static let narrow: HTML = """
    @media screen and (max-width:44rem){
    body{padding:1.4rem 1rem 3rem;font-size:1rem}
    h1{font-size:1.65rem}
    svg.chart.wide{display:none}svg.chart.narrow{display:block}
    table,thead,tbody,tr,th,td{display:block}
    caption{display:block}
    thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
    tbody tr{border-bottom:1px solid var(--line);padding:.6rem 0}
    tbody tr:first-child{border-top:2px solid var(--ink)}
    th,td{border:0;padding:.15rem 0}
    tbody th{font-weight:600}
    td::before{content:attr(data-label);display:block;color:var(--muted);font-size:.78rem}
    .number{text-align:left}.exact{white-space:normal}
    .digits{white-space:normal}.digits wbr{display:inline}
    .divergence{grid-template-columns:1fr}}

    """

  private static let print: HTML = """
    @page{size:A4;margin:20mm 18mm}
    @media print{
    :root{color-scheme:light;--paper:#fff;--soft:#fff;--ink:#000;--muted:#444;--line:#bbb;
    --link:#000;--yes:#8c2413;--yes-soft:#fff;--no:#175230;--no-soft:#fff;--open:#6a4700;
    --open-soft:#fff}
    .badge.yes{background:none;color:var(--ink)}
    body{max-width:none;padding:0;font-size:10pt}
    .skip,.contents{display:none}
    .badge,.counts,.force{font-size:8pt}
    h1{font-size:20pt}h2{font-size:13pt}h3{font-size:11pt}
    table,.notes,.cites,.missing,.counting,.legend,figcaption,footer{font-size:8.5pt}
    .notes h3,.counting h3{font-size:9pt}
    th,td{padding-right:.7rem}td.number:not(:last-child),th.number:not(:last-child){padding-right:1rem}
    .sub,.exact,.cites{font-size:8pt}
    a{text-decoration:none}
    h2,h3,h4,caption{break-after:avoid}
    tr,.verdict,.divergence,figure,.reasons>li{break-inside:avoid}
    thead,thead tr{break-after:avoid}
    thead{display:table-header-group}
    .table{overflow:visible}
    .answer,.missing{break-after:avoid}
    p,li{orphans:3;widows:3}}

    """
}
