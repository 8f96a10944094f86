import type { Report, Rule } from '../../../core/rule.ts';
import type { Project } from '../../../core/system.ts';
import {
  findPair,
  get,
  itemsOf,
  pairsOf,
  type Node,
  type Pair,
  type ScalarNode,
} from '../../../core/tree.ts';
import { isTemplate } from '../project-jinja.ts';
import { readSpec, selectorMethods } from '../selector-spec.ts';
import { slipOf } from '../slip.ts';
import { isSecondLine } from '../version.ts';

const indirect = ['eager', 'cautious', 'buildable', 'empty'];

const criteriaKeys = [
  'method',
  'value',
  'childrens_parents',
  'parents',
  'parents_depth',
  'children',
  'children_depth',
  'indirect_selection',
  'exclude',
];

/** dbt reads every selector before it runs anything, so one that is wrong stops every command. */
export const selectors: Rule = {
  id: 'dbt/invalid-selector',
  severity: 'error',
  check({ claim, tree, project }, report) {
    if (claim.kind !== 'selectors') return;
    const entries = itemsOf(get(tree, 'selectors'));
    checkDefaults(entries, isSecondLine(project), report);
    for (const entry of entries) {
      const definition = get(entry, 'definition');
      if (definition) new DefinitionCheck(project, report).check(definition, true);
    }
  },
};

function checkDefaults(entries: readonly Node[], isSecond: boolean, report: Report): void {
  let first: ScalarNode | undefined;
  for (const entry of entries) {
    const node = get(entry, 'default');
    if (node?.kind !== 'scalar' || isTemplate(node)) continue;
    if (node.value !== true) {
      if (typeof node.value !== 'boolean')
        report(node, '`default` must be true or false', {
          code: 'dbt/wrong-type',
          ...(isSecond ? { severity: 'warning' } : {}),
        });
    } else if (first) report(node, 'another selector is the default already; only one may be');
    else first = node;
  }
}

class DefinitionCheck {
  readonly #isSecondLine: boolean;
  readonly #report: Report;
  /** For what dbt v2 refuses as well. */
  readonly #refuse: Report;

