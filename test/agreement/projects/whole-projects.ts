import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder, cached, fingerprint } from '../../../scripts/support/cache.mjs';
import { run } from '../../../scripts/support/process.mjs';
import { platform } from '../../../scripts/support/project.mjs';
import { ensureUv, findPython } from '../../../scripts/support/python.mjs';
import type { ProjectFiles } from '../base.ts';
import { dbtProgram } from '../oracles/programs.ts';

/** A project that somebody else wrote for dbt. */
export interface WholeProject {
  readonly title: string;
  readonly files: ProjectFiles;
  /** All that dbt Core has against it here: what it needs and the test cannot give. */
  readonly lacks?: RegExp;
}

/** Macros that are there for their own adapter only, where the one at hand is another. */
const anotherAdapter = /In dispatch: No macro named/;
const here = dirname(fileURLToPath(import.meta.url));
const lock = join(here, 'packages.txt');
const profiles = (name: string): ProjectFiles => ({
  'profiles.yml': `${name}:\n  target: dev\n  outputs:\n    dev:\n      type: duckdb\n`,
});

/** What packages ship: starter projects, the macros of adapters, projects of tools; and the example platform. */
export async function wholeProjects(): Promise<readonly WholeProject[]> {
  const shipped = await installPackages();
  const dbt = join(sitePackages(), 'dbt', 'include');
  return [
    { title: 'the example platform', files: read(join(platform, 'dbt')) },
    starter(join(dbt, 'starter_project')),
    included('dbt-adapters', join(dbt, 'global_project')),
    included('dbt-duckdb', join(dbt, 'duckdb')),
    ...['bigquery', 'databricks', 'postgres', 'redshift', 'snowflake', 'spark'].map((adapter) =>
      included(`dbt-${adapter}`, join(shipped, 'dbt', 'include', adapter), anotherAdapter),
    ),
    metricflow(join(shipped, 'dbt_metricflow', 'cli')),
    ...elementary(join(shipped, 'elementary', 'monitor', 'dbt_project')),
  ];
}

/** The project that `dbt init` copies, with the names it asks for. */
function starter(folder: string): WholeProject {
  const files = mapTexts(read(folder), (text) =>
    text.replaceAll('{project_name}', 'my_project').replaceAll('{profile_name}', 'my_project'),
  );
  return { title: 'the starter project of dbt Core', files: { ...files, ...profiles('my_project') } };
}

/** The macros that dbt reads beside every project, as a project of their own under a name that is free. */
function included(name: string, folder: string, lacks?: RegExp): WholeProject {
  const files = read(folder);
  const project = files['dbt_project.yml']!.replace(/^name:.*$/m, 'name: included\nprofile: included');
  return {
    title: `the macros of ${name}`,
    files: { ...files, 'dbt_project.yml': project, ...profiles('included') },
    ...(lacks ? { lacks } : {}),
  };
}

/** The tutorial as its command line puts it together. */
function metricflow(folder: string): WholeProject {
  const samples = read(join(folder, 'sample_dbt_models'));
  const models = Object.entries(samples).map(([path, text]) => [
    path.startsWith('seeds/') ? path : `models/${path}`,
    text.replaceAll('$system_schema', 'main'),
  ]);
  return {
    title: "MetricFlow's tutorial",
    files: {
      ...read(join(folder, 'mf_tutorial_project')),
      ...(Object.fromEntries(models) as ProjectFiles),
      ...profiles('mf_tutorial'),
    },
  };
}

function elementary(folder: string): readonly WholeProject[] {
  const all = { ...read(folder), ...profiles('elementary') };
  const own = Object.entries(all).filter(
    ([path]) => !/^(models\/|packages\.yml|package-lock\.yml)/.test(path),
  );
  return [
    {
      title: "elementary's project, its packages not installed",
      files: all,
      lacks: /dbt expects \d package\(s\)/,
    },
    { title: "elementary's macros", files: Object.fromEntries(own) },
  ];
}

/** The wheels' contents alone, in the cache: nothing of them is run. */
async function installPackages(): Promise<string> {
  const folder = join(cacheFolder(), `agreement-packages-${fingerprint([lock])}`);
  return cached(folder, async (draft: string) => {
    const python = await findPython();
    const uv = await ensureUv(python);
    const options = ['--quiet', '--no-deps', '--require-hashes', '--python', python.file];
    await run(uv, ['pip', 'install', ...options, '--target', draft, '-r', lock], {
      quiet: true,
      why: 'The packages whose projects dbt accepts could not be installed (is a package index reachable?)',
    });
  });
}

function sitePackages(): string {
  const venv = dirname(dirname(dbtProgram('python')));
  const found = [join(venv, 'Lib', 'site-packages'), ...unixLibraries(join(venv, 'lib'))];
  return found.find((folder) => existsSync(join(folder, 'dbt')))!;
}

function unixLibraries(lib: string): string[] {
  if (!existsSync(lib)) return [];
  return readdirSync(lib).map((python) => join(lib, python, 'site-packages'));
}

const leftOut = new Set(['target', 'logs', 'dbt_packages', '__pycache__', '.user.yml', '__init__.py']);

function read(folder: string): ProjectFiles {
  const files: Record<string, string> = {};
  const walk = (path: string): void => {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      const inside = join(path, entry.name);
      if (leftOut.has(entry.name) || entry.name.endsWith('.duckdb')) continue;
      if (entry.isDirectory()) walk(inside);
      else files[relative(folder, inside).replaceAll('\\', '/')] = readFileSync(inside, 'utf8');
    }
  };
  walk(folder);
  return files;
}

function mapTexts(files: ProjectFiles, change: (text: string) => string): ProjectFiles {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [path, change(text)]));
}
