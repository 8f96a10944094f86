import type { Report, Rule } from '../../../core/rule.ts';
import { checkSchema } from '../../../core/schema/check-schema.ts';
import { createSchema } from '../../../core/schema/schema.ts';
import { findPair, get, itemsOf, pairsOf, stringOf, type Node, type ScalarNode } from '../../../core/tree.ts';
import { refusedByV2, saidByV2 } from '../checks/check.ts';
import { layoutOf } from '../layout.ts';
import { isTemplate } from '../project-jinja.ts';
import { schemaCode } from '../schema-code.ts';
import { dbtVersion, isSecondLine } from '../version.ts';

const draft = { draft: '07' } as const;
const text = { type: 'string' };
const maybeText = { type: ['string', 'null'] };

/** catalogs.yml as dbt 1.9 to 1.12 read it. */
const first = createSchema(
  {
    type: 'object',
    properties: {
      catalogs: {
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['name'],
          properties: {
            name: text,
            active_write_integration: maybeText,
            write_integrations: {
              type: 'array',
              items: {
                type: 'object',
                additionalProperties: false,
                required: ['name', 'catalog_type'],
                properties: {
                  name: text,
                  catalog_type: text,
                  external_volume: maybeText,
                  table_format: maybeText,
                  catalog_name: maybeText,
                  file_format: maybeText,
                  catalog_database: maybeText,
                  adapter_properties: { type: 'object' },
                },
              },
            },
          },
        },
      },
    },
  },
  draft,
);

/** The same with the flag `use_catalogs_v2`. */
const second = createSchema(
  {
    type: 'object',
    additionalProperties: false,
    properties: {
      catalogs: {
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['name', 'type', 'table_format', 'config'],
          properties: {
            name: { type: 'string', pattern: '\\S' },
            type: true,
            table_format: { enum: ['default', 'iceberg'] },
            config: { type: 'object', additionalProperties: { type: ['object', 'null'] } },
          },
        },
      },
    },
  },
  draft,
);

/** The first form as dbt v2 reads it; what its adapters want of an integration is left to them. */
const firstInSecondLine = createSchema(
  {
    type: 'object',
    additionalProperties: false,
    required: ['catalogs'],
    properties: {
      catalogs: {
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['active_write_integration', 'write_integrations'],
          properties: {
            name: { type: 'string', pattern: '\\S' },
            catalog_name: { type: 'string', pattern: '\\S' },
            active_write_integration: text,
            write_integrations: {
              type: 'array',
              items: {
                type: 'object',
                required: ['catalog_type', 'table_format'],
                properties: {
                  name: text,
                  integration_name: text,
                  catalog_type: text,
                  table_format: { enum: ['default', 'iceberg'] },
                  adapter_properties: { type: 'object' },
                },
              },
            },
          },
        },
      },
    },
  },
  draft,
);

/** What dbt refuses of catalogs.yml before any adapter looks at it. */
export const catalogs: Rule = {
  id: 'dbt/invalid-catalog',
  severity: 'error',
  check({ claim, tree, source, project, problems }, report) {
    if (claim.kind !== 'catalogs' || !tree) return;
    if (problems.some((problem) => (problem.severity ?? 'error') === 'error')) return;
    const isSecondForm = layoutOf(project).usesCatalogsV2;
    const isSecond = isSecondLine(project);
    const options = { acceptsScalar: isTemplate };
    const lowered = lowerCaseFormats(tree, isSecondForm || isSecond);
    const own = isSecondForm ? second : isSecond ? firstInSecondLine : first;
    const refused = checkSchema(lowered, own, options);
    for (const { span, message, keyword } of refused) report(span, message, { code: schemaCode(keyword) });
    const entries = itemsOf(get(tree, 'catalogs'));
    if (isSecond || isSecondForm) checkNames(entries, ['name', 'catalog_name'], 'two catalogs are', report);
    if (isSecondForm) return;
    for (const entry of entries) checkIntegrations(entry, isSecond, report);
    if (isSecond) {
      for (const entry of entries) checkOneName(entry, ['name', 'catalog_name'], report);
      return;
    }
    const check = { source, report, layout: layoutOf(project), version: dbtVersion(project) };
    for (const { span, message } of checkSchema(lowerCaseFormats(tree, true), firstInSecondLine, options)) {
      if (!refused.some((other) => other.span.start < span.end && span.start < other.span.end))
        refusedByV2(check, span, saidByV2(message));
    }
  },
};

