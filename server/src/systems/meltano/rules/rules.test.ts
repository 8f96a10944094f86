import { expect, test } from 'vitest';
import { checkFindings, openFixture } from '../../../../../test/support/check.ts';
import { meltano } from '../index.ts';

const check = (fixture: string): Promise<void> => checkFindings([meltano], fixture);

test('job-grammar: a set is an extractor, mappings and a loader', () =>
  check(`
#- /w/meltano.yml
environments: [{ name: dev }]
plugins:
  extractors: [{ name: tap-x, namespace: x }]
  loaders: [{ name: target-y, namespace: y }]
  mappers: [{ name: mapper, namespace: m, mappings: [{ name: hash, config: {} }] }]
  utilities: [{ name: dbt, namespace: dbt, commands: { run: run } }]
jobs:
- name: good
  tasks:
  - tap-x hash hash target-y
  - dbt:run
- name: nested
  tasks:
  - [tap-x target-y, dbt:run]
- name: no-loader
  tasks:
  - tap-x
  # ^^^^^ error meltano/job-grammar: the extractor \`tap-x\` has no loader; name a loader behind it
- name: command-between
  tasks:
  - tap-x dbt:run target-y
  #       ^^^^^^^ error meltano/job-grammar: \`dbt:run\` stands between the extractor \`tap-x\` and its loader; only mappings may stand there
- name: loader-alone
  tasks:
  - dbt:run target-y
  #         ^^^^^^^^ error meltano/job-grammar: the loader \`target-y\` does not follow an extractor; put an extractor before it
- name: whole-mapper
  tasks:
  - tap-x mapper target-y
  #       ^^^^^^ error meltano/job-grammar: \`mapper\` is a mapper; name one of its mappings instead
- name: two-tasks
  tasks:
  - tap-x
  # ^^^^^ information meltano/job-grammar: \`tap-x\` and its loader \`target-y\` stand in two tasks; put them into one, as \`meltano job set\` demands
  - target-y
`));

test('job-grammar: what Meltano would look for under an empty name, or letter by letter', () =>
  check(`
#- /w/meltano.yml
plugins:
  extractors: [{ name: tap-x, namespace: x }]
  loaders: [{ name: target-y, namespace: y }]
  utilities: [{ name: dbt, namespace: dbt, commands: { run: run } }]
jobs:
- name: spaces
  tasks:
  - tap-x  target-y
  # ^^^^^^^^^^^^^^^ error meltano/job-grammar: Meltano cuts a task at every single space and finds a block without a name here; leave one space between blocks and none at the ends
- name: piped
  tasks:
  - tap-x | target-y
  #       ^ error meltano/job-grammar: \`|\` is no block; name the blocks one after another, Meltano pipes an extractor into its loader by itself
- name: text
  tasks: tap-x target-y
  #      ^^^^^^^^^^^^^^ error meltano/job-grammar: the tasks of \`text\` are a text, which Meltano reads letter by letter; make them a list
- name: split
  tasks:
  - dbt: run
  # ^^^ warning meltano/job-grammar: Meltano runs \`dbt\` without what follows the colon; write plugin and command without a space, as in \`dbt:run\`
- name: number
  tasks:
  - 5
  # ^ error meltano/job-grammar: \`5\` is not the name of a block; name plugins, parted by single spaces
`));

