import type { Report, Rule } from '../../../core/rule.ts';
import { checkSchema } from '../../../core/schema/check-schema.ts';
import { createSchema } from '../../../core/schema/schema.ts';
import { get, itemsOf, stringOf, type Node } from '../../../core/tree.ts';
import { layoutOf } from '../layout.ts';
import { isTemplate } from '../project-jinja.ts';
import { schemaCode } from '../schema-code.ts';
import { isSecondLine } from '../version.ts';

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

/** What dbt refuses of catalogs.yml before any adapter looks at it. dbt v2 reads it by other rules. */
export const catalogs: Rule = {
  id: 'dbt/invalid-catalog',
  severity: 'error',
  check({ claim, tree, project, problems }, report) {
    if (claim.kind !== 'catalogs' || !tree || isSecondLine(project)) return;
    if (problems.some((problem) => (problem.severity ?? 'error') === 'error')) return;
    const isSecond = layoutOf(project).usesCatalogsV2;
    for (const problem of checkSchema(lowerCaseFormats(tree, isSecond), isSecond ? second : first, {
      acceptsScalar: isTemplate,
    }))
      report(problem.span, problem.message, { code: schemaCode(problem.keyword) });
    const entries = itemsOf(get(tree, 'catalogs'));
    if (isSecond)
      checkNames(entries, (name) => `two catalogs are named \`${name}\`; rename one of them`, report);
    else for (const entry of entries) checkIntegrations(entry, report);
  },
};

function checkNames(entries: readonly Node[], words: (name: string) => string, report: Report): void {
  const seen = new Set<string>();
  for (const entry of entries) {
    const name = stringOf(get(entry, 'name'));
    if (!name || isTemplate(name)) continue;
    if (seen.has(name.text)) report(name, words(name.text));
    seen.add(name.text);
  }
}

function checkIntegrations(catalog: Node, report: Report): void {
  const integrations = itemsOf(get(catalog, 'write_integrations'));
  checkNames(
    integrations,
    (name) => `two integrations of the catalog are named \`${name}\`; rename one of them`,
    report,
  );
  const names = integrations.flatMap((each) => stringOf(get(each, 'name')) ?? []);
  const name = stringOf(get(catalog, 'name'));
  if (!name || names.length < integrations.length || names.some(isTemplate)) return;
  const active = get(catalog, 'active_write_integration');
  const chosen = stringOf(active);
  if (chosen && isTemplate(chosen)) return;
  if (!chosen) {
    if (integrations.length === 1) return;
    const message =
      integrations.length === 0
        ? `catalog \`${name.text}\` has no integration to write with; add one under \`write_integrations\``
        : `catalog \`${name.text}\` has several integrations; say by \`active_write_integration\` which one is in use`;
    report(active ?? name, message);
  } else if (!names.some((each) => each.text === chosen.text)) {
    const listed = names.map((each) => `\`${each.text}\``).join(', ');
    report(chosen, `no integration of the catalog is named \`${chosen.text}\`; take one of ${listed}`);
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
