import { expect, test } from 'vitest';
import { demoReadiness, nowMs } from '../../../test/webviews/demo-readiness.ts';
import { burnUpSvg } from '../burn-up.ts';
import { reportHtml, reportSvg } from './html.ts';
import { timeText } from '../time-text.ts';
import { reportMarkdown } from './markdown.ts';

const evil = demoReadiness({
  title: '<script>alert(1)</script>',
  next: [
    {
      id: 'x',
      kind: 'task',
      title: '<img src=x> | "a" ![](a.png)',
      place: '0',
      status: 'Planned',
      why: ['`<b>`'],
      checks: [],
    },
  ],
});

test('Markdown tells all that the page does, in tables that hold', () => {
  const text = reportMarkdown(demoReadiness());
  expect(text).toContain('# Readiness of shop\n\n**Not ready: 2 P0 tasks open');
  expect(text).toContain(
    '| Loading | 85 % | 2 of 3 · 66 % | Claimed only | mend `exports`: make the file, or correct the path |',
  );
  expect(text).toContain(
    '| ✗ Failed | The nightly exports are there | at least 1 file `data/*.csv`, at most 1 day old | no file (data) | 3 minutes ago | make the file, or correct the path |',
  );
  const { counts } = demoReadiness();
  expect(reportMarkdown(demoReadiness({ counts: { ...counts, unknown: 0 } }))).toContain(
    '6 checks: 1 failed, 1 stale, 1 waived, 3 passed · 1 more when asked for',
  );
  expect(text).toContain('- Load the nightly CSV exports: done, but `exports` failed');
  expect(text).toContain('- `warehouse`: the office machine is moved (Ada), until 2026-12-24, 25 days left');
  expect(text).toContain('| One file holds the whole warehouse | High | Low | Nightly backup |');
  expect(text).toMatch(/- Tasks: 5 of 16 done; 2 of 12 at 2026-11-08 /);
  const rows = text.split('\n').filter((line) => line.startsWith('|'));
  const columns = (row: string): number => row.replaceAll('\\|', '').split('|').length;
  for (const row of rows) expect([7, 8, 6], row).toContain(columns(row));
  expect(reportMarkdown(evil)).toContain('&lt;img src=x> \\| "a" ![]\\(a.png)');
});

test('the page needs nothing from elsewhere, runs nothing, and escapes what the workspace says', () => {
  const text = reportHtml(evil);
  expect(text).not.toMatch(/<script|<img|<link|https?:\/\/(?!www\.w3\.org)|url\(/);
  expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(text).toContain("default-src 'none'");
  expect(text).toContain('@media print');
  expect(text.match(/<svg /g)).toHaveLength(2);
  expect(text).toContain('<div class="proven" style="width:66%"></div></div></td><td>2 of 3 · 66 %</td>');
});

test('the charts are one picture that stands by itself, or none where nothing was kept', () => {
  const text = reportSvg(demoReadiness())!;
  expect(text).toMatch(/^<\?xml/);
  expect(text).toContain('Tasks: 5 of 16 done');
  expect(text).toContain('Checks: 3 of 6 passed');
  expect(text).not.toMatch(/var\(|<script|href/);
  expect(reportSvg(demoReadiness({ trend: [] }))).toBeUndefined();
});

test('a burn-up is drawn in steps up to now, with a scale of whole numbers', () => {
  const day = 86_400_000;
  const points = [
    { atMs: nowMs - 10 * day, done: 0, total: 2 },
    { atMs: nowMs - 5 * day, done: 1, total: 4 },
  ];
  const svg = burnUpSvg(points, { title: 'Tasks', verb: 'done', nowMs, width: 376, height: 136 });
  const pathOf = (name: string): string => new RegExp(`class="${name}" d="([^"]*)"`).exec(svg)![1]!;
  // 300 wide from 32, 100 high from 12: half of the time 2 of 4, then all; then as it is until now.
  expect(pathOf('total-line')).toBe('M32,62L182,62L182,12L332,12L332,12');
  expect(pathOf('done-line')).toBe('M32,112L182,112L182,87L332,87L332,87');
  expect([...svg.matchAll(/text-anchor="end">(\d+)</g)].map(([, tick]) => tick)).toEqual([
    '0',
    '1',
    '2',
    '3',
    '4',
  ]);
  expect(svg).toContain('aria-label="Tasks: 1 of 4 done"');
});

test('a burn-up ends now, and its times are those of the page', () => {
  const ticks = (agoMs: number): readonly string[] => {
    const points = [{ atMs: nowMs - agoMs, done: 0, total: 2 }];
    const svg = burnUpSvg(points, { title: 'Tasks', verb: 'done', nowMs });
    return [...svg.matchAll(/text-anchor="middle">([^<]*)</g)].map(([, tick]) => tick!);
  };
  const day = 86_400_000;
  const minutes = ticks(0);
  expect(minutes.length).toBeGreaterThan(1);
  for (const each of minutes) expect(each).toMatch(/^\d\d:\d\d$/);
  expect(minutes.every((each) => each <= timeText(nowMs).slice(11))).toBe(true);
  for (const each of ticks(20 * day)) expect(each).toMatch(/^\d\d-\d\d$/);
  for (const each of ticks(900 * day)) expect(each).toMatch(/^\d{4}-\d\d$/);
});

test('one point, and one with nothing in it, are drawn as well', () => {
  for (const points of [[], [{ atMs: nowMs, done: 0, total: 0 }]])
    expect(burnUpSvg(points, { title: 'Tasks', verb: 'done', nowMs })).not.toMatch(/NaN|undefined/);
});