test('job-grammar: what other files of the project define is known, and what nobody defines is not judged', () =>
  check(`
#- /w/meltano.yml
include_paths: ['*.meltano.yml']
plugins:
  extractors: [{ name: tap-x, namespace: x }]
  loaders: [{ name: target-y, namespace: y }]
  mappers: [{ name: mapper, namespace: m, mappings: [{ name: hash, config: {} }] }]
jobs: [{ name: tap-z, tasks: [tap-x target-y] }]
#- /w/jobs.meltano.yml
jobs:
- name: load
  tasks:
  - tap-x
  # ^^^^^ error meltano/job-grammar: the extractor \`tap-x\` has no loader; name a loader behind it
- name: more
  tasks:
  - tap-x hash
  # ^^^^^ information meltano/job-grammar: \`tap-x\` and its loader \`target-y\` stand in two tasks; put them into one, as \`meltano job set\` demands
  - target-y
  - tap-z target-y
  # ^^^^^ error meltano/job-grammar: \`tap-z\` names a job and a plugin, and Meltano does not choose; rename one of them
  - mapper
  # ^^^^^^ error meltano/job-grammar: the mapper \`mapper\` does not follow an extractor; put an extractor before it
- name: unknown
  tasks: [tap-x tap-nowhere]
  #             ^^^^^^^^^^^ error meltano/undefined-plugin: no plugin or mapping is named \`tap-nowhere\`; define it under \`plugins\` or correct the name
#- /w/taps.meltano.yml
plugins:
  extractors: [{ name: tap-z, namespace: z }]
`));

test('undefined names, each in the words of its place', () =>
  check(`
#- /w/meltano.yml
default_environment: dve
#                    ^^^ error meltano/undefined-environment: no environment is named \`dve\`; did you mean \`dev\`?
environments:
- name: dev
  config:
    plugins:
      loaders:
      - name: target-z
        #     ^^^^^^^^ warning meltano/undefined-plugin: no loader is named \`target-z\`, so this configuration is never read; did you mean \`target-y\`?
plugins:
  extractors:
  - name: tap-x
    namespace: x
  - name: tap-x--eu
    inherit_from: tap-x
  - name: tap-q
    inherit_from: tap-w
    #             ^^^^^ warning meltano/undefined-parent: the project has no extractor \`tap-w\` and no lock file of it; did you mean \`tap-x\`?
  - name: tap-hub
    inherit_from: tap-locked
  loaders: [{ name: target-y, namespace: y }]
  utilities: [{ name: dbt, namespace: dbt, commands: { run: run } }]
jobs:
- name: load
  tasks:
  - tap-x target-nowhere
  #       ^^^^^^^^^^^^^^ error meltano/undefined-plugin: no plugin or mapping is named \`target-nowhere\`; define it under \`plugins\` or correct the name
- name: again
  tasks:
  - load
  # ^^^^ error meltano/undefined-plugin: \`load\` is a job, and a task names plugins only; name the job's blocks here
- name: build
  tasks:
  - dbt:test
  #     ^^^^ error meltano/undefined-command: the plugin has no command \`dbt:test\`; define it under \`commands\` or correct the name
schedules:
- { name: a, interval: '@daily', job: load }
- { name: b, interval: '@daily', job: nightly }
#                                     ^^^^^^^ error meltano/undefined-job: no job is named \`nightly\`; define it under \`jobs\` or correct the name
- { name: c, interval: '@daily', extractor: target-y, loader: target-y, transform: skip }
#                                           ^^^^^^^^ error meltano/undefined-plugin: no extractor is named \`target-y\`; define it under \`plugins\` or correct the name
#- /w/plugins/extractors/tap-locked--default.lock
{ "plugin_type": "extractors", "name": "tap-locked", "namespace": "tap_locked", "variant": "default" }
`));

test('names are known across included files, also where jobs name them before their file', () =>
  check(`
#- /w/meltano.yml
include_paths: ['inc/**/*.yml']
jobs:
- { name: load, tasks: [tap-x target-y] }
#- /w/inc/deep/plugins.yml
plugins:
  extractors: [{ name: tap-x, namespace: x }]
  loaders: [{ name: target-y, namespace: y }]
#- /w/other/plugins.yml
plugins: 5
`));

