import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openFixture } from '../../../../test/support/check.ts';
import type { Finding } from '../../core/finding.ts';
import { defaultFindingSettings, diagnose } from '../../language/diagnose.ts';
import { dbt } from './index.ts';

interface Verdicts {
  readonly dbt: string;
  readonly base: Readonly<Record<string, string>>;
  readonly cases: readonly Case[];
}

interface Case {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly verdict: 'accepted' | 'warned' | 'refused';
  readonly says?: readonly string[];
}

/** What dbt itself said of each case; recorded by `recordings/record_verdicts.py`. */
const verdicts = JSON.parse(
  readFileSync(new URL('./recordings/verdicts.json', import.meta.url), 'utf8'),
) as Verdicts;

async function findingsOf({ files }: Case): Promise<readonly Finding[]> {
  const texts = Object.entries({ ...verdicts.base, ...files }).map(([path, text]) => [`/w/${path}`, text]);
  const { platform } = await openFixture([dbt], Object.fromEntries(texts) as Record<string, string>);
  return [...platform.paths()].flatMap((path) => diagnose(platform, path, defaultFindingSettings));
}

async function errorsOf(each: Case): Promise<readonly string[]> {
  const errors = (await findingsOf(each)).filter((finding) => finding.severity === 'error');
  return errors.map((finding) => `${finding.code}: ${finding.message}`);
}

/** Accepted by `dbt parse` of v1, which finds them when it compiles; v2 refuses them when it parses. */
const earlier = ['test unknown'];

test('reports no error on what dbt accepts', async () => {
  const wrong: string[] = [];
  for (const each of verdicts.cases) {
    if (each.verdict === 'refused' || earlier.includes(each.name)) continue;
    const errors = await errorsOf(each);
    if (errors.length > 0) wrong.push(`${each.name} | ${errors.join(' | ')}`);
  }
  expect(wrong).toEqual([]);
});

/** Refused by dbt, and left alone on purpose: it takes evaluation, or what is installed, to know. */
const beyondReading = [
  'test curly',
  'macro undef ref called',
  'and',
  'concat literal',
  'packages not installed',
  'PKG version float',
  'PKG git no rev',
  'CAT ok',
  'col quote jinja',
  'col jinja tags',
  'config enabled Jinja',
  'version int',
  'no profile',
];

/** Only warned of: whether the two become one table depends on configuration. */
const warnedOf = ['model+seed', 'model+snapshot', 'PROFILE type unknown'];

test('reports an error on what dbt refuses', async () => {
  const missed: string[] = [];
  for (const each of verdicts.cases) {
    if (each.verdict === 'refused' && (await errorsOf(each)).length === 0) missed.push(each.name);
  }
  expect(missed.sort()).toEqual([...beyondReading, ...warnedOf].sort());
});

test('warns of names that dbt only warns of', async () => {
  const silent: string[] = [];
  for (const each of verdicts.cases) {
    const isAboutNames = each.says?.some((name) =>
      ['NoNodeForYamlKey', 'NodeNotFoundOrDisabled', 'MacroNotFoundForPatch'].includes(name),
    );
    if (isAboutNames && (await findingsOf(each)).length === 0) silent.push(each.name);
  }
  expect(silent).toEqual([]);
});
