/// The style sheet of the desk: calm, exact, printable, light and dark.
enum DeskStyle {
  /// All rules.
  static let sheet = [
    colours, text, frame, forms, FormStyle.sheet, tables, parts, DocumentStyle.sheet,
    IncidentStyle.sheet, narrow, print,
  ].joined()

  private static let colours = """
    :root{color-scheme:light dark;--paper:#fff;--soft:#f4f5f7;--ink:#1a1e23;--muted:#525b66;--line:#d3d8de;
    --link:#0b4a80;--yes:#8c2413;--yes-soft:#fbefec;--no:#175230;--no-soft:#edf6f0;--open:#6a4700;--open-soft:#fcf5e4;
    --serif:"Iowan Old Style","Palatino Linotype",Palatino,Georgia,"Liberation Serif","Times New Roman",serif;
    --sans:system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",Arial,sans-serif}
    @media (prefers-color-scheme:dark){:root{--paper:#15181c;--soft:#1d2126;--ink:#e5e7ea;--muted:#a6b0bb;
    --line:#3a424b;--link:#8fc3f5;--yes:#ffb3a3;--yes-soft:#371d18;--no:#9adfb3;--no-soft:#14301f;--open:#f2cf80;
    --open-soft:#32290f}}

    """

  private static let text = """
    *{box-sizing:border-box}
    html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
    body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.5 var(--sans);overflow-wrap:break-word}
    a{color:var(--link);text-underline-offset:.15em}
    :focus-visible{outline:2px solid var(--link);outline-offset:2px}
    h1,h2,h3{font-family:var(--serif);font-weight:600;line-height:1.25;margin:0}
    h1{font-size:1.9rem;margin:.2rem 0 1.2rem}
    h2{font-size:1.3rem;margin:2.2rem 0 .6rem;padding-top:1rem;border-top:1px solid var(--line)}
    p{margin:.5rem 0}
    ul,ol{margin:.5rem 0;padding-left:1.3rem}
    li{margin:.2rem 0}
    code{font:.85em/1.4 ui-monospace,"Liberation Mono",Menlo,Consolas,monospace;overflow-wrap:anywhere}
    pre{font:.82rem/1.45 ui-monospace,"Liberation Mono",Menlo,Consolas,monospace;background:var(--soft);padding:.8rem;
    overflow:auto;max-height:30rem;white-space:pre-wrap;overflow-wrap:anywhere}
    .note{color:var(--muted);font-size:.88rem}
    td .note,th .note{display:block;font-weight:400}
    .eyebrow{color:var(--muted);font-size:.88rem;margin:0}
    .rule{font:1.12rem/1.6 var(--serif);max-width:44rem}
    mark{background:var(--open-soft);color:inherit;border-bottom:2px solid var(--open)}
    .skip,.hidden{position:absolute;left:-999rem}
    .skip:focus{left:1rem;top:.5rem;background:var(--paper);padding:.3rem .6rem;z-index:2}

    """

  private static let frame = """
    .top{display:flex;flex-wrap:wrap;align-items:center;gap:.3rem 1.4rem;padding:.7rem 1.5rem;
    border-bottom:1px solid var(--line);background:var(--soft)}
    .top p{margin:0}
    .brand a{font:600 1.15rem/1 var(--serif);color:var(--ink);text-decoration:none}
    .top ul{display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;list-style:none;margin:0;padding:0}
    .top nav a{color:var(--ink);text-decoration:none;padding:.25rem 0;border-bottom:2px solid transparent}
    .top nav a:hover{border-color:var(--line)}
    .top nav a[aria-current]{border-color:var(--link);font-weight:600}
    .find{margin-left:auto}
    .find input{width:11rem}
    .me{display:flex;align-items:center;gap:.8rem;font-size:.92rem}
    .me form{margin:0}
    main{max-width:72rem;margin:0 auto;padding:1.6rem 1.5rem 3rem}
    footer{max-width:72rem;margin:0 auto;padding:0 1.5rem 2rem;color:var(--muted);font-size:.85rem}
    footer p:first-child{border-top:1px solid var(--line);padding-top:1rem}

    """

  private static let forms = """
    input,select,textarea,button{font:inherit;color:inherit}
    input,select,textarea{background:var(--paper);border:1px solid var(--muted);border-radius:3px;padding:.35rem .5rem}
    button,.button{display:inline-block;background:var(--link);color:var(--paper);border:1px solid var(--link);
    border-radius:3px;padding:.4rem .9rem;text-decoration:none;cursor:pointer}
    button.plain{background:none;color:var(--link);border:0;padding:0;text-decoration:underline;
    text-underline-offset:.15em}
    form.narrow{max-width:24rem}
    form.narrow input,form.record input,form.record select,form.record textarea{width:100%}
    label{display:block;font-size:.92rem;margin-bottom:.15rem}
    .choices{display:flex;flex-wrap:wrap;align-items:center;gap:.6rem 1.4rem;background:var(--soft);padding:.7rem 1rem;
    margin:0 0 1.2rem;border-radius:3px}
    .choices label{margin:0}
    .refusal{border-left:4px solid var(--yes);background:var(--yes-soft);padding:.6rem 1rem;margin:0 0 1.2rem}
    .done{border-left:4px solid var(--no);background:var(--no-soft);padding:.6rem 1rem}
    .qr{display:block;width:14rem;max-width:100%;height:auto;border:1px solid var(--line)}
    .emergency{background:var(--yes);color:var(--paper);padding:.6rem 1.5rem;font-weight:600}
    .emergency p{margin:0}
    .emergency a{color:var(--paper)}
    .caution{border-left:4px solid var(--open);background:var(--open-soft);padding:.6rem 1rem}

    """

