/// How opinions, their parts and charts look among other things.
enum DocumentStyle {
  /// All rules.
  static let sheet = sections + charts

  private static let sections = """
    h3{font-size:1.08rem;margin:1.3rem 0 .4rem}
    .actions a,.actions .button{margin:.2rem 1.2rem .2rem 0}
    .sample{display:inline-block;border:1px dashed var(--open);color:var(--open);border-radius:3px;padding:0 .4rem;
    font:600 .78rem/1.5 var(--sans);white-space:nowrap}
    .beside{display:grid;grid-template-columns:minmax(0,5fr) minmax(0,3fr);gap:0 3rem;align-items:start}
    .beside aside{border-left:1px solid var(--line);padding-left:1.6rem}
    .beside h3:first-child{margin-top:.4rem}
    .beside aside table,.beside aside tbody,.beside aside tr,.beside aside td,.beside aside tbody th,
    .beside aside caption{display:block;width:100%}
    .beside aside thead{position:absolute;left:-999rem}
    .beside aside td,.beside aside tbody th{border:0;padding:.05rem 0}
    .beside aside tr{border-top:1px solid var(--line);padding:.45rem 0}
    .beside aside td[data-label=Source]{color:var(--muted);font-size:.85rem}
    .question{margin:0 0 1.4rem}
    .question .answer{margin:.3rem 0}
    .reasons{padding-left:1.4rem}.reasons>li{margin:.5rem 0}.reasons p{margin:0;max-width:46rem}
    .sub,.cites,.exact{color:var(--muted);font-size:.86rem}
    .figure,.exact{white-space:nowrap}
    .doubt{font-style:normal;color:var(--open)}
    .missing p,.missing ul{margin:.1rem 0}
    .counts{display:inline-flex;align-items:center;gap:.35em;font-weight:600;font-size:.88rem;white-space:nowrap}
    .counts.no{font-weight:400}.counts.undetermined{color:var(--open)}
    .badge.open{color:var(--muted);border-color:var(--line);font-weight:400}
    .force.statute{color:var(--ink);border-color:var(--muted);font-weight:600}
    .document{max-width:52rem;font-family:var(--serif);font-size:1.06rem}
    .document .table{font-family:var(--sans);font-size:.95rem}
    .digits{font-variant-numeric:tabular-nums;white-space:nowrap}.digits wbr{display:none}

    """

  private static let charts = """
    .drawing{margin:1rem 0 1.6rem;max-width:46rem}
    figcaption{color:var(--muted);font-size:.86rem;margin-top:.3rem}
    svg.chart{display:block;width:100%;height:auto;color:var(--ink)}
    svg.chart.narrow{display:none}
    svg.chart text{stroke:var(--paper);stroke-width:4px;stroke-linejoin:round;paint-order:stroke}
    svg.chart .tick,svg.chart .remark,svg.chart .other.sum{fill:var(--muted)}
    svg.chart text.own{font-weight:600}svg.chart text.own.remark{font-weight:400}
    svg.chart line.presumption{stroke:var(--yes);stroke-width:2}
    svg.chart text.presumption{fill:var(--yes);font-weight:600}
    svg.chart line.indication,svg.chart line.known{stroke:var(--link);stroke-width:1.5}
    svg.chart text.indication,svg.chart text.known{fill:var(--link);font-weight:600}
    svg.chart .band{fill:var(--link)}
    svg.chart circle.other{fill:var(--paper);stroke:var(--muted)}
    .trend rect.due{stroke:var(--muted)}.trend rect.overdue{fill:var(--yes)}
    dl.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(10rem,1fr));gap:0;margin:0 0 1.6rem;
    border-top:2px solid var(--ink);border-bottom:1px solid var(--line)}
    dl.figures div{padding:.7rem 1.2rem .7rem 0;display:flex;flex-direction:column;justify-content:space-between}
    dl.figures dt{color:var(--muted);font-size:.88rem}
    dl.figures dd{margin:0;font:600 2rem/1.2 var(--serif)}
    svg.chart rect.box{fill:var(--soft);stroke:var(--muted)}svg.chart rect.box.own{stroke:var(--ink)}
    svg.chart rect.box~text{stroke:none}
    svg.chart .arrow{stroke:var(--muted)}svg.chart .point{fill:var(--muted)}
    @media (max-width:44rem){svg.chart.wide{display:none}svg.chart.narrow{display:block}
    .beside{grid-template-columns:minmax(0,1fr)}
    .beside aside{border-left:0;border-top:1px solid var(--line);padding:.6rem 0 0}}

    """
}
