import type { FactReader } from '../../../core/fact-index.ts';
import type { Definition, Fact, Located, NameKey, Use } from '../../../core/facts.ts';
import type { FactFile, FactRule, Report } from '../../../core/rule.ts';
import { layoutOf } from '../layout.ts';

/** What data flows through, and what dbt checks when it asks who may read a private model. */
const readers: ReadonlySet<string> = new Set(['plain', 'branch', 'test']);

/**
 * Who may use a node, by what its properties say: a private model is for its group alone, and a file of a
 * version is known by the model's name and the version, no more by its own.
 */
export const nodeTerms: FactRule = {
  id: 'dbt/private-node',
  severity: 'error',
  kinds: ['model', 'python-model', 'test', 'analysis', 'snapshot', 'properties'],
  check(file, reader, report) {
    for (const fact of file.facts) {
      if (fact.fact !== 'use' || !fact.namespaces.includes('dbt.node')) continue;
      const { scope, name } = fact;
      const terms = termsOf(scope, name, reader);
      const look = { file, reader, report };
      if (openAccess.has(terms?.access) && terms?.versionOf === undefined) checkPackage(fact, look);
      if (terms && isRead(fact, reader)) checkUse(fact, terms, look);
    }
  },
};

/** What others may read unless their package restricts it. */
const openAccess: ReadonlySet<string | undefined> = new Set([undefined, 'protected']);

interface Terms {
  readonly access: string | undefined;
  readonly group: string | undefined;
  readonly versionOf: string | undefined;
  readonly version: string | undefined;
  /** Where they are said. */
  readonly at: Located<Definition>;
}

/** What is said of a node in properties files, and in its own file, which counts more. */
function termsOf(scope: string, name: string, reader: FactReader): Terms | undefined {
  const all = reader.definitions({ namespace: 'dbt.terms', scope, name });
  if (all.length === 0) return undefined;
  const inFile = all.find(({ data }) => data?.['file'] === 'own');
  const inYaml = all.find((each) => each !== inFile);
  return {
    access: inFile?.data?.['access'] ?? inYaml?.data?.['access'],
    group: inFile?.data?.['group'] ?? inYaml?.data?.['group'],
    versionOf: inYaml?.data?.['versionOf'],
    version: inYaml?.data?.['version'],
    at: inYaml ?? all[0]!,
  };
}

/** dbt asks nobody about the tests that a properties file declares, nor about what is switched off. */
function isRead(use: Use, reader: FactReader): boolean {
  if (!readers.has(use.role) || use.data?.['unitTest'] !== undefined) return false;
  if (use.unless && reader.isDefined(use.unless)) return false;
  return use.by?.namespace !== 'dbt.unit-test' && use.by?.namespace !== 'dbt.semantic-model';
}

interface Look {
  readonly file: FactFile;
  readonly reader: FactReader;
  readonly report: Report;
}

function checkUse(use: Use, terms: Terms, { file, reader, report }: Look): void {
  const { at, access, group = '', version = '', versionOf: model } = terms;
  if (model !== undefined) {
    if (!reader.isDefined(nodeKey(use, use.name))) return;
    const message = `\`${use.name}\` is the file of a version, which dbt knows by the model's name; write \`ref('${model}', v=${version})\``;
    report(use.span, message, {
      code: 'dbt/undefined-ref',
      severity: use.role === 'plain' ? 'error' : 'warning',
      related: [{ path: at.path, span: at.span, message: 'the version is declared here' }],
    });
    return;
  }
  if (access !== 'private') return;
  const isYamlTest = file.claim.kind === 'properties' && use.role === 'test';
  if (isYamlTest || layoutOf(file.project).configured.models.has('group')) return;
  if (group === '*') return;
  const own = groupOf(use, file, reader);
  if (group !== '' && (own === group || own === '*')) return;
  const whose = group === '' ? 'private and of no group' : `private to the group \`${group}\``;
  const message = `\`${use.name}\` is ${whose}, and dbt refuses to let others read it; ${group === '' ? 'give it a group' : 'join the group'}, or make it \`protected\``;
  report(use.span, message, {
    severity: use.role === 'branch' ? 'warning' : 'error',
    related: [{ path: at.path, span: at.span, message: `\`${use.name}\` is made private here` }],
  });
}

/** What says nothing of its access is protected, which matters to a package that restricts access. */
function checkPackage(use: Use, { file, reader, report }: Look): void {
  const own = layoutOf(file.project);
  const isYamlTest = file.claim.kind === 'properties' && use.role === 'test';
  if (isYamlTest || !isRead(use, reader) || own.configured.models.has('access')) return;
  const nodes = reader.definitions(nodeKey(use, use.name));
  const [node] = nodes;
  if (!node || nodes.some(({ data, group }) => data?.['restricted'] !== 'yes' || group === own.package))
    return;
  const message = `\`${use.name}\` is protected in the package \`${node.group}\`, which lets others read only what is \`public\`; read another model, or have it made public there`;
  report(use.span, message, { severity: use.role === 'branch' ? 'warning' : 'error' });
}

/** The group of whoever uses the name: the file's own node, or the one in whose text the use stands. */
function groupOf(use: Use, { facts }: FactFile, reader: FactReader): string | undefined {
  const own = use.by ?? facts.find(isOwnNode);
  if (!own) return undefined;
  return termsOf(own.scope, own.name, reader)?.group;
}

function isOwnNode(fact: Fact): fact is Definition {
  return fact.fact === 'definition' && fact.namespace === 'dbt.node' && fact.implicit === true;
}

function nodeKey({ scope }: Use, name: string): NameKey {
  return { namespace: 'dbt.node', scope, name };
}
