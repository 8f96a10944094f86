import { agoText, evidenceAge } from '../ago.ts';
import { escapeXml } from '../burn-up.ts';
import type { CategoryView, CheckView, ItemView, ReadinessView, RiskView } from '../protocol.ts';
import { provenText } from '../proven-text.ts';
import { checkLooks, checkStates, checksText, levelWords, nextLevel, verdictLooks } from '../state-looks.ts';
import { timeText } from '../time-text.ts';
import { trendCharts } from '../trend-charts.ts';
import { untilText } from '../until-text.ts';
import { reportStyle } from './style.ts';

/** Readiness as one page that needs nothing else: no script, nothing from elsewhere; it prints on paper. */
export function reportHtml(view: ReadinessView): string {
  const { title, state, sentence, takenMs, checks, categories } = view;
  const look = verdictLooks[state];
  const ordered = checks.toSorted((a, b) => checkStates.indexOf(a.state) - checkStates.indexOf(b.state));
  const parts = [
    section('Categories', categories.map((each) => categoryHtml(each, takenMs)).join('')),
    section('Claim and Evidence Differ', itemsHtml(view.contradictions)),
    section('Next Best', itemsHtml(view.next)),
    section(
      'Checks',
      table(
        ['State', 'Check', 'Expected', 'Seen', 'When', 'Next'],
        ordered.map((each) => checkCells(each, takenMs)),
      ),
    ),
    section(
      'Trend',
      trendCharts(view.trend, takenMs)
        .map(
          ({ title: what, svg, points, verb }) =>
            `<figure><figcaption>${what}: ${points.at(-1)!.done} of ${points.at(-1)!.total} ${verb}</figcaption>${svg}</figure>`,
        )
        .join(''),
    ),
    section('Blockers', list(view.blockers.map(({ text }) => escapeXml(text)))),
    section('Risks', risksHtml(view.risks)),
    section(
      'Waivers',
      list(
        view.waivers.map(
          (waiver) =>
            `<code>${escapeXml(waiver.check)}</code>: ${escapeXml(waiver.reason)}${waiver.by === undefined ? '' : ` (${escapeXml(waiver.by)})`}, ${untilText(waiver)}`,
        ),
      ),
    ),
  ];
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Readiness of ${escapeXml(title)}</title>
<style>${reportStyle}</style>
</head>
<body>
<main>
<header>
<p class="about">Readiness of ${escapeXml(title)} · ${timeText(takenMs)}</p>
<h1><span class="mark ${look.tone}" aria-hidden="true">${look.mark}</span> ${escapeXml(sentence.replaceAll(' %', '\u00A0%'))}</h1>
<p class="about">${checksText(view)}</p>
</header>
${parts.filter((part) => part !== '').join('\n')}
</main>
</body>
</html>
`;
}

/** The charts as one picture, for a page or a message; light, as paper is. */
export function reportSvg({ trend, takenMs, title }: ReadinessView): string | undefined {
  const charts = trendCharts(trend, takenMs);
  if (charts.length === 0) return undefined;
  const [width, each] = [376, 200];
  const height = each * charts.length + 8;
  const inner = charts.map(
    ({ title: what, svg }, at) =>
      `<text class="heading" x="12" y="${at * each + 24}">${what}</text>\n` +
      svg.replace('<svg ', `<svg x="8" y="${at * each + 34}" `),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">
<title>Readiness of ${escapeXml(title)}, ${timeText(takenMs)}</title>
<style>
text { font: 11px system-ui, sans-serif; fill: #333; }
.heading { font-size: 13px; font-weight: 600; }
.grid { stroke: #ddd; fill: none; }
.done-area { fill: #2a7d4f; fill-opacity: 0.18; }
.done-line { stroke: #2a7d4f; stroke-width: 2; fill: none; }
.total-line { stroke: #555; stroke-width: 1.5; stroke-dasharray: 5 4; fill: none; }
</style>
<rect width="${width}" height="${height}" fill="#fff"/>
${inner.join('\n')}
</svg>
`;
}

function section(title: string, inner: string): string {
  return inner === '' ? '' : `<section><h2>${title}</h2>\n${inner}</section>`;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const head = heads.map((each) => `<th scope="col">${each}</th>`).join('');
  // On a narrow screen each cell is a line of its own, and says what it is.
  const cell = (each: string, at: number): string => `<td data-head="${heads[at]}">${each}</td>`;
  const body = rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`);
  return `<table class="list"><thead><tr>${head}</tr></thead><tbody>\n${body.join('\n')}\n</tbody></table>\n`;
}

function list(rows: readonly string[]): string {
  return rows.length === 0 ? '' : `<ul>${rows.map((each) => `<li>${each}</li>`).join('')}</ul>\n`;
}

function categoryHtml(category: CategoryView, nowMs: number): string {
  const { name, claimed, proven, level, needs } = category;
  const age = evidenceAge(category, nowMs);
  const bar = (kind: string, percent: number | undefined, said: string): string =>
    `<tr><th scope="row">${kind}</th><td class="bar"><div class="track"><div class="${kind}" style="width:${Math.max(0, Math.min(100, percent ?? 0))}%"></div></div></td><td>${said}</td></tr>`;
  const next =
    needs.length === 0
      ? ''
      : `<p class="about">To reach ‘${nextLevel[level]}’: ${needs.map(code).join('; ')}</p>`;
  return `<article><h3>${escapeXml(name)} <small>${levelWords[level]}${age === undefined ? '' : `, ${age}`}</small></h3>
<table class="bars">${bar('claimed', claimed, claimed === undefined ? 'no claim' : `${claimed} %`)}${bar('proven', proven, provenText(category))}</table>
${next}</article>
`;
}

function itemsHtml(items: readonly ItemView[]): string {
  return list(
    items.map(
      ({ title, why }) => `${escapeXml(title)} <span class="about">${why.map(code).join(' · ')}</span>`,
    ),
  );
}

function checkCells(check: CheckView, nowMs: number): readonly string[] {
  const { state, title, expected, seen, where, sinceMs, checkedMs, next, waiver } = check;
  const { mark, word, tone } = checkLooks[state];
  const at = sinceMs ?? checkedMs;
  return [
    `<span class="${tone}">${mark} ${word}</span>`,
    escapeXml(title),
    code(expected),
    `${code(seen)}${where === undefined ? '' : ` (${escapeXml(where)})`}`,
    at === undefined ? '' : agoText(at, nowMs),
    waiver ? `waived ${untilText(waiver)}: ${escapeXml(waiver.reason)}` : code(next ?? ''),
  ];
}

function risksHtml(risks: readonly RiskView[]): string {
  return table(
    ['Risk', 'Impact', 'Probability', 'Mitigation'],
    risks.map(({ text, impact = '', probability = '', mitigation = '' }) =>
      [text, impact, probability, mitigation].map(escapeXml),
    ),
  );
}

/** Text between backticks is code, as messages have it. */
function code(text: string): string {
  return text
    .split('`')
    .map((part, at) => (at % 2 === 1 ? `<code>${escapeXml(part)}</code>` : escapeXml(part)))
    .join('');
}