test('while one file cannot be read, names that it may define are not missed', async () => {
  const broken = {
    '/w/meltano.yml': 'include_paths: [inc.yml]\njobs:\n- { name: load, tasks: [tap-x target-y] }\n',
    '/w/inc.yml': 'plugins:\n  extractors: [{ name: tap-x, namespace: x }\n  loaders: [\n',
  };
  const { platform, files } = await openFixture([meltano], broken);
  const codes = (path: string): readonly string[] => platform.findings(path).map((finding) => finding.code);
  expect(codes('/w/meltano.yml')).toEqual([]);
  expect(codes('/w/inc.yml').length).toBeGreaterThan(0);
  files.texts.set('/w/inc.yml', 'plugins:\n  extractors: [{ name: tap-x, namespace: x }]\n');
  platform.update(['/w/inc.yml']);
  expect(codes('/w/meltano.yml')).toEqual(['meltano/undefined-plugin']);
});

test('duplicates: refused among included files, otherwise one is silently dropped', () =>
  check(`
#- /w/meltano.yml
include_paths: ['inc/*.yml']
plugins:
  extractors:
  - { name: tap-x, namespace: x }
  - { name: tap-x, namespace: y }
  #         ^^^^^ warning meltano/duplicate-plugin: the extractor \`tap-x\` is defined twice, and only the first one counts; rename or remove one
  loaders:
  - { name: tap-x, namespace: z }
jobs:
- { name: a, tasks: [] }
#         ^ warning meltano/duplicate-job: the job \`a\` is defined twice, and only the one in meltano.yml counts; rename or remove one
#- /w/inc/1.yml
jobs:
- { name: a, tasks: [] }
- { name: b, tasks: [] }
#- /w/inc/2.yml
jobs:
- { name: b, tasks: [] }
#         ^ error meltano/duplicate-job: the job \`b\` is also defined in 1.yml, and Meltano refuses that among included files; rename or remove one
`));

test('duplicate mappings are refused when a task names one', () =>
  check(`
#- /w/meltano.yml
plugins:
  mappers:
  - { name: m, namespace: m, mappings: [{ name: a, config: {} }, { name: a, config: {} }] }
  #                                                                      ^ error meltano/duplicate-mapping: the mapping \`a\` is defined twice, so no task can use it; rename one
`));

test("shape: an error where the loader falls over, advice elsewhere, silence for what may be of one's own", () =>
  check(`
#- /w/meltano.yml
my_notes: fine
schedule: []
# <- warning meltano/unknown-key: unknown key \`schedule\`; did you mean \`schedules\`?
send_anonymous_usage_stats: maybe
#                           ^^^^^ warning meltano/invalid-value: \`send_anonymous_usage_stats\` must be true or false, not a string
environments:
- name: dev
  state_id_suffix: eu
- name: prod
  cnf: {}
# ^^^ error meltano/unknown-key: unknown key \`cnf\`; remove it, or use one of \`annotations\`, \`config\`, \`env\` or \`state_id_suffix\`
plugins:
  extractors:
  - name: tap-x
    namespace: x
    exutable: tap
#   ^^^^^^^^ warning meltano/unknown-key: unknown key \`exutable\`; did you mean \`executable\`?
    my_extra: 1
    capabilities: [catlog, brand-new]
#                  ^^^^^^ warning meltano/invalid-value: \`catlog\` is not allowed here; did you mean \`catalog\`?
    settings:
    - { name: a, kind: strng }
#                      ^^^^^ error meltano/invalid-value: \`strng\` is no value for \`kind\`; did you mean \`string\`?
  utility: []
# ^^^^^^^ error meltano/unknown-key: unknown key \`utility\`; remove it, or use one of \`loaders\`, \`mappers\`, \`orchestrators\`, \`transformers\`, \`files\`, \`utilities\` or \`transforms\`
jobs:
- name: a
# ^^^^ error meltano/missing-key: the key \`tasks\` is missing; add it
`));

