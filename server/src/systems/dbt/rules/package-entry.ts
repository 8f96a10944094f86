import type { Report, Rule } from '../../../core/rule.ts';
import type { ParsedFile, Project } from '../../../core/system.ts';
import { findPair, get, itemsOf, stringOf, type Node, type Pair } from '../../../core/tree.ts';
import { versionTexts } from '../packages.ts';
import { isTemplate, templatesIn } from '../project-jinja.ts';
import { isSatisfiable, readVersionSpec } from '../version-spec.ts';
import { isSecondLine } from '../version.ts';

/** Packages that the hub has under another name now; whole namespaces end with a slash. */
const renamed: readonly (readonly [string, string])[] = [
  ['fishtown-analytics/', 'dbt-labs/'],
  ['calogica/dbt_date', 'godatadriven/dbt_date'],
  ['calogica/dbt_expectations', 'metaplane/dbt_expectations'],
];

const providers = ['github', 'gitlab', 'ado', 'azure_devops', 'azure_active_directory'];

/** What is installed already is read whatever packages.yml says of it: the next `dbt deps` refuses this. */
const onlyDeps = { severity: 'warning' } as const;

/** What dbt refuses of an entry of packages.yml, what only `dbt deps` does, and what that warns of. */
export const packageEntry: Rule = {
  id: 'dbt/invalid-package',
  severity: 'error',
  check(file, report) {
    if (file.claim.kind !== 'packages' && file.claim.kind !== 'dependencies') return;
    const packages = get(file.tree, 'packages');
    if (file.claim.kind === 'dependencies' && packages) checkRendered(packages, report);
    const entries = itemsOf(packages);
    for (const entry of entries) {
      checkHub(entry, file, report);
      checkGit(entry, report);
      checkProvider(entry, report);
    }
    checkRevisions(entries, report);
  },
};

/** dbt takes dependencies.yml as it stands. */
function checkRendered(packages: Node, report: Report): void {
  const [template] = templatesIn(packages);
  if (!template) return;
  const isWhole = packages.kind === 'scalar';
  report(
    template,
    'dependencies.yml is not rendered, so this is taken as it stands; move the packages to packages.yml',
    {
      severity: isWhole ? 'error' : 'warning',
    },
  );
}

function checkHub(entry: Node, file: ParsedFile, report: Report): void {
  const pair = findPair(entry, 'package');
  if (pair?.value.kind !== 'scalar' || isTemplate(pair.value)) return;
  const name = pair.value;
  if (name.text === '')
    report(pair.key, 'the package has no name; write its namespace and name, such as `dbt-labs/dbt_utils`');
  else if (!name.text.includes('/')) {
    report(
      name,
      `\`${name.text}\` has no namespace, so the hub does not know it; write it as in \`dbt-labs/dbt_utils\``,
    );
  }
  checkRename(pair, file, report);
  checkPrerelease(entry, file, report);
  const version = findPair(entry, 'version');
  if (version && name.text !== '') checkVersions(version, name.text, file.project, report);
}

function checkRename({ value }: Pair, { source }: ParsedFile, report: Report): void {
  const name = stringOf(value);
  const found =
    name && renamed.find(([old]) => (old.endsWith('/') ? name.text.startsWith(old) : name.text === old));
  if (!found) return;
  const now = found[1] + name.text.slice(found[0].length);
  report(name, `\`${name.text}\` is called \`${now}\` on the hub now; rename it`, {
    code: 'dbt/deprecated',
    severity: 'warning',
    tag: 'deprecated',
    fixes: [
      {
        title: `Rename to \`${now}\``,
        edits: [{ path: source.path, span: name.span, newText: now }],
        certain: true,
      },
    ],
  });
}

