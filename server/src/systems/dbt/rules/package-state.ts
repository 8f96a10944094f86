import type { FactReader } from '../../../core/fact-index.ts';
import type { Definition, Located, Use } from '../../../core/facts.ts';
import type { FactFile, FactRule, Report } from '../../../core/rule.ts';
import { installed } from '../installed.ts';
import { layoutOf } from '../layout.ts';
import { anyPackage, lock, locked, packagesKey, projectRoot } from '../packages.ts';
import { readVersion, readVersionSpec, satisfies } from '../version-spec.ts';
import { isSecondLine } from '../version.ts';

/** Whether what packages.yml asks for is what `dbt deps` last locked and installed. */
export const packageState: FactRule = {
  id: 'dbt/packages-not-installed',
  severity: 'information',
  kinds: ['packages', 'dependencies'],
  check(file, facts, report) {
    if (file.project.vendored) return;
    const own = file.facts.find(
      (fact) => fact.fact === 'definition' && fact.namespace === packagesKey.namespace,
    );
    if (own?.fact !== 'definition') return;
    checkTwoFiles(file, own, facts, report);
    if (isInstalledWithHost(file, facts)) return;
    const entries = usesOf(file, locked);
    checkNames(file, own, entries, { facts, report });
    if (entries.length === 0) return;
    checkLocal(file, facts, report);
    checkLock(file, entries, facts, report);
    checkInstalled(file, own, entries, { facts, report });
  },
};

function usesOf({ facts }: FactFile, namespace: string): readonly Use[] {
  return facts.filter((fact) => fact.fact === 'use' && fact.namespaces[0] === namespace) as readonly Use[];
}

/** What a package in a project wants is installed with that project, from whose folder its paths lead. */
function isInstalledWithHost({ project: { scope } }: FactFile, facts: FactReader): boolean {
  return facts.reached({ ...anyPackage, scope }).length > 1;
}

/** Reported in packages.yml alone. */
function checkTwoFiles(file: FactFile, at: Definition, facts: FactReader, report: Report): void {
  if (file.claim.kind !== 'packages') return;
  const other = facts
    .definitions({ ...packagesKey, scope: file.project.scope })
    .find(({ path }) => path !== file.path);
  if (!other) return;
  // dbt v2 is content where one of the two lists is empty.
  const isFull = [at, other].every(({ data }) => (data?.['wanted'] ?? '0') !== '0');
  if (isSecondLine(file.project) && !isFull) return;
  const { path, span } = other;
  report(
    at,
    'dependencies.yml has `packages`, too, and dbt refuses both; keep them in one of the two files',
    {
      code: 'dbt/packages-in-two-files',
      severity: 'error',
      related: [{ path, span, message: '`packages` of dependencies.yml' }],
    },
  );
}

function checkLocal(file: FactFile, facts: FactReader, report: Report): void {
  for (const use of usesOf(file, projectRoot)) {
    if (use.role !== 'local' || facts.isDefined({ namespace: projectRoot, scope: '', name: use.name }))
      continue;
    report(use, 'there is no dbt_project.yml in this folder, so it is no package; correct the path', {
      code: 'dbt/missing-package',
      severity: 'warning',
    });
  }
}

function checkLock(file: FactFile, entries: readonly Use[], facts: FactReader, report: Report): void {
  const { scope } = file.project;
  const [own] = facts.definitions({ ...lock, scope });
  const [asked] = usesOf(file, lock.namespace);
  if (!own || !asked) return;
  const hash = asked.data?.['hash'];
  if (hash === undefined || own.data?.['hash'] === hash || isSecondLine(file.project)) return;
  let hasReason = false;
  for (const entry of entries) {
    const [found] = facts.definitions({ namespace: locked, scope, name: entry.name });
    const message = found
      ? mismatch(entry, found.data?.['version'])
      : `\`${entry.name}\` is not in package-lock.yml`;
    if (message === undefined) continue;
    hasReason = true;
    report(entry, `${message}; run \`dbt deps\` to lock and install what is wanted now`, {
      code: 'dbt/outdated-lock',
      severity: 'warning',
    });
  }
  if (!hasReason) {
    const message = 'package-lock.yml was made from another list of packages; run `dbt deps` to make it anew';
    report(asked, message, { code: 'dbt/outdated-lock', severity: 'information' });
  }
}

