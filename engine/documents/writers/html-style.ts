/** The style sheet of every HTML document: a well-set newspaper table, in light, in dark and on paper. */
export const styleSheet = `
:root{color-scheme:light dark;--paper:#fbfaf7;--ink:#1d1c1a;--muted:#6b675f;--rule:#dcd8ce;--strong-rule:#1d1c1a;--wash:#f3f1eb;
--class-0:#1f5fa8;--class-1:#918b7d;--class-2:#b45d1a;--on-0:#fff;--on-1:#1d1c1a;--on-2:#fff;
--good:#1d7044;--good-wash:#e2f1e7;--bad:#a8322b;--bad-wash:#f9e5e2;--warn:#7d5600;--warn-wash:#fbefcf;--quality:#5b3f9e;--quality-wash:#ece6f9}
@media (prefers-color-scheme:dark){:root{--paper:#14161a;--ink:#e8e5dd;--muted:#9c988e;--rule:#2e3138;--strong-rule:#8d897f;--wash:#1b1e24;
--class-0:#5c9be0;--class-1:#6f6c66;--class-2:#e0924f;--on-0:#0d1a2a;--on-1:#f4f2ec;--on-2:#2b1703;
--good:#74cf9b;--good-wash:#163224;--bad:#f0938b;--bad-wash:#3b1d1b;--warn:#e9bf5c;--warn-wash:#37290a;--quality:#bba6f2;--quality-wash:#2a2144}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0 auto;padding:2.2rem clamp(1rem,3vw,2.6rem) 3rem;max-width:94rem;background:var(--paper);color:var(--ink);
font:15px/1.5 system-ui,-apple-system,"Segoe UI","Noto Sans","Liberation Sans",Arial,sans-serif;font-variant-numeric:tabular-nums lining-nums}
h1,h2,.subtitle,.kicker span:first-child,.figures .value{font-family:"Iowan Old Style","Palatino Linotype",Palatino,"Noto Serif",Georgia,"Times New Roman",serif}
h1{font-size:clamp(1.9rem,4.2vw,2.9rem);line-height:1.12;font-weight:600;letter-spacing:-.012em;margin:.1rem 0 .2rem;overflow-wrap:anywhere}
h2{font-size:1.42rem;line-height:1.25;font-weight:600;margin:0 0 .5rem;overflow-wrap:anywhere}
p{margin:.35rem 0;max-width:70rem;overflow-wrap:anywhere}
a{color:inherit}
header{border-top:4px double var(--strong-rule);padding-top:.6rem}
.kicker{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center;margin:0}
.kicker span:first-child{font-style:italic;font-size:1.05rem;margin-right:.3rem}
.subtitle{font-size:1.15rem;color:var(--muted);margin:0 0 .8rem}
.warning{display:inline-block;padding:.35rem .8rem;border-left:3px solid var(--warn);background:var(--warn-wash);color:var(--warn)}
.figures{display:flex;flex-wrap:wrap;gap:.4rem 2.4rem;margin:1rem 0 0;padding:.75rem 0;border-block:1px solid var(--rule)}
.figures div{min-width:7rem}
.figures dt,thead th,.legend dt{font-size:.76rem;color:var(--muted)}
.figures dd{margin:0}
.figures .value{font-size:1.65rem;line-height:1.25}
.figures .note,p.note,.words,.muted{color:var(--muted)}
.figures .note,p.note{font-size:.83rem}
section{margin-top:2.4rem}
section>h2{border-bottom:2px solid var(--strong-rule);padding-bottom:.35rem}
.scroll{overflow-x:auto;margin:.4rem 0 1rem}
.scroll:focus-visible{outline:2px solid var(--class-0);outline-offset:2px}
table{border-collapse:collapse;width:100%;font-size:.875rem;line-height:1.35}
caption{caption-side:top;text-align:start;color:var(--muted);font-size:.83rem;padding:.3rem 0}
th,td{padding:.5rem .65rem;border-bottom:1px solid var(--rule);vertical-align:top;text-align:start;font-weight:400}
th:first-child,td:first-child{padding-left:0}
th:last-child,td:last-child{padding-right:0}
thead :is(th,td){vertical-align:bottom;line-height:1.2;border-bottom-color:var(--strong-rule)}
abbr{text-decoration:none;cursor:help}
tbody th{font-weight:600;min-width:9.5rem}
tbody td:has(.words){min-width:5.4rem}
tbody td:has(.lines){min-width:5.6rem}
tbody td:has(.odds){min-width:8.6rem}
tbody td:has(.mark.quality){min-width:10.5rem}
tbody tr:hover{background:var(--wash)}
.total th,.total td{border-top:1px solid var(--strong-rule);font-weight:600}
.end{text-align:end}.center{text-align:center}
td.end,time,.odds,.set,.mark{white-space:nowrap}
th .mark{white-space:normal;border-radius:.7em}
.name{overflow-wrap:anywhere}
.dash{color:var(--muted)}
.lines{display:block}
.lines+.lines{margin-top:.15rem;font-size:.92em;font-weight:400}
.mark{display:inline-block;padding:.02em .5em;border-radius:1em;font-size:.76rem;line-height:1.5;font-weight:500;font-family:inherit;border:1px solid var(--rule);color:var(--muted);vertical-align:.08em}
h2 .mark{font-family:system-ui,sans-serif;vertical-align:.3em}
.mark.good{background:var(--good-wash);border-color:transparent;color:var(--good)}
.mark.bad{background:var(--bad-wash);border-color:transparent;color:var(--bad)}
.mark.warn{background:var(--warn-wash);border-color:transparent;color:var(--warn)}
.mark.quality{background:var(--quality-wash);border-color:transparent;color:var(--quality)}
.set{display:inline-block;min-width:2.5em;padding:0 .45em;border:1px solid currentColor;border-radius:.3em;text-align:center;font-weight:600;font-size:.84rem}
.set.size-1{background:var(--ink);border-color:var(--ink);color:var(--paper)}
.set.size-3,.set.size-0{border-style:dashed;color:var(--muted)}
.words{display:block;font-size:.79rem;line-height:1.25;margin-top:.12rem}
.odds{display:inline-flex;gap:.75em}
.odds span{min-width:2.5em;text-align:end}
.shares{display:block;min-width:13.5rem}
.numbers{display:flex;justify-content:space-between;white-space:nowrap}
.numbers i{font-style:normal;color:var(--muted);font-size:.85em}
.bar{display:flex;gap:2px;height:.5rem;margin-top:.22rem}
.lines:has(.shares)+.lines .odds{display:flex;justify-content:space-between;color:var(--muted)}
.lines:has(.shares)+.lines .odds span:first-child{text-align:start}
.bar span{flex:0 1 0;min-width:1px;border-radius:1px}
.class-0{background:var(--class-0);fill:var(--class-0)}.class-1{background:var(--class-1);fill:var(--class-1)}.class-2{background:var(--class-2);fill:var(--class-2)}
.chart{margin:.6rem 0 1.4rem;overflow-x:auto}
.chart figcaption{font-size:.83rem;color:var(--muted);margin-bottom:.3rem}
.chart svg{display:block;width:100%;min-width:38rem;max-width:70rem;height:auto;font-size:12px}
.chart text{fill:var(--ink)}.chart .soft{fill:var(--muted)}.chart .on-0{fill:var(--on-0)}.chart .on-1{fill:var(--on-1)}.chart .on-2{fill:var(--on-2)}
.chart line{stroke:var(--rule)}.chart .stem{stroke:var(--muted);stroke-width:1.5}
.chart .reference{fill:var(--paper);stroke:var(--muted);stroke-width:1.5}
.chart .hit{fill:var(--good)}.chart .miss{fill:var(--bad)}
.chart .reference-0{stroke:var(--ink);stroke-width:1.5}.chart .reference-1{stroke:var(--class-2);stroke-width:1.5;stroke-dasharray:5 3}.chart .reference-2{stroke:var(--class-0);stroke-width:1.5;stroke-dasharray:2 3}
.chart .band{fill:var(--ink);opacity:.13}.chart .histogram{fill:var(--muted);opacity:.35}
.chart .diagonal{stroke:var(--muted);stroke-dasharray:4 4}
.chart .curve{fill:none;stroke-width:2.2;stroke-linejoin:round}
.chart .curve-0{stroke:var(--class-0)}.chart .curve-1{stroke:var(--ink)}.chart .curve-2{stroke:var(--class-2)}.chart .middle{stroke:var(--muted);stroke-width:1.6}
.chart .panel-heading{font-weight:600;font-size:13px}
.legend dl{columns:2 24rem;column-gap:2.6rem;margin:.6rem 0}
.legend dl div{break-inside:avoid;margin-bottom:.7rem}
.legend dt{font-weight:600;color:var(--ink);font-size:.875rem}
.legend dd{margin:0;font-size:.875rem;color:var(--muted)}
.failures h2{color:var(--warn)}
code{font:.9em ui-monospace,"Cascadia Mono","DejaVu Sans Mono",Consolas,monospace;overflow-wrap:anywhere}
footer{margin-top:2.4rem;border-top:4px double var(--strong-rule);font-size:.8rem;color:var(--muted)}
footer dl{display:flex;flex-wrap:wrap;gap:.4rem 2.2rem;margin:.7rem 0 0}
footer dd{margin:0;color:var(--ink)}
nav ul{list-style:none;padding:0;margin:.5rem 0}
nav a{text-decoration-color:var(--muted);text-underline-offset:.2em}
@media screen and (min-width:46.01rem) and (max-width:92rem){
body{padding-inline:1.2rem}
table{font-size:.8rem}
th,td{padding-inline:.38rem}
tbody th{min-width:7.6rem}
tbody td:has(.words){min-width:4.7rem}
tbody td:has(.lines){min-width:4.9rem}
tbody td:has(.odds){min-width:7.4rem}
tbody td:has(.mark.quality){min-width:9rem}
.shares{min-width:12.6rem}
}
@media screen and (max-width:46rem){
.scroll{overflow:visible}
table,tbody,th,td,caption{display:block}
thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
tbody tr{display:flex;flex-direction:column;padding:.7rem 0;border-bottom:1px solid var(--rule)}
tbody :is(th,td,.end,.center){border:0;padding:.18rem 0;text-align:start;white-space:normal}
tbody td{display:grid;grid-template-columns:minmax(6.5rem,34%) 1fr;gap:.1rem .8rem}
tbody td::before{content:attr(data-heading);color:var(--muted);font-size:.8rem}
tbody td>*{grid-column:2;justify-self:start}
tbody td>.shares,tbody td>.lines:has(.shares),tbody td>.lines:has(.shares)+.lines{justify-self:stretch}
tbody th{order:-1;font-size:1rem;min-width:0}
.shares{min-width:0}
.total th,.total td{border-top:0}
tbody td:is(:has(.words),:has(.lines),:has(.odds),:has(.mark)){min-width:0}
}
@media print{
@page{size:A4 landscape;margin:12mm}
:root{--paper:#fff;--ink:#000;--muted:#444;--rule:#bbb;--strong-rule:#000;--wash:#fff;--class-0:#1f5fa8;--class-1:#918b7d;--class-2:#b45d1a;--on-0:#fff;--on-1:#000;--on-2:#fff;
--good:#145c35;--good-wash:#fff;--bad:#8d241e;--bad-wash:#fff;--warn:#5f4100;--warn-wash:#fff;--quality:#452c85;--quality-wash:#fff}
html{font-size:11.5px}
body{padding:0;max-width:none;font-size:.94rem}
caption{break-after:avoid}
.chart svg{font-size:12px}
.mark{border-color:currentColor!important}
.scroll{overflow:visible}
thead{display:table-header-group}
tr,.chart,.figures,.legend dl div{break-inside:avoid}
h2{break-after:avoid}
.class-0,.class-1,.class-2,.set{print-color-adjust:exact;-webkit-print-color-adjust:exact}
}
`;
