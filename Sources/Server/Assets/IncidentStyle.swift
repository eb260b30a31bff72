/// How incidents look: questions with their three answers, moments with their clock, the board.
enum IncidentStyle {
  /// All rules.
  static let sheet = """
    fieldset.moment{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.5rem,1fr));gap:.2rem .8rem;max-width:34rem;
    border:0;padding:.35rem 0}
    fieldset.moment legend{float:none;font:inherit;font-size:.92rem;padding:0}
    fieldset.moment label{font-size:.82rem;color:var(--muted);font-weight:400}
    fieldset.moment .note,fieldset.moment .wrong{grid-column:1/-1}
    .wrong{display:block;color:var(--yes);font-weight:600;font-size:.88rem}
    [aria-invalid=true]{border-color:var(--yes);border-width:2px}
    form.record fieldset.question{border:0;padding:.35rem 0}
    fieldset.question legend{float:none;font:inherit;padding:0;max-width:50rem}
    fieldset.question:target{background:var(--open-soft);padding-left:.6rem}
    .answers{display:flex;flex-wrap:wrap;gap:.2rem 1.4rem;align-items:baseline;margin:.25rem 0}
    .answers label{margin:0}
    form.record .answers input,form.record .boxes input{width:auto}
    fieldset.boxes label{font-weight:400}
    .suggested{font:600 .8rem/1.4 var(--sans);border:1px dashed var(--open);border-radius:3px;padding:0 .4rem;
    color:var(--open);white-space:nowrap}
    blockquote.words{margin:.6rem 0;padding:.1rem 0 .1rem .9rem;border-left:3px solid var(--line);white-space:pre-line;
    max-width:50rem}
    ul.plain{list-style:none;padding:0}
    .steps-of form,.steps-of a{display:inline-block;margin-right:.8rem}
    .steps-of .plain{font-size:.92rem}
    svg.chart .span.past{fill:var(--line)}
    svg.chart .span.maybe{fill:none;stroke:var(--link);stroke-width:1.5;stroke-dasharray:3 2}
    svg.chart .mark{fill:var(--ink)}
    .stages{display:grid;grid-template-columns:repeat(auto-fit,minmax(10.5rem,1fr));gap:1rem 1.2rem;align-items:start}
    .stages section{background:var(--soft);padding:.4rem .8rem .8rem;border-radius:3px}
    .stages h2{border:0;margin:0;padding:.3rem 0;font-size:1.05rem}
    .stages ul{list-style:none;padding:0;margin:0}
    .stages li{background:var(--paper);border:1px solid var(--line);border-radius:3px;padding:.35rem .6rem;margin:.5rem 0}
    .stages li p{margin:.1rem 0;font-size:.92rem}
    .stages .status{white-space:normal}
    .law-beside .field{padding:.8rem 0}
    .law-beside h3{font-size:1.05rem}
    .law-beside .words{white-space:pre-line;max-width:44rem}
    .law-beside .field>.why{padding-top:0}
    form.record input[type=file]{max-width:34rem}
    @media (min-width:60rem){#clocks .table tbody th{min-width:17rem}}
    form.sheet{border-top:1px solid var(--line);padding-top:.4rem}

    """
}
