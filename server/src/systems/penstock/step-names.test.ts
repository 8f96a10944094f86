import { expect, test } from 'vitest';
import { checkFindings, openFixture } from '../../../../test/support/check.ts';
import { renamed } from '../../../../test/support/rename.ts';
import { finderOf } from '../../core/told-options.ts';
import type { Platform } from '../../core/platform.ts';
import { complete } from '../../language/complete.ts';
import { define, findReferences } from '../../language/define.ts';
import { platformGraph } from '../../language/platform-graph.ts';
import { findChecks } from '../../readiness/find-checks.ts';
import { meltano } from '../meltano/index.ts';
import { plan } from '../plan/index.ts';
import { penstock } from './index.ts';

const systems = [meltano, plan, penstock];

/** Meltano takes an `@` in the names of jobs. */
const jobs = (...names: readonly string[]): string =>
  ['jobs:', ...names.map((name) => `- name: ${name}\n  tasks: []`)].join('\n');

const pipeline = (step: string): string => `pipelines:\n  nightly:\n  - ${step}\n`;

async function open(texts: Readonly<Record<string, string>>) {
  return await openFixture(systems, texts);
}

const codes = (platform: Platform): readonly string[] =>
  platform.findings('/w/penstock.yaml').map(({ code, span }) => `${code} ${span.start}-${span.end}`);

test('a job whose name holds `@` is named by pipelines, checks and plans', () =>
  checkFindings(
    systems,
    `
#- /w/meltano.yml
${jobs('load@daily')}
#- /w/docs/tasks.md
| ID | Task | Status |
|---|---|---|
| L-1 | Load with \`meltano:job/load@daily\` | ✅ done |
| L-2 | Load with \`meltano:job/lod@daily\` | ✅ done |
#- /w/penstock.yaml
plan: [docs/tasks.md]
pipelines:
  nightly:
  - meltano:job/load@daily
  - meltano:job/load@.
  # ^^^^^^^^^^^^^^^^ error penstock/undefined-step: there is no step \`meltano:job/load\` in this workspace; correct the name, \`penstock steps\` lists them all
  - { step: meltano:job/load@daily@., id: again }
checks:
  loaded: { ran: meltano:job/load@daily }
`,
  ));

test('a step that projects have, and a run would not find from there, is told', () =>
  checkFindings(
    systems,
    `
#- /w/a/meltano.yml
${jobs('load', 'alone')}
#- /w/b/meltano.yml
${jobs('load')}
#- /w/penstock.yaml
pipelines:
  nightly:
  - meltano:job/load@a
  - meltano:job/load@nowhere
  # ^^^^^^^^^^^^^^^^^^^^^^^^ error penstock/undefined-step: no project at \`nowhere\` has a step \`meltano:job/load\`; there is \`meltano:job/load@a\`, \`meltano:job/load@b\`
  - meltano:job/alone@b
  # ^^^^^^^^^^^^^^^^^^^ error penstock/undefined-step: no project at \`b\` has a step \`meltano:job/alone\`; there is \`meltano:job/alone@a\`
  - meltano:job/alone
  - meltano:job/load
  # ^^^^^^^^^^^^^^^^ error penstock/undefined-step: several projects have a step \`meltano:job/load\`; say which: \`meltano:job/load@a\`, \`meltano:job/load@b\`
  - meltano:job/lod@a
  # ^^^^^^^^^^^^^^^ error penstock/undefined-step: there is no step \`meltano:job/lod\` in this workspace; did you mean \`meltano:job/load\`?
`,
  ));

test('while a file that has steps cannot be read, none of another folder is missed', async () => {
  const { platform } = await open({
    '/w/a/meltano.yml': jobs('load'),
    '/w/b/meltano.yml': 'jobs: [',
    '/w/penstock.yaml': pipeline('meltano:job/load@b'),
  });
  expect(codes(platform)).toEqual([]);
});

test('without such a job, what stands behind the sign is a folder', async () => {
  const texts = {
    '/w/daily/meltano.yml': jobs('load'),
    '/w/hourly/meltano.yml': jobs('load'),
    '/w/penstock.yaml': pipeline('meltano:job/load@daily'),
  };
  const { platform, files } = await open(texts);
  const meant = (): string | undefined =>
    finderOf(platform)('meltano:job/load@daily', { project: '/w' })?.project;
  expect(codes(platform)).toEqual([]);
  expect(meant()).toBe('/w/daily');
  // One comes, and is meant from then on.
  files.texts.set('/w/hourly/meltano.yml', jobs('load', 'load@daily'));
  platform.update(['/w/hourly/meltano.yml']);
  expect(meant()).toBe('/w/hourly');
  expect(codes(platform)).toEqual([]);
  files.texts.set('/w/hourly/meltano.yml', jobs('load@daily'));
  files.texts.set('/w/daily/meltano.yml', jobs('other'));
  platform.update(files.texts.keys());
  expect(codes(platform)).toEqual([]);
  files.texts.set('/w/hourly/meltano.yml', jobs('other'));
  platform.update(['/w/hourly/meltano.yml']);
  expect(codes(platform)).toEqual(['penstock/undefined-step 26-42']);
});

