import type { Report, Rule } from '../../../core/rule.ts';
import { checkSchema, type SchemaProblem } from '../../../core/schema/check-schema.ts';
import type { SourceFile } from '../../../core/source-file.ts';
import type { MapNode, Node, Pair } from '../../../core/tree.ts';
import { refusedByV2, saidByV2, type Check } from '../checks/check.ts';
import { checkModelConfig } from '../checks/model-config.ts';
import type { DbtFileKind } from '../claim.ts';
import { secondConfigSchema } from '../config-values-second.ts';
import { configSchema } from '../config-values.ts';
import { configNode } from '../inline-config.ts';
import { configKeys, configValues, isCommonConfig, sectionOf } from '../known-config.ts';
import { layoutOf } from '../layout.ts';
import { isTemplate } from '../project-jinja.ts';
import { schemaCode } from '../schema-code.ts';
import { slipOf } from '../slip.ts';
import type { PlacedCall } from '../sql.ts';
import { dbtVersion, isSecondLine } from '../version.ts';

/**
 * `config(…)` in SQL and Python is held against what the same configuration must be in YAML: dbt stops at
 * `enabled='maybe'`, and passes over `matrialized='table'`.
 */
export const inlineConfig: Rule<{ readonly calls?: readonly PlacedCall[] }> = {
  id: 'dbt/invalid-value',
  severity: 'error',
  check({ model, claim, source, project }, report) {
    const kind = claim.kind as DbtFileKind;
    const section = sectionOf(kind);
    if (!section || !model.calls) return;
    for (const call of model.calls) {
      if (call.name.text !== 'config' || call.at === 'body' || call.at === 'outside') continue;
      if (call.owner !== (kind === 'python-model' ? 'dbt' : undefined)) continue;
      const config = configNode(call);
      if (!config) continue;
      // In a branch that is not taken nothing is configured.
      const isSure = call.at === 'plain' || call.at === 'test';
      const layout = layoutOf(project);
      const check = { source, report: isSure ? report : mild(report), layout, version: dbtVersion(project) };
      checkValues(config, section, check);
      if (kind === 'model' || kind === 'python-model') checkModelConfig(check, entryOf(config));
      for (const pair of config.pairs)
        checkKey(pair, kind, { source, report, isSecond: isSecondLine(project) });
    }
  },
};

/** Tells errors as warnings. */
function mild(report: Report): Report {
  return (at, message, more = {}) =>
    report(at, message, more.severity === 'error' ? { ...more, severity: 'warning' } : more);
}

type Section = NonNullable<ReturnType<typeof sectionOf>>;

/** What dbt refuses when it builds the node; each of its lines minds what the other one takes. */
function checkValues(config: MapNode, section: Section, check: Check): void {
  const options = { acceptsScalar: isTemplate };
  const inSecond = secondConfigSchema(section);
  const first = checkSchema(config, configSchema(section), options);
  const second = inSecond ? checkSchema(config, inSecond, options) : [];
  const isSecond = check.version.major >= 2;
  const [own, others] = isSecond ? [second, first] : [first, second];
  for (const { keyword, span, message } of own)
    check.report(span, inJinja(message), { code: schemaCode(keyword), severity: 'error' });
  for (const problem of others) {
    if (own.some((each) => overlap(each, problem))) continue;
    const { keyword, span, message } = problem;
    if (isSecond) check.report(span, inJinja(message), { code: schemaCode(keyword), severity: 'warning' });
    else refusedByV2(check, span, saidByV2(inJinja(message)));
  }
}

/** The advice is for YAML. */
function inJinja(message: string): string {
  return message.replace('begin each item with `- `', 'write `[…]`');
}

function overlap(a: SchemaProblem, b: SchemaProblem): boolean {
  return a.span.start < b.span.end && b.span.start < a.span.end;
}

interface Keys {
  readonly source: SourceFile;
  readonly report: Report;
  readonly isSecond: boolean;
}

function checkKey({ key, value }: Pair, kind: DbtFileKind, { source, report, isSecond }: Keys): void {
  const fixTo = (span: Pair['key']['span'], newText: string) => [
    { title: `Change to \`${newText}\``, edits: [{ path: source.path, span, newText }], certain: false },
  ];
  if (isCommonConfig(key.text)) {
    const wrong = closedKeys.has(key.text) ? wrongChoice(kind, key.text, value) : undefined;
    if (wrong)
      report(value.span, wrong.message, {
        severity: 'warning',
        ...(wrong.meant ? { fixes: fixTo(value.span, wrong.meant) } : {}),
      });
    return;
  }
  const meant = slipOf(
    key.text,
    configKeys(kind).map(({ name }) => name),
  );
  if (meant === undefined) return;
  const message = `dbt passes over the unknown key \`${key.text}\`; did you mean \`${meant}\`?`;
  const severity = isSecond ? 'error' : 'warning';
  report(key, message, { code: 'dbt/unknown-key', severity, fixes: fixTo(key.span, meant) });
}

/** Keys whose values no project adds to, and of which dbt says nothing. */
const closedKeys = new Set(['on_schema_change']);

function wrongChoice(
  kind: DbtFileKind,
  key: string,
  value: Node,
): { readonly message: string; readonly meant: string | undefined } | undefined {
  if (value.kind !== 'scalar' || typeof value.value !== 'string' || isTemplate(value)) return undefined;
  // dbt v2's schema lists a value for what it could not tell.
  const known = configValues(kind, key).flatMap((each) => (each.value === 'unknown' ? [] : each.value));
  if (known.length === 0 || known.includes(value.text)) return undefined;
  const meant = slipOf(value.text, known);
  const listed = known.map((each) => `\`${each}\``).join(', ');
  return { message: `\`${value.text}\` is not allowed here; use one of ${listed}`, meant };
}

function entryOf(config: MapNode): MapNode {
  const { span } = config;
  const key = { kind: 'scalar', span, value: 'config', text: 'config', style: 'plain' } as const;
  return { kind: 'map', span, pairs: [{ key, value: config }] };
}
