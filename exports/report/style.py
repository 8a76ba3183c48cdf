"""How the report looks: on a telephone, on a desk, on paper. Nothing comes from outside, no font either."""

from __future__ import annotations

CSS = """
:root{--ink:#1b2733;--soft:#5b6b7a;--line:#d9e1e8;--ground:#f4f6f8;--card:#fff;--plain:#3b78b5;--red:#c8372d;
--yellow:#e0a100;--green:#2f8f5b;--grey:#98a4af;--pale:#bcd3ea}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);line-height:1.55;
font:15px/1.55 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",
"WenQuanYi Micro Hei",sans-serif}
main{max-width:1040px;margin:0 auto;padding:16px}
h1{font-size:1.5rem;margin:.4rem 0 .2rem}h2{font-size:1.15rem;margin:1.6rem 0 .6rem}
h3{font-size:1rem;margin:0 0 .5rem}
.soft,.note{color:var(--soft)}.note{font-size:.86rem;margin:.5rem 0 0}
.tiles{display:flex;flex-wrap:wrap;gap:10px;margin:1rem 0 0}
.tile{flex:1 1 132px;background:var(--card);border:1px solid var(--line);border-radius:8px;padding:10px 14px}
.tile b{display:block;font-size:1.6rem;line-height:1.25;font-variant-numeric:tabular-nums}
.cards{display:flex;flex-wrap:wrap;gap:12px}
.card{flex:1 1 400px;min-width:0;background:var(--card);border:1px solid var(--line);border-radius:8px;
padding:14px}
svg{display:block;width:100%;max-width:460px;height:auto}
svg text{font-size:13px;fill:var(--ink)}svg .small{font-size:11px;fill:var(--soft)}
svg .end{text-anchor:end}svg .middle{text-anchor:middle}svg .count{font-variant-numeric:tabular-nums}
.plain{fill:var(--plain);stroke:var(--plain)}.pale{fill:var(--pale);stroke:var(--pale)}
.red{fill:var(--red);stroke:var(--red)}.yellow{fill:var(--yellow);stroke:var(--yellow)}
.green{fill:var(--green);stroke:var(--green)}.grey{fill:var(--grey);stroke:var(--grey)}
rect{stroke:none}.edge{stroke:#fff;stroke-width:1}
.line{fill:none;stroke-width:2.5;stroke-linejoin:round}.dash1{stroke-dasharray:7 4}
.dash2{stroke-dasharray:2 3}.grid{stroke:var(--line);stroke-width:1}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.93rem;font-variant-numeric:tabular-nums}
th,td{padding:5px 8px;border-bottom:1px solid var(--line);text-align:right;white-space:nowrap}
th{font-weight:600;color:var(--soft)}th:first-child,td:first-child{text-align:left;white-space:normal;
min-width:6.5em}
tr.sum td{font-weight:600;background:var(--ground)}
footer{margin:2rem 0 1rem;font-size:.86rem;color:var(--soft)}
.card.full{flex-basis:100%}
@media(max-width:520px){.card{flex-basis:100%}main{padding:10px}.card{padding:10px}th,td{padding:5px 6px}}
@media print{@page{size:A4;margin:14mm 12mm}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
body{background:#fff;font-size:10.5pt}main{max-width:none;padding:0}
.card,.tile{break-inside:avoid}.card{flex-basis:42%}tr{break-inside:avoid}thead{display:table-header-group}
h2{break-after:avoid}.wide{overflow:visible}}
""".strip()