test('definition, references and the graph follow the job that is meant', async () => {
  const text = pipeline('meltano:job/load@daily');
  const { platform } = await open({
    '/w/meltano.yml': jobs('load', 'load@daily'),
    '/w/penstock.yaml': text,
  });
  const nameAt = (name: string): number => jobs('load', 'load@daily').indexOf(name);
  for (const at of [text.indexOf('load') + 1, text.indexOf('daily') + 1])
    expect(define(platform, '/w/penstock.yaml', at)?.targets.map(({ span }) => span.start)).toEqual([
      nameAt('load@daily'),
    ]);
  const usedBy = (offset: number) =>
    findReferences(platform, '/w/meltano.yml', offset, { withDefinition: false }).map(({ path }) => path);
  expect(usedBy(nameAt('load@daily') + 1)).toEqual(['/w/penstock.yaml']);
  expect(usedBy(nameAt('load\n') + 1)).toEqual([]);
  const { nodes, edges } = platformGraph(platform);
  expect(edges.map(({ from, to }) => [nodes[from]?.label, nodes[to]?.label])).toContainEqual([
    'nightly',
    'load@daily',
  ]);
  expect(edges.map(({ to }) => nodes[to]?.label)).not.toContain('load');
});

test('each job is renamed where it is meant', async () => {
  const file = (first: string, second: string): string => jobs(first, second);
  const both = `pipelines:\n  nightly:\n  - meltano:job/load\n  - meltano:job/load@daily\n`;
  expect(
    await renamed(
      systems,
      { '/w/meltano.yml': file('lo<|>ad', 'load@daily'), '/w/penstock.yaml': both },
      'fetch',
    ),
  ).toEqual({
    '/w/meltano.yml': file('fetch', 'load@daily'),
    '/w/penstock.yaml': both.replace('load\n', 'fetch\n'),
  });
  expect(
    await renamed(
      systems,
      { '/w/meltano.yml': file('load', 'lo<|>ad@daily'), '/w/penstock.yaml': both },
      'load@night',
    ),
  ).toEqual({
    '/w/meltano.yml': file('load', 'load@night'),
    '/w/penstock.yaml': both.replace('@daily', '@night'),
  });
});

test('such a name is completed on both sides of the sign', async () => {
  for (const typed of ['meltano:job/lo', 'meltano:job/load@da']) {
    const text = pipeline(typed);
    const { platform } = await open({ '/w/meltano.yml': jobs('load@daily'), '/w/penstock.yaml': text });
    const found = complete(platform, '/w/penstock.yaml', text.trimEnd().length).items;
    const item = found.find(({ label }) => label === 'meltano:job/load@daily');
    expect(item?.span).toEqual({ start: text.indexOf('meltano'), end: text.trimEnd().length });
  }
});

test('a check of its last run asks for it, and for the one of a folder where there is no such job', async () => {
  const asked = async (files: Readonly<Record<string, string>>) => {
    const texts = { ...files, '/w/penstock.yaml': 'checks:\n  a: { ran: meltano:job/load@daily }\n' };
    return findChecks((await open(texts)).platform, []).checks.find(({ id }) => id === 'a');
  };
  expect(await asked({ '/w/meltano.yml': jobs('load', 'load@daily') })).toMatchObject({
    title: 'The last run of meltano:job/load@daily',
    probe: { step: 'meltano:job/load@daily', project: '/w' },
  });
  expect(await asked({ '/w/daily/meltano.yml': jobs('load') })).toMatchObject({
    probe: { step: 'meltano:job/load', project: '/w/daily' },
  });
});

test('what `with` tells the tool names things of the project that is meant', async () => {
  const text = 'pipelines:\n  nightly:\n  - { step: meltano:job/load@daily, with: { environment: dev } }\n';
  const environments = 'environments: [{ name: dev }]\n';
  const targets = async (files: Readonly<Record<string, string>>) => {
    const { platform } = await open({ ...files, '/w/penstock.yaml': text });
    return define(platform, '/w/penstock.yaml', text.indexOf('dev') + 1)?.targets.map(({ path }) => path);
  };
  expect(await targets({ '/w/meltano.yml': environments + jobs('load@daily') })).toEqual(['/w/meltano.yml']);
  expect(
    await targets({
      '/w/daily/meltano.yml': environments + jobs('load'),
      '/w/other/meltano.yml': environments + jobs('load'),
    }),
  ).toEqual(['/w/daily/meltano.yml']);
});
