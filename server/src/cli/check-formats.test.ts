import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix, win32 } from 'node:path';
import standard from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import { Ajv } from 'ajv';
import { afterEach, expect, test } from 'vitest';
import type { FoundProblem } from './check-finding.ts';
import { checkGithub } from './check-github.ts';
import { checkJunit } from './check-junit.ts';
import type { CheckReport, ReportStyle } from './check-report.ts';
import { checkSarif } from './check-sarif.ts';
import { checkText } from './check-text.ts';
import { fileName, fileReference } from './file-name.ts';
import { pageReader } from './pages.ts';
import { reportFolder } from './report-folder.ts';

const undo: (() => void)[] = [];
afterEach(() => undo.splice(0).forEach((each) => each()));

const style: ReportStyle = { base: '/w', version: '1.2.3', hasColors: false, pageOf: () => undefined };

function problem(more: Partial<FoundProblem> = {}): FoundProblem {
  const path = more.path ?? '/w/models/a b.yml';
  return {
    path,
    file: path,
    code: 'dbt/unknown-key',
    severity: 'warning',
    message: 'unknown key `x`',
    range: { start: { line: 2, character: 4 }, end: { line: 2, character: 5 } },
    fingerprint: '0123456789abcdef',
    related: [],
    fixes: [],
    ...more,
  };
}

function reportOf(found: readonly FoundProblem[], more: Partial<CheckReport> = {}): CheckReport {
  return { found, known: undefined, fixed: [], threshold: 'error', ...more };
}

const overLines = { start: { line: 0, character: 3 }, end: { line: 4, character: 0 } };

test('GitHub gets a command a finding, with what it would misread escaped', () => {
  const found = [
    problem(),
    problem({ severity: 'error', path: '/w/a,b:c.sql', message: '100 % of\r\n`x`: wrong', range: overLines }),
    problem({ severity: 'information' }),
  ];
  expect(checkGithub(reportOf(found), style)).toBe(
    [
      '::warning file=models/a b.yml,line=3,endLine=3,col=5,endColumn=6,title=dbt/unknown-key::unknown key `x`',
      '::error file=a%2Cb%3Ac.sql,line=1,endLine=5,title=dbt/unknown-key::100 %25 of%0D%0A`x`: wrong',
      '::notice file=models/a b.yml,line=3,endLine=3,col=5,endColumn=6,title=dbt/unknown-key::unknown key `x`',
      '',
    ].join('\n'),
  );
});

test('JUnit gets a suite a file; a finding below the threshold is a case that passed', () => {
  const found = [
    problem({ severity: 'error', message: '"a" < b &\n\u0000\uD800' }),
    problem({ path: '/w/c.sql' }),
  ];
  expect(checkJunit(reportOf(found), style)).toBe(
    [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<testsuites name="penstock check" tests="2" failures="1"><testsuite name="models/a b.yml" tests="1" failures="1" errors="0" skipped="0"><testcase name="dbt/unknown-key (line 3)" classname="models/a b.yml" file="models/a b.yml" line="3"><failure message="&quot;a&quot; &lt; b &amp;&#10;\uFFFD\uFFFD" type="error">models/a b.yml:3:5: error: &quot;a&quot; &lt; b &amp;&#10;\uFFFD\uFFFD</failure></testcase></testsuite>',
      '<testsuite name="c.sql" tests="1" failures="0" errors="0" skipped="0"><testcase name="dbt/unknown-key (line 3)" classname="c.sql" file="c.sql" line="3"><system-out>c.sql:3:5: warning: unknown key `x`</system-out></testcase></testsuite></testsuites>',
      '',
    ].join('\n'),
  );
});

test('JUnit without a finding has a case that passed', () => {
  expect(checkJunit(reportOf([]), style)).toContain(
    '<testcase name="no findings" classname="penstock check"/>',
  );
});

test('what was there before is in no report but SARIF, which says so', () => {
  const [old, fresh] = [problem(), problem({ code: 'dbt/deprecated' })];
  const report = reportOf([old, fresh], { known: new Set([old]) });
  expect(checkGithub(report, style)).not.toContain('unknown-key');
  expect(checkJunit(report, style)).not.toContain('dbt/unknown-key');
  const { results } = sarifOf(report).runs[0]!;
  expect(results.map(({ ruleId, baselineState }) => [ruleId, baselineState])).toEqual([
    ['dbt/unknown-key', 'unchanged'],
    ['dbt/deprecated', 'new'],
  ]);
});

interface SarifLog {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly Record<string, unknown>[] } };
    readonly results: readonly Record<string, unknown>[];
  }[];
}

/** The standard's schema is written in an older draft; nothing but its two heads differs for us. */
const { $schema: _draft, id: _id, ...schema } = standard;
const isSarif = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile<SarifLog>(
  schema,
);