/** dbt reads whatever lies among the packages: one too many, or two of one name, and it refuses the project. */
function checkNames(
  { project }: FactFile,
  { data: { wanted } = {}, ...at }: Definition,
  entries: readonly Use[],
  { facts, report }: State,
): void {
  const { scope } = project;
  const { package: own } = layoutOf(project);
  const seen = new Map<string, string>([[own, own]]);
  let isTwice = false;
  const there = facts.definitions({ ...installed, scope }).toSorted((a, b) => (a.path < b.path ? -1 : 1));
  for (const { data = {} } of there) {
    const { package: name = '', folder = '' } = data;
    const other = seen.get(name);
    seen.set(name, folder);
    if (other === undefined) continue;
    // Of two the entry that is not called like the package is the likelier one to go.
    const folders = [folder, other].toSorted((a, b) => Number(a === name) - Number(b === name));
    const found = folders.map((each) => entryOf(entries, each));
    // dbt v2 reads only what is wanted, and installs that anew.
    if (isSecondLine(project) && name !== own && found.includes(undefined)) continue;
    const entry = found.find((each) => each !== undefined);
    isTwice = true;
    const message = `two packages are named \`${name}\`${name === own ? ', one of them this project' : ''}, and dbt refuses that; remove one`;
    report(entry ?? at, message, { code: 'dbt/duplicate-package', severity: 'error' });
  }
  if (!isTwice && !isSecondLine(project))
    checkLeftOver({ at, wanted, scope, there }, entries, { facts, report });
}

interface Installation {
  readonly at: { readonly span: Use['span'] };
  readonly wanted: string | undefined;
  readonly scope: string;
  readonly there: readonly Located<Definition>[];
}

/** dbt 1 counts the packages: of the lock, or of packages.yml where it locks none, and those that are installed. */
function checkLeftOver(
  { at, wanted, scope, there }: Installation,
  entries: readonly Use[],
  { facts, report }: State,
): void {
  const inLock = facts.definitions({ ...lock, scope })[0]?.data?.['count'] ?? '0';
  const isLocked = inLock !== '0';
  const count = isLocked ? inLock : wanted;
  const folders = new Set(there.map(({ data }) => (data?.['folder'] ?? '').replace(/\.[^.]*$/, '')));
  if (count === undefined || folders.size <= Number(count)) return;
  const known = isLocked
    ? [...facts.all(locked, scope)].map(({ name, data }) => data?.['name'] ?? name)
    : entries.map(({ name }) => name);
  const lasts = known.map((name) => name.slice(name.lastIndexOf('/') + 1));
  const extra = there.flatMap(({ data: { package: name = '', folder = '' } = {} }) =>
    lasts.includes(name) || lasts.includes(folder) ? [] : [`\`${name}\``],
  );
  const who = extra.length > 0 ? extra.join(', ') : `${folders.size} packages`;
  const message = `${who} ${extra.length === 1 ? 'is' : 'are'} installed and no longer wanted${isLocked ? ' by package-lock.yml' : ''}, and dbt refuses that; run \`dbt ${count === '0' ? 'clean' : 'deps'}\``;
  report(at, message, { code: 'dbt/outdated-lock', severity: 'error' });
}

function entryOf(entries: readonly Use[], folder: string): Use | undefined {
  return entries.find(({ name }) => name.slice(name.lastIndexOf('/') + 1) === folder);
}

function mismatch({ name, data }: Use, lockedVersion: string | undefined): string | undefined {
  const version = lockedVersion === undefined ? undefined : readVersion(lockedVersion);
  if (data?.['kind'] !== 'package' || !version) return undefined;
  const specs = (data['versions'] ?? '').split(',').map(readVersionSpec);
  const known = specs.filter((spec) => spec !== undefined);
  if (known.length < specs.length || satisfies(version, known)) return undefined;
  return `package-lock.yml holds \`${name}\` ${lockedVersion}, which does not fit`;
}

interface State {
  readonly facts: FactReader;
  readonly report: Report;
}

function checkInstalled(
  { project }: FactFile,
  at: { readonly span: Use['span'] },
  entries: readonly Use[],
  { facts, report }: State,
): void {
  const { scope } = project;
  const { installPath } = layoutOf(project);
  // Elsewhere they would not be seen.
  if (installPath !== 'dbt_packages' && installPath !== 'dbt_modules') return;
  const there = facts.definitions({ ...installed, scope });
  if (there.length === 0) {
    const message = 'the packages are not installed, so what they define is not known; run `dbt deps`';
    report(at, message);
    return;
  }
  const names = new Set(there.flatMap(({ data }) => [data?.['package'], data?.['folder']]));
  for (const entry of entries) {
    const [found] = facts.definitions({ namespace: locked, scope, name: entry.name });
    const isHub = entry.data?.['kind'] === 'package';
    const name =
      found?.data?.['name'] ?? (isHub ? entry.name.slice(entry.name.lastIndexOf('/') + 1) : undefined);
    if (name === undefined || names.has(name)) continue;
    report(entry, `\`${name}\` is not installed, so what it defines is not known; run \`dbt deps\``);
  }
}
