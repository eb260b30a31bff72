extension DeskStyle {
  /// Evidence, docket, comments, filters, the palette: what their pages have and others have not.
  static let registers = """
    .drop{border:2px dashed var(--line);border-radius:4px;padding:.8rem 1rem;background:var(--soft)}
    .drop.ready::after{content:"or drop it here";color:var(--muted);font-size:.88rem}
    .drop.over{border-color:var(--link);background:var(--paper)}
    .drop input[type=file]{width:100%;border:0;padding:.3rem 0;background:none}
    img.preview{max-width:100%;max-height:34rem;border:1px solid var(--line);background:#fff}
    iframe.preview{width:100%;height:34rem;border:1px solid var(--line);background:#fff}
    form.sheet{display:grid;grid-template-columns:repeat(auto-fill,minmax(18rem,1fr));gap:.2rem 1.6rem;align-items:start}
    form.sheet .wide{grid-column:1/-1}
    form.sheet p{margin:.35rem 0}
    form.sheet input:not([type=checkbox]),form.sheet select,form.sheet textarea{width:100%}
    details{margin:.5rem 0}
    summary{cursor:pointer;color:var(--link);padding:.15rem 0}
    details[open]>summary{margin-bottom:.4rem}
    progress{width:100%;max-width:30rem;height:1rem;accent-color:var(--link)}
    .views{display:flex;flex-wrap:wrap;gap:.3rem 1.2rem;margin:0 0 1rem;padding:0;list-style:none}
    .views a[aria-current]{font-weight:600;color:var(--ink);text-decoration:none;border-bottom:2px solid var(--link)}
    .views form{display:inline}
    .keep{margin:0 0 1rem;display:flex;flex-wrap:wrap;gap:.4rem;align-items:center}
    .keep label{margin:0}
    fieldset.choices{border:0}
    fieldset.choices legend{padding:0;float:left;width:100%;font-weight:600;font-size:.92rem}
    .choices label,select,input,textarea{max-width:100%}
    .choices fieldset{border:0;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:.2rem 1rem;width:100%}
    .choices legend{font-size:.92rem;padding:0;margin-bottom:.2rem}
    .choices input[type=checkbox]{vertical-align:-.1em}
    .month{table-layout:fixed}
    .month th,.month td{border:1px solid var(--line);padding:.35rem .45rem;width:14.28%}
    .month thead th{border:0;text-align:left}
    .month td{height:5.5rem;font-size:.86rem}
    .month td.weekend,.month td.other{background:var(--soft)}
    .month td.other .date{color:var(--muted)}
    .month td.today{outline:2px solid var(--link);outline-offset:-2px}
    .month .date{font-weight:600;font-variant-numeric:tabular-nums}
    .month ul{list-style:none;padding:0;margin:.2rem 0 0}
    .month li .note{display:inline}
    figure{margin:.8rem 0}
    .month li{margin:.15rem 0;line-height:1.3}
    .scroll{overflow-x:auto;margin:.8rem 0}
    svg.chart{display:block;width:100%;height:auto;color:var(--ink)}
    svg.chart.narrow{display:none}
    svg.chart .tick,svg.chart .remark{fill:var(--muted)}
    svg.chart .today{stroke:var(--link);stroke-width:1.5}
    svg.chart text.today{fill:var(--link);stroke:none;font-weight:600}
    svg.chart .span{fill:var(--link)}
    svg.chart .span.overdue{fill:var(--yes)}
    svg.chart .binding{fill:var(--paper);stroke:var(--ink);stroke-width:1.5}
    .comment{border-left:3px solid var(--line);padding:.1rem 0 .1rem .9rem;margin:.8rem 0}
    .comment .words{white-space:pre-line;max-width:46rem}
    .comment form{display:inline}
    .dated{list-style:none;padding:0}
    .dated>li{border-top:1px solid var(--line);padding:.6rem 0}
    dialog.palette{width:min(40rem,calc(100vw - 2rem));margin-top:12vh;border:1px solid var(--line);border-radius:6px;
    background:var(--paper);color:var(--ink);padding:.8rem;box-shadow:0 12px 40px rgb(0 0 0/.35)}
    dialog.palette::backdrop{background:rgb(0 0 0/.4)}
    dialog.palette input{width:100%;font-size:1.1rem}
    dialog.palette ul{list-style:none;margin:.6rem 0 0;padding:0;max-height:50vh;overflow:auto}
    dialog.palette li{display:flex;justify-content:space-between;gap:1rem;padding:.4rem .6rem;border-radius:3px;
    cursor:pointer;border-left:3px solid transparent}
    dialog.palette li[aria-selected=true]{background:var(--soft);border-left-color:var(--link)}
    @media (max-width:44rem){.month td{height:auto}.month td.quiet,.month tr.quiet{display:none}
    .month th,.month td{width:100%}.month td.weekend,.month td.other{background:none}
    svg.chart.wide{display:none}svg.chart.narrow{display:block}}
    @media print{dialog,.views,.choices{display:none}details:not([open])>*{display:revert}}

    """
}
