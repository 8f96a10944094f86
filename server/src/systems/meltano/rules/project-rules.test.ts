import { expect, test } from 'vitest';
import { checkFindings, openFixture } from '../../../../../test/support/check.ts';
import { meltano } from '../index.ts';

const check = (fixture: string, version?: string): Promise<void> =>
  checkFindings([meltano], fixture, version);

/** What the first fix of the first finding with this code makes of a file. */
async function fixed(code: string, text: string, at = 0): Promise<string | undefined> {
  const { platform } = await openFixture([meltano], { '/w/meltano.yml': text });
  const finding = platform.findings('/w/meltano.yml').find((each) => each.code === code);
  const [edit] = finding?.fixes?.[at]?.edits ?? [];
  return edit && text.slice(0, edit.span.start) + edit.newText + text.slice(edit.span.end);
}

test('unmet-version: what Meltano 4 would end with', () =>
  check(
    `
#- /w/meltano.yml
requires_meltano: '>=5'
#                  ^^^ error meltano/unmet-version: Meltano 4.4.1 (the test) is in force, which \`>=5\` leaves out; install another, or widen the range
#- /w/b/meltano.yml
requires_meltano: 4.4
#                 ^^^ error meltano/unmet-version: \`requires_meltano\` must be a text; put it in quotes and compare, as in \`'>=4.4'\`
#- /w/c/meltano.yml
requires_meltano: four
#                 ^^^^ error meltano/unmet-version: \`four\` compares with no version; write it as in \`'>=4.4,<5'\`
`,
    '4.4.1',
  ));

test.each(['>=4,<5', '~=4.4', '==4.*', '!=4.4.0', '', '>= 4.4.1', '<4.5.0rc1,>3'])(
  'unmet-version: %j fits',
  (range) => check(`\n#- /w/meltano.yml\nrequires_meltano: '${range}'\n`, '4.4.1'),
);

test('unmet-version: Meltano 3 never looks', () =>
  check('\n#- /w/meltano.yml\nrequires_meltano: four\n', '3.9.5'));

test('invalid-project-setting: in a group or flat, and not where a variable stands', () =>
  check(`
#- /w/meltano.yml
cli.log_level: loud
#              ^^^^ error meltano/invalid-project-setting: \`loud\` is no value for \`cli.log_level\`; use one of debug, info, warning, error, critical, disabled
cli:
  log_format: jsno
  #           ^^^^ error meltano/invalid-project-setting: \`jsno\` is no value for \`cli.log_format\`; did you mean \`json\`?
database_max_retries: many
#                     ^^^^ error meltano/invalid-project-setting: \`database_max_retries\` must be a whole number, not \`many\`
database_uri: meltano.db
#             ^^^^^^^^^^ error meltano/invalid-project-setting: \`database_uri\` is no address of a database; begin with its kind, as in \`sqlite:///\`
state_backend:
  uri: ftp://states
  #    ^^^^^^^^^^^^ warning meltano/invalid-project-setting: Meltano itself keeps state in none of this kind; use \`systemdb\` or one of \`file://\`, \`s3://\`, \`gs://\`, \`azure://\`, or install the add-on that serves it
  lock_timeout_seconds: '20'
#- /w/b/meltano.yml
cli: { log_level: $LEVEL, log_format: json }
state_backend.uri: s3://bucket/states
database_uri: postgresql+psycopg://host/db
`));

test('deprecated-key: with what takes its place', () =>
  check(
    `
#- /w/meltano.yml
version: 1
# <- warning meltano/deprecated-key: \`version\` means nothing since Meltano 4; remove it, or say with \`requires_meltano\` which Meltano the project needs
ff:
  plugin_locks_required: true
# ^^^^^^^^^^^^^^^^^^^^^ information meltano/deprecated-key: \`plugin_locks_required\` does nothing since Meltano 3; remove it
plugins:
  transformers: [{ name: dbt, namespace: dbt }]
  #                      ^^^ information meltano/deprecated-key: transformers are from before Meltano ran dbt as a utility; use a utility such as \`dbt-duckdb\` and name it in jobs
  orchestrators: [{ name: airflow, namespace: airflow }, { name: dagster, namespace: dagster }]
  #                       ^^^^^^^ information meltano/deprecated-key: the orchestrator \`airflow\` became the utility \`airflow\`; move it to \`utilities\`
  loaders:
  - name: target-y
    namespace: y
    settings:
    - { name: a, kind: password }
    #                  ^^^^^^^^ warning meltano/deprecated-key: the kind \`password\` is deprecated; say \`sensitive: true\` instead
    - { name: b, kind: string }
`,
  ));

test('deprecated-key: fixes', async () => {
  const code = 'meltano/deprecated-key';
  expect(await fixed(code, 'version: 1 # old\njobs: []\n')).toBe('jobs: []\n');
  const setting = (text: string): string =>
    `plugins:\n  loaders:\n  - name: t\n    namespace: t\n    settings:\n    - ${text}\n`;
  expect(await fixed(code, setting("{ name: a, kind: 'password' }"))).toBe(
    setting('{ name: a, sensitive: true }'),
  );
  expect(await fixed(code, setting('kind: hidden\n      name: a'))).toBe(
    setting('hidden: true\n      name: a'),
  );
  expect(await fixed(code, setting('{ name: a, sensitive: true, kind: password }'))).toBe(
    setting('{ name: a, sensitive: true, kind: string }'),
  );
  expect(await fixed(code, 'ff: { plugin_locks_required: true, strict_env_var_mode: true }\n')).toBe(
    'ff: { strict_env_var_mode: true }\n',
  );
});

