import type { Severity } from '../../../core/finding.ts';
import type { Report, Rule } from '../../../core/rule.ts';
import { checkSchema } from '../../../core/schema/check-schema.ts';
import type { Span } from '../../../core/span.ts';
import { isSecretKey } from '../../../core/secret-key.ts';
import { findPair, get, pairsOf, stringOf, type Node, type Pair } from '../../../core/tree.ts';
import { credentialsOf, type AdapterCredentials } from '../adapter-credentials.ts';
import { layoutOf } from '../layout.ts';
import { profilesOf, selectedOutput } from '../profiles.ts';
import { isTemplate, isUnjudgedByV2 } from '../project-jinja.ts';
import { secondOutput } from '../schemas.ts';
import { isSecondLine } from '../version.ts';
import { schemaCode } from '../schema-code.ts';
import { checkAdapter } from './adapter-checks.ts';

/**
 * What an adapter refuses of its connection. dbt looks only at the output it runs with, so for others wrong values
 * are warnings and missing keys hints. No message tells a value that may be secret.
 */
export const credentials: Rule = {
  id: 'dbt/invalid-value',
  severity: 'error',
  check({ claim, tree, project }, report) {
    if (claim.kind !== 'profiles') return;
    for (const profile of profilesOf(tree)) {
      const isInUse = layoutOf(project).profile === profile.key.text;
      const selected = selectedOutput(profile.value);
      for (const output of pairsOf(get(profile.value, 'outputs'))) {
        const isSelected = isInUse && selected === output.key.text;
        checkThreads(output.value, isSelected ? 'error' : 'warning', isSecondLine(project), report);
        const type = stringOf(get(output.value, 'type'))?.text;
        const known = type === undefined ? undefined : credentialsOf(type);
        if (!known) continue;
        // dbt v2 has adapters of its own, which take more.
        const isSecond = isSelected && isSecondLine(project);
        const own = isSecond ? checkSecond(output, report) : [];
        checkOutput({ output, type: type!, known, isSelected: isSelected && !isSecond, own }, report);
      }
    }
  },
};

/** dbt v2 takes nothing for its standard. */
function checkThreads(output: Node, severity: Severity, isSecond: boolean, report: Report): void {
  const threads = get(output, 'threads');
  if (isSecond && threads?.kind === 'scalar' && threads.value === null) return;
  if (!threads || (threads.kind === 'scalar' && (isTemplate(threads) || Number.isInteger(threads.value))))
    return;
  report(threads, '`threads` must be a whole number; write it without quotes', {
    severity,
    code: 'dbt/wrong-type',
  });
}

/** What dbt v2 refuses of the output it runs with: the values of the keys it knows. */
function checkSecond({ value }: Pair, report: Report): readonly Span[] {
  const refused = checkSchema(value, secondOutput, { acceptsScalar: isUnjudgedByV2 }).filter(
    ({ keyword }) => keyword !== 'additionalProperties',
  );
  for (const { keyword, span, message, pointer } of refused)
    report(span, withoutSecret(message, pointer), { code: schemaCode(keyword) });
  return refused.map(({ span }) => span);
}

interface Output {
  readonly output: Pair;
  readonly type: string;
  readonly known: AdapterCredentials;
  readonly isSelected: boolean;
  /** Where dbt v2 has been heard already. */
  readonly own: readonly Span[];
}

function checkOutput({ output, type, known, isSelected, own: heard }: Output, report: Report): void {
  const severity: Severity = isSelected ? 'error' : 'warning';
  const pairs = canonical(output, known, (at, message) =>
    report(at, message, { severity, code: 'dbt/conflicting-keys' }),
  );
  if (!pairs) return;
  const tree: Node = { kind: 'map', span: output.value.span, pairs };
  for (const problem of checkSchema(tree, known.schema, { acceptsScalar: isTemplate })) {
    const { keyword, span, message, pointer } = problem;
    if (heard.some((other) => other.start < span.end && span.start < other.end)) continue;
    // An alias stands in the text.
    const [own] = pointer;
    const written =
      own === undefined ? undefined : output.value.kind === 'map' && findWritten(output.value, own, known);
    const words = written ? message.replace(`\`${own}\``, `\`${written}\``) : message;
    report(span, withoutSecret(words, pointer), { severity, code: schemaCode(keyword) });
  }
  const missing = known.required.filter((key) => !pairs.some((pair) => pair.key.text === key));
  if (missing.length > 0) {
    const names = missing.map((key) => {
      const other = Object.entries(known.aliases).find(([, name]) => name === key)?.[0];
      return other === undefined ? `\`${key}\`` : `\`${key}\` (or \`${other}\`)`;
    });
    report(
      output.key,
      `output \`${output.key.text}\` has no ${joined(names)}, which ${type} needs; add ${names.length > 1 ? 'them' : 'it'}`,
      {
        severity: isSelected ? 'error' : 'information',
        code: 'dbt/missing-key',
      },
    );
  }
  checkAdapter({ type, output: tree, key: output.key }, (at, message, more) => {
    const elsewhere = more?.code === 'dbt/missing-key' ? 'information' : 'warning';
    report(at, message, { ...more, severity: isSelected ? (more?.severity ?? 'error') : elsewhere });
  });
}

/** The pairs of an output by the adapter's own names; undefined where a key stands twice by two names. */
function canonical(
  { value }: Pair,
  { aliases }: AdapterCredentials,
  report: (at: Pair['key'], message: string) => void,
): readonly Pair[] | undefined {
  const found: Pair[] = [];
  for (const { key, value: own } of pairsOf(value)) {
    const name = Object.hasOwn(aliases, key.text) ? aliases[key.text]! : key.text;
    if (name !== key.text && findPair(value, name)) {
      report(key, `\`${key.text}\` is another name of \`${name}\`, and both are written; keep one of them`);
      return undefined;
    }
    found.push({ key: { ...key, text: name }, value: own });
  }
  return found;
}

function findWritten(output: Node, name: string, { aliases }: AdapterCredentials): string | undefined {
  return pairsOf(output).find(({ key }) => aliases[key.text] === name)?.key.text;
}

/** A message that says how to put a value into a list shows it. */
function withoutSecret(message: string, pointer: readonly string[]): string {
  const at = message.indexOf('; write `[');
  const isSecret = pointer.some((key) => key === 'secrets' || isSecretKey(key));
  return at >= 0 && isSecret ? message.slice(0, at) : message;
}

function joined(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