  private static let tables = """
    .table{overflow-x:auto;margin:.8rem 0 1.2rem}
    table{border-collapse:collapse;width:100%;font-size:.94rem}
    caption{text-align:left;color:var(--muted);font-size:.88rem;padding:.2rem 0 .4rem}
    th,td{text-align:left;vertical-align:top;padding:.45rem .9rem .45rem 0;border-top:1px solid var(--line)}
    thead th{border:0;border-bottom:2px solid var(--ink);font-size:.85rem;white-space:nowrap}
    tbody th{font-weight:600}
    .number{text-align:right;font-variant-numeric:tabular-nums}
    time{white-space:nowrap}

    """

  private static let parts = """
    dl.facts{display:flex;flex-wrap:wrap;gap:.6rem 2.2rem;margin:.4rem 0 1rem}
    dl.facts dt{font-size:.82rem;color:var(--muted)}
    dl.facts dd{margin:0}
    dl.tree{margin:.2rem 0 .6rem;padding-left:.8rem;border-left:2px solid var(--line)}
    dl.tree dt{display:inline;color:var(--muted);font-size:.88rem}dl.tree dt::after{content:": "}
    dl.tree dd{display:inline;margin:0}dl.tree div{margin:.1rem 0}
    .icon{width:1em;height:1em;flex:none;vertical-align:-.12em;fill:none;stroke:currentColor;stroke-width:2;
    stroke-linecap:round;stroke-linejoin:round}
    .verdict{padding:1rem 1.3rem;border:1px solid;border-left-width:6px;border-radius:2px}
    .verdict+.verdict,.verdict+nav{margin-top:1rem}
    .verdict h2{border:0;padding:0;margin:0;font:600 .95rem/1.4 var(--sans)}
    .verdict .word{display:flex;align-items:center;gap:.5rem;font:600 1.7rem/1.2 var(--serif);margin:.2rem 0 .4rem}
    .verdict p{max-width:50rem}
    .verdict.yes{border-color:var(--yes);background:var(--yes-soft)}
    .verdict.no{border-color:var(--no);background:var(--no-soft)}
    .verdict.undetermined{border-color:var(--open);background:var(--open-soft)}
    .verdict.yes .word{color:var(--yes)}.verdict.no .word{color:var(--no)}.verdict.undetermined .word{color:var(--open)}
    .badge{display:inline-flex;align-items:center;gap:.35em;font-weight:600;font-size:.88rem;white-space:nowrap;
    border:1px solid var(--ink);border-radius:3px;padding:.05rem .5rem}
    .badge.yes{background:var(--ink);color:var(--paper)}
    .badge.undetermined{background:var(--open-soft);border-color:var(--open);color:var(--open)}
    .status{white-space:nowrap}
    .status.overdue{color:var(--yes);font-weight:700}
    .status.due-soon,.status.undetermined,.unknown{color:var(--open)}
    .force{font-size:.8rem;border:1px solid var(--line);border-radius:3px;padding:0 .35rem;white-space:nowrap;
    color:var(--muted)}
    .empty{background:var(--soft);padding:1rem 1.2rem;border-radius:3px}
    .history{list-style:none;padding:0}
    .history>li{border-top:1px solid var(--line);padding:.6rem 0}
    .pages{margin:1rem 0}
    .divergence dt{font-size:.82rem;color:var(--muted)}
    .divergence dd{margin:0 0 .5rem}
    .digits span{margin-left:.22em}.digits span:first-child{margin-left:0}

    """

  private static let narrow = """
    @media (max-width:44rem){main,footer{padding-left:1rem;padding-right:1rem}.top{padding:.6rem 1rem}
    .find{margin:0;width:100%}.find input{width:100%}h1{font-size:1.5rem}
    table,caption,tbody,tr,td,tbody th{display:block;width:100%}thead{position:absolute;left:-999rem}
    td:empty{display:none}
    tr{border-top:2px solid var(--line);padding:.5rem 0}td,tbody th{border:0;padding:.15rem 0;text-align:left}
    td[data-label]:not([data-label=""])::before{content:attr(data-label) ": ";color:var(--muted);font-size:.85rem}
    .number{text-align:left}}

    """

  private static let print = """
    @media print{.top,form,.actions,.skip{display:none}body{background:#fff;color:#000;font-size:10pt}
    main,footer{max-width:none;padding:0}a{color:inherit}section{break-inside:avoid}}

    """
}