test('deprecated-key: `start_date` is what Meltano 3 reads', async () => {
  const schedule = (mark: string): string => `
#- /w/meltano.yml
plugins: { extractors: [{ name: tap-a, namespace: a }], loaders: [{ name: target-b, namespace: b }] }
schedules:
- name: a
  extractor: tap-a
  loader: target-b
  transform: skip
  interval: '@daily'
  start_date: 2026-01-01
${mark}`;
  const mark =
    '# ^^^^^^^^^^ warning meltano/deprecated-key: `start_date` of a schedule means nothing since Meltano 4; remove it\n';
  await checkFindings([meltano], schedule(mark), '4.4.1');
  await checkFindings([meltano], schedule(mark));
  await checkFindings([meltano], schedule(''), '3.9.5');
  for (const range of ['<4', '>=3.6,<4', '!=3.1,<=3.99'])
    await check(schedule('').replace('plugins:', `requires_meltano: '${range}'\nplugins:`));
  for (const range of ['<4.2', '>3', '!=4'])
    await check(schedule(mark).replace('plugins:', `requires_meltano: '${range}'\nplugins:`));
});

test('deprecated-key: `version` is what Meltano 3 reads', () =>
  check('\n#- /w/meltano.yml\nversion: 1\njobs: []\n', '3.9.5'));

test('python-version-number: what YAML shortens', async () => {
  await check(`
#- /w/meltano.yml
python: 3.10
#       ^^^^ warning meltano/python-version-number: YAML reads \`3.10\` as the number 3.1, which is another Python; put it in quotes
plugins:
  utilities:
  - { name: a, namespace: a, python: 3.11 }
  - { name: b, namespace: b, python: '3.10' }
`);
  expect(await fixed('meltano/python-version-number', 'python: 3.10\n')).toBe("python: '3.10'\n");
});

test('include-path: what Meltano cannot look up', () =>
  check(`
#- /w/meltano.yml
include_paths:
- /srv/*.yml
# ^^^^^^^^^^ error meltano/include-path: Meltano refuses a path from the root; write it relative to the folder of meltano.yml
- ../shared/*.yml
# ^^^^^^^^^^^^^^^ warning meltano/include-path: Meltano refuses files outside of the project; keep what is included below meltano.yml
- 5
# ^ error meltano/include-path: a path to include must be a text; put it in quotes
- inc/*.yml
- none/*.yml
# ^^^^^^^^^^ warning meltano/include-matches-nothing: no file of the project matches \`none/*.yml\`, and Meltano says nothing of it; correct the pattern or remove it
#- /w/inc/a.yml
include_paths: [other.yml]
# <- warning meltano/include-path: Meltano reads \`include_paths\` in meltano.yml alone; name the files there
`));

test('include-matches-nothing: comes and goes with the files', async () => {
  const { platform, files } = await openFixture([meltano], {
    '/w/meltano.yml': 'include_paths: [inc/*.yml]\n',
  });
  const codes = (): readonly string[] => platform.findings('/w/meltano.yml').map(({ code }) => code);
  expect(codes()).toEqual(['meltano/include-matches-nothing']);
  files.texts.set('/w/inc/a.yml', 'jobs: []\n');
  platform.update(['/w/inc/a.yml']);
  expect(codes()).toEqual([]);
});

test('undefined-environment: what .env selects', () =>
  check(
    `
#- /w/meltano.yml
environments:
# ^^^^^^^^^^ error meltano/undefined-environment: \`.env\` sets \`MELTANO_ENVIRONMENT\` to \`dve\`, and no environment is named so; did you mean \`dev\`?
- name: dev
#- /w/.env
export MELTANO_ENVIRONMENT="dve" # mine
`.replace('# ^^^^^^^^^^', '#<-'),
  ));

test('the version in force: an environment, then what is locked, then what is required', async () => {
  const versionOf = async (texts: Readonly<Record<string, string>>): Promise<unknown> => {
    const { platform } = await openFixture([meltano], texts);
    return platform.parsed('/w/meltano.yml')?.project.version;
  };
  const project = { '/w/meltano.yml': "requires_meltano: '>=3.5,<5'\n" };
  const lock =
    '[[package]]\nname = "melt"\nversion = "1"\n\n[[package]]\nname = "meltano"\nversion = "4.2.0"\n';
  expect(await versionOf({ '/w/meltano.yml': 'jobs: []\n' })).toBeUndefined();
  expect(await versionOf(project)).toEqual({ version: '3.5', source: 'from `requires_meltano`' });
  expect(
    await versionOf({ ...project, '/w/requirements.txt': 'dbt-core==1.9\nmeltano[s3]==4.1.0 # x\n' }),
  ).toEqual({
    version: '4.1.0',
    source: 'from requirements.txt',
  });
  expect(
    await versionOf({ ...project, '/w/uv.lock': lock, '/w/requirements.txt': 'meltano==4.1.0\n' }),
  ).toEqual({
    version: '4.2.0',
    source: 'from uv.lock',
  });
  const { platform } = await openFixture([meltano], { ...project, '/w/uv.lock': lock }, ['/w'], {
    version: '4.4.1',
    source: 'from .venv',
  });
  expect(platform.parsed('/w/meltano.yml')?.project.version?.source).toBe('from .venv');
});
