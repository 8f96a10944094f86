import { expect, test } from 'vitest';
import { checkFindings, openFixture } from '../../../../../test/support/check.ts';
import { meltano } from '../index.ts';

const check = (fixture: string): Promise<void> => checkFindings([meltano], fixture);

const plugins = `environments: [{ name: dev }]
plugins:
  extractors: [{ name: tap-x, namespace: x }, { name: tap-x-b, inherit_from: tap-x }]
  loaders: [{ name: target-y, namespace: y }]
  mappers: [{ name: mapper, namespace: m, mappings: [{ name: hash, config: {} }] }]
  utilities: [{ name: dbt, namespace: dbt, commands: { run: run } }]`;

test('shared-state: one pair twice in one job', () =>
  check(`
#- /w/meltano.yml
${plugins}
jobs:
- name: twice
  tasks:
  - tap-x target-y
  - dbt:run
  - tap-x target-y
  # ^^^^^^^^^^^^^^ information meltano/shared-state: the job loads \`tap-x\` into \`target-y\` twice with one state, so this time only what is new since the first; remove one of the two
  - tap-x hash target-y
  # ^^^^^^^^^^^^^^^^^^^ warning meltano/shared-state: the job loads \`tap-x\` into \`target-y\` twice with one state, so this time only what is new since the first; give one its own extractor by \`inherit_from\`
- name: others
  tasks: [tap-x target-y, tap-x-b target-y, tap-x elsewhere]
  #                                               ^^^^^^^^^ error meltano/undefined-plugin: no plugin or mapping is named \`elsewhere\`; define it under \`plugins\` or correct the name
`));

test('shared-state: schedules that start one pair at the same time', () =>
  check(`
#- /w/meltano.yml
${plugins}
jobs:
- { name: load, tasks: [tap-x target-y] }
- { name: all, tasks: [tap-x hash target-y, dbt:run] }
- { name: other, tasks: [tap-x-b target-y] }
schedules:
- { name: a, interval: '@hourly', job: load }
- { name: b, interval: '0 * * * *', job: all }
#                       ^^^^^^^^^ warning meltano/shared-state: \`b\` and \`a\` load \`tap-x\` into \`target-y\` at the same time with one state, and Meltano refuses the second while the first runs; move one of them to another time
- { name: later, interval: '30 * * * *', job: all }
- { name: own, interval: '@hourly', job: other }
- { name: elsewhere, interval: '@hourly', job: all, env: { MELTANO_ENVIRONMENT: prod } }
- { name: pair, interval: '@hourly', extractor: tap-x, loader: target-y, transform: skip }
- { name: by-hand, interval: '@once', job: load }
- { name: by-hand-too, interval: '@once', job: load }
- { name: gone, interval: '@hourly', job: all-of-it }
#                                         ^^^^^^^^^ error meltano/undefined-job: no job is named \`all-of-it\`; define it under \`jobs\` or correct the name
`));

test('shared-state: plugins, jobs and schedules of several included files', () =>
  checkFindings(
    [meltano],
    `
#- /w/meltano.yml
include_paths: ['conf/*.yml']
${plugins}
schedules:
- { name: nightly, interval: '@daily', job: load }
#- /w/conf/a-jobs.yml
jobs:
- { name: load, tasks: [tap-x target-y] }
- name: twice
  tasks:
  - tap-x target-y
  - tap-x:now hash target-y
  # ^^^^^^^^^^^^^^^^^^^^^^^ warning meltano/shared-state: the job loads \`tap-x\` into \`target-y\` twice with one state, so this time only what is new since the first; give one its own extractor by \`inherit_from\`
#- /w/conf/b-schedules.yml
schedules:
- { name: hourly, interval: '@hourly', job: load }
- name: again
  interval: '0 0 * * *'
  #          ^^^^^^^^^ warning meltano/shared-state: \`again\` and \`nightly\` load \`tap-x\` into \`target-y\` at the same time with one state, and Meltano refuses the second while the first runs; move one of them to another time
  job: all
#- /w/conf/c-jobs.yml
jobs:
- { name: all, tasks: [tap-x hash target-y, dbt:run] }
schedules:
- { name: hourly-too, interval: '0 * * * *', job: all }
#                                ^^^^^^^^^ warning meltano/shared-state: \`hourly-too\` and \`hourly\` load \`tap-x\` into \`target-y\` at the same time with one state, and Meltano refuses the second while the first runs; move one of them to another time
#- /w/other/meltano.yml
${plugins}
jobs: [{ name: load, tasks: [tap-x target-y] }]
schedules: [{ name: elsewhere, interval: '@daily', job: load }]
`,
  ));

test('shared-state: it follows edits of any of the files', async () => {
  const { platform, files } = await openFixture([meltano], {
    '/w/meltano.yml': `include_paths: ['*.meltano.yml']\n${plugins}`,
    '/w/a.meltano.yml':
      'jobs: [{ name: load, tasks: [tap-x target-y] }]\nschedules: [{ name: a, interval: "@daily", job: load }]\n',
    '/w/b.meltano.yml': 'schedules: [{ name: b, interval: "@daily", job: load }]\n',
  });
  const write = (path: string, from: string, to: string): readonly string[] => {
    files.texts.set(path, files.texts.get(path)!.replace(from, to));
    platform.update([path]);
    const found = platform.findings('/w/b.meltano.yml').filter(({ code }) => code === 'meltano/shared-state');
    return found.flatMap(({ related }) => related!.map(({ path: at, span }) => `${at} ${span.start}`));
  };
  expect(write('/w/b.meltano.yml', 'b,', 'c,')).toEqual(['/w/a.meltano.yml 68']);
  expect(write('/w/a.meltano.yml', 'jobs', '# jobs\njobs')).toEqual(['/w/a.meltano.yml 75']);
  expect(write('/w/a.meltano.yml', '@daily', '@weekly')).toEqual([]);
  expect(write('/w/a.meltano.yml', '@weekly', '0 0 * * *')).toHaveLength(1);
  expect(write('/w/meltano.yml', 'name: target-y', 'name: target-z')).toEqual([]);
  expect(write('/w/meltano.yml', 'name: target-z', 'name: target-y')).toHaveLength(1);
  expect(write('/w/a.meltano.yml', 'target-y]', 'tap-x]')).toEqual([]);
});

test('shared-state: broken YAML is read as far as it goes', async () => {
  const schedules = 'schedules:\n- { name: a, interval: "@hourly", job: load }\n';
  const { platform } = await openFixture([meltano], {
    '/w/meltano.yml': `${plugins}\njobs:\n- { name: load, tasks: [tap-x target-y, tap-x target-y] }\n${schedules}- { name: b,`,
  });
  const codes = platform.findings('/w/meltano.yml').map(({ code }) => code);
  expect(codes.filter((code) => code === 'meltano/shared-state')).toHaveLength(1);
  expect(codes).toContain('yaml/syntax');
});
