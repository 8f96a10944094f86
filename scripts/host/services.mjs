import { copyFileSync, existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installWithApt } from '../support/apt.mjs';
import { cacheFolder, cached, fingerprint } from '../support/cache.mjs';
import { Problem } from '../support/problem.mjs';
import { run, which } from '../support/process.mjs';
import { ensureVenv, findPython, inVenv } from '../support/python.mjs';

const why = 'which the evidence suite asks as checks do';

/** Great Expectations as the suite runs it. */
const expectations = 'great_expectations==1.24.1';

/** The servers that the evidence suite starts, installed with apt-get where that is allowed and one is not there. */
export async function ensureServices() {
  return {
    redis: await ensureProgram('redis-server', 'redis-server'),
    prometheus: await ensureProgram('prometheus', 'prometheus'),
    postgres: await ensurePostgres(),
  };
}

/** Where the lists of what servers in Java need are kept, and what starts them. */
export const javaFolder = join(dirname(fileURLToPath(import.meta.url)), 'java');

/** What runs the servers of the suite that are written in Java, and the class path of each; all of it in the cache. */
export async function ensureJavaServers() {
  const java = await ensureProgram('java', 'default-jdk-headless');
  return { java, kafka: await ensureJars('kafka'), elasticsearch: await ensureJars('elasticsearch') };
}

async function ensureJars(name) {
  const list = join(javaFolder, `${name}.xml`);
  const folder = await cached(join(cacheFolder(), `${name}-${fingerprint([list])}`), async (draft) => {
    const maven = await ensureProgram('mvn', 'maven');
    copyFileSync(list, join(draft, 'pom.xml'));
    const goal = ['dependency:copy-dependencies', '-DincludeScope=runtime', '-DoutputDirectory=jars'];
    await run(maven, ['--quiet', '--batch-mode', ...goal], {
      cwd: draft,
      quiet: true,
      why: `${name} could not be fetched (a repository of Maven must be reachable)`,
    });
  });
  return join(folder, 'jars', '*');
}

/** A Python with Great Expectations, in the cache: the file of the interpreter. */
export async function ensureExpectations() {
  const python = await findPython();
  const name = `${expectations.replace('==', '-')}-py${python.version.replaceAll(' ', '.')}`;
  const packages = [expectations];
  return join(await ensureVenv(name, python, { packages, what: 'Great Expectations' }), inVenv, 'python');
}

async function ensureProgram(name, packageName) {
  if (!which(name)) await installWithApt(packageName, why);
  const found = which(name);
  if (found) return found;
  throw new Problem(`No ${name} was found, ${why}: install ${packageName}.`);
}

/** The folder of PostgreSQL's programs, which Debian keeps off the PATH. */
async function ensurePostgres() {
  if (!postgresFolder()) await installWithApt('postgresql', why);
  const found = postgresFolder();
  if (found) return found;
  throw new Problem(`No PostgreSQL was found, ${why}: install postgresql.`);
}

function postgresFolder() {
  const base = '/usr/lib/postgresql';
  const versions = existsSync(base) ? readdirSync(base).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => join(base, version, 'bin')),
    '/usr/local/bin',
    '/opt/homebrew/bin',
  ];
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));
}