/** dbt v2 takes either name, and one of them. */
function checkOneName(entry: Node, keys: readonly string[], report: Report): void {
  const found = keys.flatMap((key) => findPair(entry, key) ?? []);
  const [top] = pairsOf(entry);
  if (found.length === 0 && top)
    report(top.key, 'the key `name` is missing; add it', { code: 'dbt/missing-key' });
  else if (found[1]) {
    const message = `\`${found[1].key.text}\` is another name of \`name\`, and both are written; keep one of them`;
    report(found[1].key, message, { code: 'dbt/conflicting-keys' });
  }
}

function checkNames(entries: readonly Node[], keys: readonly string[], which: string, report: Report): void {
  const seen = new Set<string>();
  for (const entry of entries) {
    const name = nameOf(entry, keys);
    if (!name || isTemplate(name)) continue;
    if (seen.has(name.text)) report(name, `${which} named \`${name.text}\`; rename one of them`);
    seen.add(name.text);
  }
}

function nameOf(entry: Node, keys: readonly string[]): ScalarNode | undefined {
  return stringOf(keys.map((key) => get(entry, key)).find((node) => node !== undefined));
}

function checkIntegrations(catalog: Node, isSecond: boolean, report: Report): void {
  const integrations = itemsOf(get(catalog, 'write_integrations'));
  const keys = isSecond ? ['name', 'integration_name'] : ['name'];
  checkNames(integrations, keys, 'two integrations of the catalog are', report);
  if (isSecond) for (const each of integrations) checkOneName(each, keys, report);
  const names = integrations.flatMap((each) => nameOf(each, keys) ?? []);
  const name = nameOf(catalog, isSecond ? ['name', 'catalog_name'] : ['name']);
  if (!name || names.length < integrations.length || names.some(isTemplate)) return;
  const active = get(catalog, 'active_write_integration');
  const chosen = stringOf(active);
  if (chosen && isTemplate(chosen)) return;
  if (!chosen) {
    // dbt v2 wants the key in any case.
    if (integrations.length === 1 || isSecond) return;
    const message =
      integrations.length === 0
        ? `catalog \`${name.text}\` has no integration to write with; add one under \`write_integrations\``
        : `catalog \`${name.text}\` has several integrations; say by \`active_write_integration\` which one is in use`;
    report(active ?? name, message);
  } else if (!names.some((each) => each.text === chosen.text)) {
    const listed = names.map((each) => `\`${each.text}\``).join(', ');
    const advice = listed === '' ? 'add one under `write_integrations`' : `take one of ${listed}`;
    report(chosen, `no integration of the catalog is named \`${chosen.text}\`; ${advice}`);
  }
}

/** dbt takes `ICEBERG` as well. */
function lowerCaseFormats(tree: Node, isSecond: boolean): Node {
  if (!isSecond) return tree;
  if (tree.kind === 'seq') return { ...tree, items: tree.items.map((item) => lowerCaseFormats(item, true)) };
  if (tree.kind !== 'map') return tree;
  const pairs = tree.pairs.map(({ key, value }) => {
    const isFormat =
      key.text === 'table_format' && value.kind === 'scalar' && typeof value.value === 'string';
    if (isFormat) return { key, value: { ...value, value: value.value.toLowerCase() } };
    return { key, value: key.text === 'config' ? value : lowerCaseFormats(value, true) };
  });
  return { ...tree, pairs };
}