test('shape: a schedule has a job, or an extractor with its loader and transform', () =>
  check(`
#- /w/meltano.yml
jobs: [{ name: a, tasks: [] }]
plugins: { extractors: [{ name: tap-x, namespace: x }], loaders: [{ name: target-y, namespace: y }] }
schedules:
- { name: good, interval: '@daily', job: a, extractor: tap-x }
- { name: also, interval: '@daily', extractor: tap-x, loader: target-y, transform: skip }
- { name: none, interval: '@daily' }
#   ^^^^ error meltano/missing-key: this mapping has no form that is allowed here; give it \`job\` or \`extractor\`
- { name: half, interval: '@daily', extractor: tap-x, loader: target-y }
#   ^^^^ error meltano/missing-key: the key \`transform\` is missing; add it
`));

test('shape: a list without a value is fine in meltano.yml alone', () =>
  check(`
#- /w/meltano.yml
include_paths: [jobs.yml]
jobs:
schedules:
#- /w/jobs.yml
jobs:
# <- error meltano/invalid-value: \`jobs\` has no value, which Meltano refuses in an included file; fill it or remove it
`));

test('reserved-colon: Meltano keeps the colon for state IDs', () =>
  check(`
#- /w/meltano.yml
environments:
- name: dev:eu
  #     ^^^^^^ error meltano/reserved-colon: the environment \`dev:eu\` has a colon in its name, which Meltano keeps for state IDs; use \`-\` or \`_\`
- name: dev-eu
`));

test('invalid-schedule-interval: what no scheduler would take', () =>
  check(`
#- /w/meltano.yml
jobs: [{ name: a, tasks: [] }]
schedules:
- { name: x, job: a, interval: '0 25 * * *' }
#                               ^^^^^^^^^^ warning meltano/invalid-schedule-interval: \`0 25 * * *\` has \`25\` for the hour; give 0 to 23
- { name: y, job: a, interval: '0 3 * * MON' }
- { name: z, job: a, interval: $EVERY }
- { name: n, job: a, interval: null }
`));

test('empty-file: Meltano refuses an empty project, and one that holds comments alone', async () => {
  for (const text of ['', '# nothing yet\n', '---\n']) {
    const { platform } = await openFixture([meltano], { '/w/meltano.yml': text });
    expect(platform.findings('/w/meltano.yml')).toMatchObject([
      { code: 'meltano/empty-file', severity: 'error' },
    ]);
  }
});

test('shape: what Meltano 3 refuses and Meltano 4 takes', async () => {
  const fixture = `
#- /w/meltano.yml
version: 2
#        ^ error meltano/invalid-value: Meltano 3 reads a project only if its \`version\` is 1; write that, or remove the key
jobs: [{ name: a, tasks: [] }]
schedules:
- { name: x, interval: '@daily', job: a, start_date: 2024-01-01 }
#                                        ^^^^^^^^^^ error meltano/unknown-key: Meltano 3 takes no \`start_date\` beside \`job\`; remove one of them
`;
  await checkFindings([meltano], fixture, '3.9.5');
});

test('shape: values that stop a command, deep in plugins and environments', () =>
  check(`
#- /w/meltano.yml
environments:
- name: dev
  state_id_suffix: 5
  #                ^ error meltano/invalid-value: \`state_id_suffix\` must be a string, not a number; put it in quotes
  config:
    plugins:
      extractors:
      - nam: tap-x
#       ^^^ error meltano/unknown-key: unknown key \`nam\`; did you mean \`name\`?
plugins:
  utilities:
  - name: u
    namespace: u
    env: [A=1]
#   ^^^ error meltano/invalid-value: \`env\` must be a mapping, not a list
    commands: { a: { args: a, container_spec: { image: b, imaeg: c } } }
    #                                                     ^^^^^ error meltano/unknown-key: unknown key \`imaeg\`; remove it, or use one of \`annotations\`, \`command\`, \`entrypoint\`, \`ports\`, \`volumes\` or \`env\`
`));
