import { isOpen } from '../../core/address.ts';
import { parseAge, parseDuration } from '../../core/duration.ts';
import { checkNamespace, type Check } from '../../core/evidence.ts';
import { anyScope, type Definition, type Fact, type Use } from '../../core/facts.ts';
import { resolvePath } from '../../core/path.ts';
import { categoryKey } from '../../core/plan.ts';
import { referencesIn } from '../../core/references.ts';
import { slotSpan } from '../../core/slot.ts';
import type { SourceFile } from '../../core/source-file.ts';
import type { Project } from '../../core/system.ts';
import { get, type ScalarNode } from '../../core/tree.ts';
import { slotOf, type CheckKind, type CheckModel, type WaiverModel } from './checks-model.ts';
import {
  categoryKeyNamespace,
  categoryNamespace,
  planItemNamespace,
  planTableNamespace,
  waiverNamespace,
} from './names.ts';
import { probeOf, type WrittenProbe } from './probe-of.ts';
import { stepUses } from './step-uses.ts';
import { wrongAge, wrongDuration } from './wrong-times.ts';

/** What a check is, as text beside its definition, since checks are made from facts alone. */
export interface CheckPlan {
  readonly title?: string;
  readonly probe: WrittenProbe;
  readonly items: readonly string[];
  readonly systems: readonly string[];
  readonly categories: readonly string[];
  readonly weight?: number;
  readonly timeoutMs?: number;
  readonly maxAgeMs?: number;
  readonly wrong?: NonNullable<Check['wrong']>;
}

export interface WaiverPlan {
  readonly reason: string;
  readonly by?: string;
  readonly until?: string;
}

/** A check's own name, and the names of what it is about and of what it asks. */
export function checkFacts(source: SourceFile, project: Project, check: CheckModel): readonly Fact[] {
  const { key } = check.pair;
  const plan = planOf(check, project.root);
  const definition: Definition = {
    fact: 'definition',
    namespace: checkNamespace,
    scope: project.scope,
    name: key.text,
    span: key.span,
    what: 'check',
    about: [check.title, check.kinds.map((kind) => kind.key.text).join(', ')].filter(Boolean).join('\n\n'),
    ...(plan ? { data: { plan: JSON.stringify(plan) } } : {}),
  };
  const by = { namespace: checkNamespace, scope: project.scope, name: key.text };
  const items = check.items.map((node): Use => ({
    ...useOf(source, node, planItemNamespace, 'check'),
    by,
  }));
  const categories = check.categories.flatMap((node) => categoryUses(source, node));
  return [definition, ...items, ...categories, ...variables(source, check), ...asked(source, project, check)];
}

/** The variables that addresses refer to. */
function variables(source: SourceFile, check: CheckModel): readonly Use[] {
  return addressesOf(check).flatMap((node) => {
    if (!isOpen(node.text)) return [];
    // Where quotes or folds change the text, a name in it has no place of its own.
    const isVerbatim = source.slice(node.span) === node.text;
    const { start } = node.span;
    return referencesIn(node.text).flatMap((found): readonly Use[] => {
      if (found.kind !== 'variable') return [];
      const { name, span, otherwise } = found;
      const at = isVerbatim ? { start: start + span.start, end: start + span.end } : node.span;
      const role = otherwise === undefined ? 'expanded' : 'deferred';
      return [{ fact: 'use', namespaces: ['env'], scope: '', name, span: at, role }];
    });
  });
}

/** Where a check says whom it asks. */
export function addressesOf({ kinds }: CheckModel): readonly ScalarNode[] {
  return kinds.flatMap(({ key, value }) => {
    const node = key.text === 'http' && value.kind === 'map' ? get(value, 'url') : value;
    return addressKinds.has(key.text) && node?.kind === 'scalar' ? [node] : [];
  });
}

const addressKinds: ReadonlySet<string> = new Set([
  'port',
  'http',
  'redis',
  'postgres',
  'kafka',
  'elasticsearch',
] satisfies readonly CheckKind[]);