/** The log, held against the standard's own schema. */
function sarifOf(report: CheckReport, more: Partial<ReportStyle> = {}): SarifLog {
  const log: unknown = JSON.parse(checkSarif(report, { ...style, ...more }));
  if (!isSarif(log)) throw new Error(JSON.stringify(isSarif.errors, undefined, 2));
  return log;
}

test('SARIF holds to its schema, with places, fixes and fingerprints', () => {
  const place = { path: '/w/b.sql', range: overLines };
  const fix = { title: 'Remove it', isCertain: true, edits: [{ ...place, newText: 'x\n' }] };
  const found = [
    problem({ severity: 'error', related: [{ ...place, message: 'first here' }], fixes: [fix] }),
    problem(),
  ];
  const { results, tool } = sarifOf(reportOf(found)).runs[0]!;
  expect(results[0]).toEqual({
    ruleId: 'dbt/unknown-key',
    ruleIndex: 0,
    level: 'error',
    message: { text: 'unknown key `x`' },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: 'models/a%20b.yml', uriBaseId: '%SRCROOT%' },
          region: { startLine: 3, startColumn: 5, endLine: 3, endColumn: 6 },
        },
      },
    ],
    relatedLocations: [
      {
        id: 0,
        message: { text: 'first here' },
        physicalLocation: {
          artifactLocation: { uri: 'b.sql', uriBaseId: '%SRCROOT%' },
          region: { startLine: 1, startColumn: 4, endLine: 5, endColumn: 1 },
        },
      },
    ],
    partialFingerprints: { 'penstock/v1': '0123456789abcdef:1' },
    fixes: [
      {
        description: { text: 'Remove it' },
        artifactChanges: [
          {
            artifactLocation: { uri: 'b.sql', uriBaseId: '%SRCROOT%' },
            replacements: [
              {
                deletedRegion: { startLine: 1, startColumn: 4, endLine: 5, endColumn: 1 },
                insertedContent: { text: 'x\n' },
              },
            ],
          },
        ],
      },
    ],
  });
  expect(results[1]?.['partialFingerprints']).toEqual({ 'penstock/v1': '0123456789abcdef:2' });
  expect(tool.driver.rules).toHaveLength(1);
});

test('SARIF without a finding is a log, too', () => {
  expect(sarifOf(reportOf([])).runs[0]?.results).toEqual([]);
});

test('a rule of SARIF brings its page along', () => {
  const page = '# dbt/unknown-key\n\nSeverity: warning.\n\nA key that\nnobody reads.\n\nRemove it.\n';
  const [rule] = sarifOf(reportOf([problem()]), { pageOf: () => page }).runs[0]!.tool.driver.rules;
  expect(rule?.['shortDescription']).toEqual({ text: 'A key that nobody reads.' });
  expect(rule?.['help']).toEqual({ text: page, markdown: page });
});

test('a page is read from its folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'penstock-pages-'));
  undo.push(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'x.md'), '# x');
  expect(pageReader(folder)('x')).toBe('# x');
  expect(pageReader(folder)('dbt/none')).toBeUndefined();
  expect(pageReader(undefined)('x')).toBeUndefined();
});

test('text has colours only when they are wanted', () => {
  const report = reportOf([problem({ severity: 'error' })]);
  expect(checkText(report, style)).toBe(
    'models/a b.yml:3:5: error: unknown key `x` [dbt/unknown-key]\n\n1 error in 1 file.\n',
  );
  expect(checkText(report, { ...style, hasColors: true }).split('\n')[0]).toBe(
    'models/a b.yml:3:5: \u001B[1;31merror\u001B[0m: unknown key `x` \u001B[2m[dbt/unknown-key]\u001B[0m',
  );
});

test('files have forward slashes on Windows, and a whole address on another drive', () => {
  expect(fileName('C:\\w', 'C:\\w\\models\\a.yml', win32)).toBe('models/a.yml');
  expect(fileName('C:\\w\\x', 'C:\\w\\a.yml', win32)).toBe('../a.yml');
  expect(fileReference('C:\\w', 'C:\\w\\a b\\#.yml', win32)).toBe('a%20b/%23.yml');
  expect(fileReference('C:\\w', 'D:\\a b.yml', win32)).toBe('file:///D:/a%20b.yml');
  expect(fileName('/w', '/w/a\\b.yml', posix)).toBe('a\\b.yml');
});

test('a CI service reads files from its checkout, where the command runs inside it', () => {
  expect(reportFolder('/r/dbt', { GITHUB_WORKSPACE: '/r' })).toBe('/r');
  expect(reportFolder('/r/dbt', { CI_PROJECT_DIR: '/r' })).toBe('/r');
  expect(reportFolder('/elsewhere', { GITHUB_WORKSPACE: '/r' })).toBe('/elsewhere');
  expect(reportFolder('/r2', { GITHUB_WORKSPACE: '/r' })).toBe('/r2');
  expect(reportFolder('/r', {})).toBe('/r');
});
