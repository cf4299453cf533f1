"""The look of a page: a column of text, hairlines, the colours of the figures; it prints well."""

CSS = """
:root { --ink: #1d2430; --soft: #5b6472; --line: #dfe3e8; --paper: #ffffff; --wash: #f5f7f9; --blue: #005b96;
  --bad: #a4161a; color-scheme: light dark; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e7eaee; --soft: #a3adb9; --line: #3c424b; --paper: #1d2025; --wash: #15171b; --blue: #5aa9f5;
    --bad: #ff8f86; }
}
* { box-sizing: border-box; }
body { margin: 0; color: var(--ink); background: var(--wash);
  font: 16px/1.55 system-ui, "Segoe UI", Cantarell, "Noto Sans", sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 0 1.5rem 2rem; }
header { padding: 3rem 0 1.2rem; border-bottom: 3px solid var(--ink); margin-bottom: 2rem; }
h1 { font-size: 2.3rem; line-height: 1.15; margin: 0 0 .4rem; letter-spacing: -.02em; overflow-wrap: anywhere; }
.lead { margin: 0; color: var(--soft); font-size: 1.1rem; }
h2 { font-size: 1.4rem; margin: 2.4rem 0 .8rem; letter-spacing: -.01em; }
h3 { font-size: 1.15rem; margin: 0 0 .2rem; }
h4 { font-size: .95rem; margin: 1.3rem 0 .5rem; }
article { background: var(--paper); border: 1px solid var(--line); border-radius: 10px;
  padding: 1.3rem 1.5rem; margin: 0 0 1.6rem; }
.state { color: var(--soft); margin: 0 0 1rem; }
.state.bad { color: var(--bad); }
figure { margin: 1.4rem 0; break-inside: avoid; }
figure svg { max-width: 100%; height: auto; display: block; background: var(--paper); }
figure svg text { fill: var(--ink); }
figcaption { color: var(--soft); font-size: .92rem; margin-top: .4rem; max-width: 46rem; }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr));
  gap: .7rem; margin: 1rem 0; padding: 0; }
.facts div { background: var(--wash); border-radius: 8px; padding: .55rem .8rem; }
.facts dt { color: var(--soft); font-size: .82rem; }
.facts dd { margin: 0; font-size: 1.25rem; font-weight: 600; overflow-wrap: anywhere; }
.facts div.words { grid-column: 1 / -1; }
.facts div.words dd { font-size: .95rem; font-weight: 400; }
.table { max-height: 26rem; overflow: auto; border: 1px solid var(--line); border-radius: 8px;
  background: var(--paper); }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th { position: sticky; top: 0; background: var(--wash); text-align: left; }
th, td { padding: .35rem .7rem; border-bottom: 1px solid var(--line); vertical-align: top; }
tbody tr:last-child td { border-bottom: 0; }
th.number, td.number { text-align: right; font-variant-numeric: tabular-nums; }
.more { color: var(--soft); margin: .4rem 0; }
nav ul { columns: 2; padding-left: 1.2rem; margin: .4rem 0 0; }
nav li { break-inside: avoid; overflow-wrap: anywhere; }
article:target { border-color: var(--blue); }
img.drawing { max-width: 100%; background: #fff; border-radius: 6px; }
.clip audio { width: 100%; height: 2.1rem; margin-top: .4rem; display: block; }
.clips { display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr));
  gap: .9rem; margin: .8rem 0 1.4rem; }
.clip { background: var(--paper); border: 1px solid var(--line); border-radius: 8px;
  padding: .6rem; break-inside: avoid; }
.clip svg { width: 100%; height: 4.6rem; display: block; background: var(--wash); border-radius: 5px; }
.clip p { margin: .4rem 0 0; font-size: .88rem; color: var(--soft); display: flex; justify-content: space-between;
  gap: .5rem; }
a { color: var(--blue); }
a.file::before { content: "\\2193\\00a0"; }
details { margin: 1rem 0 0; border-top: 1px solid var(--line); padding-top: .7rem; }
summary { cursor: pointer; color: var(--soft); }
details table { font-size: .85rem; margin-top: .5rem; }
details td { overflow-wrap: anywhere; }
main > .facts div, section > .facts div { background: var(--paper); border: 1px solid var(--line); }
.facts.long { grid-template-columns: 1fr; }
.facts.long dd { font-size: .95rem; font-weight: 400; }
.says { max-width: 46rem; }
ul.says { padding-left: 1.2rem; }
ul.says li { margin: .35rem 0; }
.bar { height: .3rem; margin: .25rem 0 .1rem auto; max-width: 9rem; background: var(--line); border-radius: 2px; }
.bar i { display: block; height: 100%; background: var(--soft); border-radius: 2px; }
td.own .bar i { background: var(--blue); }
pre { background: var(--paper); border: 1px solid var(--line); border-radius: 8px; padding: .8rem 1rem;
  white-space: pre-wrap; overflow-wrap: anywhere; font-size: .9rem; }
footer { text-align: center; color: var(--soft); font-size: .85rem; padding: 1.5rem; }
@media print { body { background: none; } .table { max-height: none; } article { border: 0; padding: 0; } }
"""
