import { closest } from '../../../core/closest.ts';
import type { FactReader } from '../../../core/fact-index.ts';
import type { Definition, Located, Use } from '../../../core/facts.ts';
import type { Fix } from '../../../core/finding.ts';
import type { FactFile, FactRule, ReportOptions } from '../../../core/rule.ts';
import { materializations } from '../builtins.ts';
import { certainColumns, certainSeedColumns } from '../columns/certain-columns.ts';

/** A test of relationships looks at a column that its target surely has not; dbt says so when the test runs. */
export const undefinedColumn: FactRule = {
  id: 'dbt/undefined-column',
  severity: 'warning',
  kinds: ['properties'],
  check(file, reader, report) {
    const { scope } = file.project;
    // A test of one's own may mean another thing by its arguments.
    const isOwn = (): boolean =>
      reader.isDefined({ namespace: 'dbt.macro', scope, name: 'test_relationships' });
    for (const fact of file.facts) {
      if (fact.fact !== 'use' || fact.role !== 'relationship') continue;
      const { name, prefix = '' } = fact;
      const target = prefix.slice(0, -1);
      const column = name.slice(prefix.length);
      const known = ofContract(fact, target, reader) ?? ofText(fact, target, file, reader);
      if (!known || isAmong(column, known.columns) || isAmong(column, ofDatabases) || isOwn()) continue;
      const meant = closest(column, known.columns);
      const advice = meant === undefined ? 'correct the name' : `did you mean \`${meant}\`?`;
      const { says, at } = known;
      report(fact.span, `\`${target}\` has no column \`${column}\`, ${says}; ${advice}`, {
        related: [at],
        ...(meant === undefined ? {} : { fixes: [changed(file.path, fact, meant)] }),
      });
    }
  },
};

/** Columns that tables have without anybody's asking. */
const ofDatabases: readonly string[] =
  'rowid ctid oid xmin tableoid _partitiontime _partitiondate _table_suffix _file_name _metadata'.split(' ');

/** All columns of a target, and who says so. */
interface Known {
  readonly columns: readonly string[];
  readonly says: string;
  readonly at: NonNullable<ReportOptions['related']>[number];
}

/** An enforced contract lists them. */
function ofContract(use: Use, target: string, reader: FactReader): Known | undefined {
  const { scope, name } = use;
  const [terms] = reader.definitions({ namespace: 'dbt.terms', scope, name: target });
  if (terms?.data?.['contract'] !== 'enforced') return undefined;
  const prefix = `${target}.`;
  const isListed = reader.isDefined({ namespace: 'dbt.column', scope, name });
  return {
    columns: isListed
      ? [name.slice(prefix.length)]
      : [...reader.all('dbt.column', scope)].flatMap((column) =>
          column.prefix === prefix ? column.name.slice(prefix.length) : [],
        ),
    says: 'says its contract',
    at: { path: terms.path, span: terms.span, message: `the contract of \`${target}\`` },
  };
}

/** The text of the one model or seed of that name. */
function ofText({ scope }: Use, target: string, file: FactFile, reader: FactReader): Known | undefined {
  const found = reader.definitions({ namespace: 'dbt.node', scope, name: target });
  const [definition] = found;
  if (!definition || found.length > 1 || definition.exclusive === false) return undefined;
  const { path, what } = definition;
  const isSeed = what === 'seed';
  if (!isSeed && (what !== 'model' || !/\.sql$/i.test(path) || isBuiltOddly(definition, reader)))
    return undefined;
  const told = file.ask(path, isSeed ? headerOf : queryOf);
  if (told === undefined) return undefined;
  const start = { start: 0, end: 0 };
  return {
    columns: told.split('\n'),
    says: isSeed ? 'says its first line' : 'says its SQL',
    at: { path, span: start, message: `${isSeed ? 'the seed' : 'the model'} \`${target}\`` },
  };
}

const headerOf = (text: string): string | undefined => certainSeedColumns(text)?.join('\n');
const queryOf = (text: string): string | undefined => certainColumns(text)?.join('\n');

/** A materialization of one's own may add columns. */
function isBuiltOddly(definition: Located<Definition>, reader: FactReader): boolean {
  const { data } = definition;
  const said = reader
    .uses(definition)
    .flatMap((use) => (use.role === 'properties' ? (use.data?.['materialized'] ?? []) : []));
  return [...said, data?.['materialized'], data?.['materializedByFolder']].some(
    (each) => each !== undefined && each !== '' && !materializations.includes(each),
  );
}

function isAmong(name: string, names: readonly string[]): boolean {
  return names.some((each) => each.toLowerCase() === name.toLowerCase());
}

function changed(path: string, { span }: Use, newText: string): Fix {
  return { title: `Change to \`${newText}\``, edits: [{ path, span, newText }], certain: false };
}