  constructor(project: Project, report: Report) {
    this.#isSecondLine = isSecondLine(project);
    this.#refuse = report;
    // dbt v2 leaves much of this until the selector is used.
    this.#report = (at, message, more) =>
      report(at, message, this.#isSecondLine ? { ...more, severity: 'warning' } : more);
  }

  check(node: Node, isRoot: boolean): void {
    if (node.kind === 'scalar') this.#string(node);
    else if (node.kind === 'map') this.#mapping(node, isRoot);
    else if (!isRoot)
      this.#report(node, 'a list is no definition here; write `union:` before it', {
        code: 'dbt/wrong-type',
      });
  }

  #string(node: ScalarNode): void {
    if (typeof node.value !== 'string') {
      if (node.value !== null)
        this.#refuse(node, 'this must be a string or a mapping; put it in quotes', {
          code: 'dbt/wrong-type',
        });
      return;
    }
    if (isTemplate(node)) return;
    const spec = readSpec(node.text);
    if (spec.method !== undefined) this.#method(spec.method, node, this.#refuse);
    if (spec.childrensParents && spec.children)
      this.#refuse(node, '`@` before and `+` behind a name exclude each other; remove one of them');
  }

  #mapping(node: Node, isRoot: boolean): void {
    const pairs = pairsOf(node);
    const set = findPair(node, 'union') ?? findPair(node, 'intersection');
    if (set) {
      this.#beside(set, pairs, isRoot);
      this.#set(set);
    } else if (pairs.length === 1) this.#short(pairs[0]!);
    else this.#criteria(node);
  }

  /** dbt 1 minds any other key at the root alone; dbt v2 minds it anywhere, but takes `exclude`. */
  #beside(set: Pair, pairs: readonly Pair[], isRoot: boolean): void {
    const isFirst = isRoot && !this.#isSecondLine;
    const exclude = this.#isSecondLine ? pairs.find(({ key }) => key.text === 'exclude') : undefined;
    if (exclude) this.#exclude(exclude);
    const other = pairs.find((pair) => pair !== set && (isFirst || pair.key.text !== 'exclude'));
    if (!other) return;
    const names = `\`${other.key.text}\` cannot stand beside \`${set.key.text}\``;
    const advice = 'write it as an item of its list';
    if (isFirst || this.#isSecondLine) this.#refuse(other.key, `${names}; ${advice}`);
    else
      this.#refuse(other.key, `${names} in dbt v2; ${advice}`, {
        code: 'dbt/refused-by-v2',
        severity: 'information',
      });
  }

  #set({ key, value }: Pair): void {
    if (value.kind !== 'seq') {
      const report = value.kind === 'map' ? this.#refuse : this.#report;
      report(value, `\`${key.text}\` must be a list; write each definition as an item`, {
        code: 'dbt/wrong-type',
      });
      return;
    }
    let hasExclude = false;
    for (const item of value.items) {
      const exclude = findPair(item, 'exclude');
      if (!exclude) {
        this.check(item, false);
        continue;
      }
      if (hasExclude) this.#report(exclude.key, '`exclude` may stand once in a list; join the two');
      hasExclude = true;
      this.#exclude(exclude);
    }
  }

  #exclude({ value }: Pair): void {
    if (value.kind === 'scalar' && isTemplate(value)) return;
    if (value.kind !== 'seq') {
      this.#refuse(value, '`exclude` must be a list; write each definition as an item', {
        code: 'dbt/wrong-type',
      });
      return;
    }
    for (const item of value.items) this.check(item, false);
  }

  /** `tag: nightly` */
  #short({ key }: Pair): void {
    if (key.text === 'method' || key.text === 'value') {
      const missing = key.text === 'method' ? 'value' : 'method';
      this.#report(key, `\`${key.text}\` needs \`${missing}\` beside it; add it`, {
        code: 'dbt/missing-key',
      });
    } else if (key.text === 'exclude')
      this.#refuse(key, '`exclude` needs something to take away from; write it as an item of a `union`');
    else this.#method(key.text, key);
  }

  #criteria(node: Node): void {
    const missing = ['method', 'value'].find((key) => !findPair(node, key));
    if (missing !== undefined) {
      const keys = pairsOf(node).map(({ key }) => key);
      const message = findPair(node, missing === 'method' ? 'value' : 'method')
        ? `\`${missing}\` is missing; add it`
        : 'a definition has one method, or the keys `method` and `value`; write several as items of a `union`';
      this.#refuse(keys[0] ?? node, message, { code: 'dbt/missing-key' });
      return;
    }
    const method = get(node, 'method');
    if (method?.kind === 'scalar' && !isTemplate(method)) this.#method(method.text, method);
    const exclude = findPair(node, 'exclude');
    if (exclude) this.#exclude(exclude);
    this.#options(node);
  }

  #options(node: Node): void {
    for (const key of ['parents_depth', 'children_depth']) {
      const depth = get(node, key);
      if (depth?.kind !== 'scalar' || depth.value === null || isTemplate(depth) || /^\d*$/.test(depth.text))
        continue;
      this.#refuse(depth, `\`${key}\` must be a whole number`, { code: 'dbt/wrong-type' });
    }
    const mode = get(node, 'indirect_selection');
    if (mode?.kind === 'scalar' && !isTemplate(mode) && !indirect.includes(mode.text)) {
      const listed = indirect.map((each) => `\`${each}\``).join(', ');
      this.#refuse(
        mode,
        `\`${mode.text}\` is no value for \`indirect_selection\`; it must be one of ${listed}`,
        {
          code: 'dbt/invalid-value',
        },
      );
    }
    const both = findPair(node, 'childrens_parents');
    if (isOn(both?.value) && isOn(get(node, 'children')))
      this.#report(both!.key, '`childrens_parents` and `children` exclude each other; remove one of them');
    for (const { key } of pairsOf(node)) {
      const meant = slipOf(key.text, criteriaKeys);
      if (meant === undefined) continue;
      const message = `dbt passes over the unknown key \`${key.text}\`; did you mean \`${meant}\`?`;
      this.#report(key, message, { code: 'dbt/unknown-key', severity: 'warning' });
    }
  }

  #method(text: string, at: ScalarNode, report = this.#report): void {
    const name = text.split('.', 1)[0]!;
    if (selectorMethods.includes(name)) return;
    const meant = slipOf(name, selectorMethods);
    const advice =
      meant === undefined
        ? 'take `tag`, `path`, `fqn`, `config` or another one of dbt'
        : `did you mean \`${meant}\`?`;
    report(at, `\`${name}\` is no method of a selector; ${advice}`);
  }
}

function isOn(node: Node | undefined): boolean {
  return node?.kind === 'scalar' && node.value === true;
}
