import type { Rule } from '../../../core/rule.ts';
import { get, itemsOf, pairsOf, stringOf, type Node } from '../../../core/tree.ts';
import { isTemplate, mildly, refusedByV2, type Check } from '../checks/check.ts';
import { checkConstraints } from '../checks/constraints.ts';
import { checkDataTests, type SeenTests } from '../checks/data-tests.ts';
import { checkExposure } from '../checks/exposures.ts';
import { checkMacroArguments } from '../checks/macro-arguments.ts';
import { checkModelConfig } from '../checks/model-config.ts';
import { checkModelSemantics } from '../checks/model-semantics.ts';
import {
  checkMetric,
  checkMetricValues,
  checkSemanticModel,
  checkTimeSpine,
} from '../checks/semantic-layer.ts';
import { checkSnapshot } from '../checks/snapshots.ts';
import { checkSource } from '../checks/sources.ts';
import { checkUnitTest } from '../checks/unit-tests.ts';
import { checkVersions } from '../checks/versions.ts';
import { roleOf } from '../entries.ts';
import { jinjaProblems } from '../jinja-yaml.ts';
import { layoutOf } from '../layout.ts';
import { dbtVersion } from '../version.ts';
import { isBroken } from '../yaml.ts';

/** What dbt checks in code when it reads the entries of properties files: no schema says it. */
export const properties: Rule = {
  id: 'dbt/invalid-test',
  severity: 'error',
  check({ claim, tree, source, problems, project }, report) {
    if (claim.kind !== 'properties' || tree?.kind !== 'map') return;
    // A tree that broke halfway lacks keys which are there.
    if (isBroken(problems)) return;
    const check: Check = { source, report, layout: layoutOf(project), version: dbtVersion(project) };
    for (const { key, value } of tree.pairs) {
      const look = Object.hasOwn(sections, key.text) ? sections[key.text] : undefined;
      const own =
        check.version.major >= 2 && late.has(key.text) ? { ...check, report: mildly(report) } : check;
      if (look) for (const entry of itemsOf(value)) if (entry.kind === 'map') look(own, entry);
    }
    if (/\{[{%#]/.test(source.text)) checkJinja(check, tree);
  },
};

/** Sections that dbt v2 looks into when it runs them, or passes over: what it refuses of them at once has a code of its own. */
const late: ReadonlySet<string> = new Set(['semantic_models', 'metrics', 'saved_queries', 'unit_tests']);

/** dbt renders every string of a section that it knows, or what becomes of it. */
function checkJinja(check: Check, tree: Node): void {
  const seen = new Set<Node>();
  const look = (node: Node): void => {
    if (node.kind === 'scalar' && (typeof node.value !== 'string' || !node.text.includes('{'))) return;
    // What an anchor shares is told once.
    if (seen.has(node)) return;
    seen.add(node);
    if (node.kind === 'scalar') {
      for (const { code, span, message } of jinjaProblems(node, check.source.text))
        check.report(span, message, { code });
    } else if (node.kind === 'map') for (const { value } of node.pairs) look(value);
    else for (const item of node.items) look(item);
  };
  for (const { key, value } of pairsOf(tree)) if (rendered.has(key.text)) look(value);
}

const rendered: ReadonlySet<string> = new Set([
  'models',
  'seeds',
  'snapshots',
  'sources',
  'analyses',
  'macros',
  'exposures',
  'metrics',
  'semantic_models',
  'saved_queries',
  'unit_tests',
  'data_tests',
  'functions',
  'groups',
]);

const sections: Readonly<Record<string, (check: Check, entry: Node) => void>> = {
  models: checkModel,
  seeds: checkTested,
  snapshots: (check, entry) => {
    const name = stringOf(get(entry, 'name'));
    if (name && roleOf(entry) === 'plain') checkSnapshot(check, entry, name);
    checkTested(check, entry);
  },
  sources: (check, entry) => {
    checkSpaces(check, entry);
    checkSource(check, entry);
    for (const table of itemsOf(get(entry, 'tables'))) {
      checkSource(check, table);
      checkTested(check, table);
    }
  },
  exposures: (check, entry) => {
    const name = stringOf(get(entry, 'name'));
    if (name) checkExposure(check, entry, name);
  },
  unit_tests: checkUnitTest,
  macros: checkMacroArguments,
  metrics: (check, entry) => {
    const name = stringOf(get(entry, 'name'));
    if (!name || roleOf(entry) !== 'plain') return;
    checkMetric(check, entry, name);
    checkMetricValues(check, entry);
  },
  semantic_models: (check, entry) => {
    if (roleOf(entry) === 'plain') checkSemanticModel(check, entry);
  },
};

function checkModel(check: Check, entry: Node): void {
  const name = stringOf(get(entry, 'name'));
  checkTested(check, entry);
  if (!name) return;
  checkVersions(check, entry);
  checkConstraints(check, entry, name);
  checkModelConfig(check, entry);
  checkTimeSpine(check, entry);
  checkModelSemantics(check, entry);
}

/** dbt v1 takes any name for a source. */
function checkSpaces(check: Check, entry: Node): void {
  const name = stringOf(get(entry, 'name'));
  if (!name || isTemplate(name) || !/\s/.test(name.text)) return;
  const message = `dbt v2 takes no spaces in names, and \`${name.text}\` has one; rename the source, and keep the \`schema\` as it is`;
  refusedByV2(check, name, message);
}

/** The tests of a node, its columns and its versions. */
function checkTested(check: Check, entry: Node): void {
  const seen: SeenTests = new Map();
  checkDataTests(check, entry, { column: undefined, seen });
  checkColumns(check, entry, seen);
  for (const version of itemsOf(get(entry, 'versions'))) {
    const own: SeenTests = new Map();
    checkDataTests(check, version, { column: undefined, seen: own });
    checkColumns(check, version, own);
  }
}

function checkColumns(check: Check, entry: Node, seen: SeenTests): void {
  for (const column of itemsOf(get(entry, 'columns'))) {
    if (!pairsOf(column).some(({ key }) => key.text === 'tests' || key.text === 'data_tests')) continue;
    const name = get(column, 'name');
    checkDataTests(check, column, { column: name?.kind === 'scalar' ? name.text : undefined, seen });
  }
}