/** The one key that dbt 1 wants with an underscore, and dbt v2 with a hyphen. */
function checkPrerelease(entry: Node, { source, project }: ParsedFile, report: Report): void {
  const [wrong, right] = isSecondLine(project)
    ? ['install_prerelease', 'install-prerelease']
    : ['install-prerelease', 'install_prerelease'];
  const pair = findPair(entry, wrong);
  if (!pair) return;
  report(pair.key, `unknown key \`${wrong}\`; this dbt calls it \`${right}\``, {
    code: 'dbt/unknown-key',
    fixes: [
      {
        title: `Rename to \`${right}\``,
        edits: [{ path: source.path, span: pair.key.span, newText: right }],
        certain: true,
      },
    ],
  });
}

function checkVersions({ key, value }: Pair, name: string, project: Project, report: Report): void {
  const texts = versionTexts(value);
  if (texts.length === 0) {
    if (value.kind !== 'map')
      report(
        key,
        `\`${name}\` has no version, which the hub wants; write one, such as \`[">=1.0.0", "<2.0.0"]\``,
      );
    return;
  }
  // dbt v2 reads versions by rules of its own.
  if (isSecondLine(project) || texts.some((text) => text.includes('{{'))) return;
  const specs = texts.map(readVersionSpec);
  const wrong = specs.indexOf(undefined);
  if (wrong >= 0) {
    const at = value.kind === 'seq' ? (value.items[wrong] ?? value) : value;
    const text = texts[wrong]!;
    const message = text.includes(',')
      ? `\`${text}\` is no version to dbt; write a list with one bound an item`
      : `\`${text}\` is no version to dbt; write three numbers, such as \`1.1.0\` or \`>=1.1.0\``;
    report(at, message, onlyDeps);
  } else if (!isSatisfiable(specs.filter((spec) => spec !== undefined))) {
    report(value, 'no version fits all of this at once; correct one of the bounds', onlyDeps);
  }
}

/** What moves under one's feet: dbt warns of it. */
function checkGit(entry: Node, report: Report): void {
  const git = stringOf(get(entry, 'git')) ?? stringOf(get(entry, 'private'));
  const isQuiet = get(entry, 'warn-unpinned');
  if (!git || (isQuiet?.kind === 'scalar' && isQuiet.value === false)) return;
  const revision = get(entry, 'revision');
  if (revision?.kind === 'scalar' && isTemplate(revision)) return;
  const text = revision?.kind === 'scalar' && revision.value !== null ? revision.text : undefined;
  if (text !== undefined && !['HEAD', 'main', 'master'].includes(text)) return;
  const message =
    text === undefined
      ? 'the package is not pinned to a revision, so each `dbt deps` may bring another; add `revision:` with a tag or a commit'
      : `\`${text}\` moves, so each \`dbt deps\` may bring another revision; name a tag or a commit`;
  report(text === undefined ? git : revision!, message, {
    code: 'dbt/unpinned-package',
    severity: 'warning',
  });
}

function checkProvider(entry: Node, report: Report): void {
  const provider = stringOf(get(entry, 'provider'));
  if (!get(entry, 'private') || !provider || isTemplate(provider) || providers.includes(provider.text))
    return;
  const listed = providers.map((each) => `\`${each}\``).join(', ');
  report(provider, `\`${provider.text}\` is no provider dbt knows; it must be one of ${listed}`, onlyDeps);
}

/** A repository can be there once only. */
function checkRevisions(entries: readonly Node[], report: Report): void {
  const known = new Map<string, string>();
  for (const entry of entries) {
    const git = stringOf(get(entry, 'git'));
    const revision = get(entry, 'revision');
    if (
      !git ||
      revision?.kind !== 'scalar' ||
      revision.value === null ||
      isTemplate(git) ||
      isTemplate(revision)
    )
      continue;
    const folder = get(entry, 'subdirectory');
    const id = `${git.text.replace(/\.git$/, '')}/${folder?.kind === 'scalar' ? folder.text : ''}`;
    const first = known.get(id);
    if (first === undefined) known.set(id, revision.text);
    else if (first !== revision.text) {
      report(
        revision,
        `the repository is wanted at \`${first}\` as well, and there can be one revision only; agree on one`,
        onlyDeps,
      );
    }
  }
}