/** Where no plan has a readiness table, the checks alone say what categories there are. */
function categoryUses(source: SourceFile, node: ScalarNode): readonly Use[] {
  const use = useOf(source, node, categoryNamespace, 'category');
  if (use.name === '') return [use];
  const within = { namespace: planTableNamespace, scope: '', name: 'readiness' };
  const unless = { namespace: categoryKeyNamespace, scope: '', name: categoryKey(use.name) };
  const nowhere = { start: use.span.start, end: use.span.start };
  const asked = [within, unless].map(({ namespace, scope, name }): Use => ({
    fact: 'use',
    namespaces: [namespace],
    scope,
    name,
    span: nowhere,
    role: 'named',
  }));
  return [{ ...use, within, unless }, ...asked];
}

/** A waiver travels as a definition, too; it is known by the check that it is for. */
export function waiverFacts(source: SourceFile, project: Project, waiver: WaiverModel): readonly Fact[] {
  const { check, reason, by, until } = waiver;
  if (!check) return [];
  const name = check.value === null ? '' : check.text;
  const use = useOf(source, check, checkNamespace, 'waiver');
  if (name === '') return [use];
  const day = until && dateOf(until.text);
  const plan: WaiverPlan = {
    reason: reason ?? '',
    ...(by === undefined ? {} : { by }),
    ...(day === undefined ? {} : { until: day }),
  };
  const definition: Definition = {
    fact: 'definition',
    namespace: waiverNamespace,
    scope: project.scope,
    name,
    span: check.span,
    what: 'waiver',
    implicit: true,
    data: { plan: JSON.stringify(plan) },
  };
  return [use, definition];
}

/** A day of the calendar, `2026-12-24`; undefined for what is none. */
export function dateOf(text: string): string | undefined {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return undefined;
  const read = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(text) ? text : undefined;
}

function planOf(check: CheckModel, root: string): CheckPlan | undefined {
  const probe = probeOf(check, root);
  if (!probe) return undefined;
  const { title, weight } = check;
  const timeoutMs = check.timeout && parseDuration(check.timeout.text);
  const maxAgeMs = check.maxAge && parseAge(check.maxAge.text);
  const wrong = wrongTimeOf(check);
  const texts = (nodes: readonly ScalarNode[]): readonly string[] =>
    nodes.flatMap(({ value, text }) => (value === null || text === '' ? [] : text));
  return {
    probe,
    items: texts(check.items),
    systems: texts(check.systems),
    categories: texts(check.categories),
    ...(title === undefined ? {} : { title }),
    ...(weight === undefined || weight <= 0 ? {} : { weight }),
    ...(timeoutMs === undefined || timeoutMs === 0 ? {} : { timeoutMs }),
    ...(maxAgeMs === undefined ? {} : { maxAgeMs }),
    ...(wrong ? { wrong } : {}),
  };
}

/** Held to another time than somebody meant, a check would prove something else. */
function wrongTimeOf({ timeout, maxAge }: CheckModel): Check['wrong'] {
  const found = [
    ['timeout', timeout && wrongDuration(timeout.text, 1)],
    ['max-age', maxAge && wrongAge(maxAge.text)],
  ].find(([, why]) => why !== undefined);
  if (!found) return undefined;
  const [why = '', next = ''] = found[1]!.split('; ');
  return { seen: `its \`${found[0]}\` in penstock.yaml is wrong: ${why}`, next };
}

/** The step whose run is asked for, or the check of a system. */
function asked(source: SourceFile, project: Project, { kinds }: CheckModel): readonly Use[] {
  return kinds.flatMap(({ key, value }): readonly Use[] => {
    const node = slotOf(value);
    if (!node) return [];
    if (key.text === 'ran') return stepUses(source, node, { root: project.root });
    return key.text === 'check' ? [useOfCheck(source, project, node)] : [];
  });
}

function useOfCheck(source: SourceFile, { root }: Project, node: ScalarNode): Use {
  const use = useOf(source, node, checkNamespace, 'check');
  const [name = '', label] = use.name.split(/@(.*)/s);
  if (label === undefined) return use;
  const { start, end } = node.span;
  const isWhole = end - start === node.text.length;
  const span = isWhole ? { start, end: start + name.length } : node.span;
  return { ...use, name, span, data: { project: resolvePath(root, label) } };
}

function useOf(source: SourceFile, node: ScalarNode, namespace: string, role: string): Use {
  const name = node.value === null ? '' : node.text;
  return {
    fact: 'use',
    namespaces: [namespace],
    scope: anyScope,
    name,
    span: slotSpan(source, node),
    role,
  };
}
