/** The style sheet of the report: light or dark as the reader has it, black on white on paper. */
export const reportStyle = `
:root { color-scheme: light dark; --ink: #1f2328; --quiet: #59636e; --line: #d1d9e0; --track: #e6eaef; --ground: #fff; --good: #1a7f37; --bad: #cf222e; --care: #9a6700; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6edf3; --quiet: #9198a1; --line: #3d444d; --track: #262c36; --ground: #0d1117; --good: #3fb950; --bad: #f85149; --care: #d29922; }
}
body { margin: 0; color: var(--ink); background: var(--ground); font: 14px/1.5 system-ui, sans-serif; }
main { max-width: 960px; margin: 0 auto; padding: 24px; }
h1 { margin: 4px 0; font-size: 22px; line-height: 1.3; }
h2 { margin: 28px 0 8px; padding-bottom: 4px; font-size: 16px; border-bottom: 1px solid var(--line); }
h3 { margin: 12px 0 2px; font-size: 14px; }
small, .about { color: var(--quiet); font-weight: normal; }
p { margin: 2px 0; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 4px 8px 4px 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
td:first-child, td:nth-child(5) { white-space: nowrap; }
.bars th, .bars td { padding: 1px 8px 1px 0; border: 0; font-weight: normal; white-space: nowrap; vertical-align: middle; }
.bars th { width: 64px; color: var(--quiet); }
.bar { width: 100%; }
.bars td:last-child { min-width: 112px; padding-right: 0; text-align: right; }
.track { height: 8px; overflow: hidden; background: var(--track); border-radius: 4px; }
.track div { height: 100%; border-radius: 4px; }
.track .claimed { background: repeating-linear-gradient(135deg, var(--quiet) 0 2px, transparent 2px 5px); }
.track .proven { background: var(--good); }
.passed { color: var(--good); }
.failed { color: var(--bad); }
.warned { color: var(--care); }
figure { display: inline-block; max-width: 100%; margin: 8px 24px 8px 0; }
svg { max-width: 100%; height: auto; }
svg text { font-size: 11px; fill: currentcolor; }
.grid { stroke: var(--line); fill: none; }
.done-area { fill: var(--good); fill-opacity: 0.18; }
.done-line { stroke: var(--good); stroke-width: 2; fill: none; }
.total-line { stroke: var(--quiet); stroke-width: 1.5; stroke-dasharray: 5 4; fill: none; }
code { font-family: ui-monospace, monospace; font-size: 0.95em; }
@media screen and (max-width: 640px) {
  main { padding: 16px; }
  .list thead { display: none; }
  .list tr { display: block; padding: 6px 0; border-bottom: 1px solid var(--line); }
  .list td { display: block; padding: 1px 0; border: 0; white-space: normal; }
  .list td:empty { display: none; }
  .list td::before { content: attr(data-head) ': '; color: var(--quiet); }
}
@media print {
  :root { color-scheme: light; --ink: #000; --quiet: #444; --line: #bbb; --track: #e8e8e8; --ground: #fff; --good: #1a6b32; --bad: #a40e26; --care: #7d4e00; }
  main { max-width: none; padding: 0; }
  h2 { break-after: avoid; }
  tr, article, figure, li { break-inside: avoid; }
  .track, .track div { print-color-adjust: exact; }
}
`;
