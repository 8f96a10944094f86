import { linesWith } from '../../core/found-in.ts';
import type { StatedFact } from '../../core/plan.ts';
import type { SourceFile } from '../../core/source-file.ts';
import type { Cell, Document, TableBlock } from './markdown.ts';
import { withoutDecoration } from './vocabulary.ts';

/** Things whose version a platform can show, by how people write them; services are known by their images' names. */
const named =
  'postgres(?:ql)?|redis|kafka|elasticsearch|opensearch|grafana|prometheus|metabase|superset|minio|rabbitmq|clickhouse|mysql|mariadb|mongo(?:db)?|airflow|dagster|meltano|dbt(?: core)?|duckdb|great expectations|datahub|streamlit';
const subjects = new RegExp(
  String.raw`\b(${named})[ \t]+v?(\d+(?:\.\d+){0,2})(?![\w%.]*\d|[ \t]*%|[ \t]*(?:tasks?|models?|tests?|sources?|tables?|nodes?|brokers?|instances?|dashboards?|connectors?|topics?))`,
  'gi',
);
const subject = new RegExp(`^(?:apache )?(${named})$`, 'i');

/** A version that is planned is none that is there: only lines that say that something is done or runs are claims. */
const isThere =
  /✅|✔|☑|🟢|\[x\]|\b(?:operational|running|installed|deployed|live|healthy|done|complete|completed|ready|in use|we use|uses)\b/i;
const isOnTheMove = /\b(?:upgrade|migrat\w+|move|from|drop|remove)\b|->|→/i;

/** What a document states of the versions of tools and services: in lines that say that they are there, and in tables of components. */
export function readStatedFacts(
  { repair, blocks }: Pick<Document, 'repair' | 'blocks'>,
  source: SourceFile,
): readonly StatedFact[] {
  const { text } = source;
  const facts: StatedFact[] = [];
  for (const line of linesWith(source, subjects)) {
    const written = text.slice(line.start, line.end);
    const said = repair(written);
    if (!isThere.test(said) || isOnTheMove.test(said)) continue;
    for (const { index, 0: match, 1: name, 2: value } of written.matchAll(subjects)) {
      const end = line.start + index + match.length;
      const span = { start: end - value!.length, end };
      facts.push({ kind: 'version', subject: subjectOf(name!), value: value!, span });
    }
  }
  let heading = '';
  for (const block of blocks) {
    if (block.kind === 'heading') heading = block.text;
    else if (block.kind === 'table' && !isAim.test(heading)) facts.push(...factsOfTable(block, text));
  }
  return facts.sort((a, b) => a.span.start - b.span.start);
}

/** What stands under such words is no claim of what is there. */
const isAim =
  /\b(?:targets?|upgrades?|migrations?|plans?|planned|roadmap|requirements?|required|supported|compatib\w+|minimum|proposed|ideas|options|alternatives|history|change ?log|next|future)\b/i;
const versionHeader = /^(?:(?:current|installed|running|deployed|actual) )?versions?$/i;
const statusHeader = /^(?:current )?(?:status|state)$/i;

/** '| Component | Version |': the rows that name a component alone in their first cell; those that say a status where it says that the thing is there. */
function factsOfTable({ header, rows }: TableBlock, text: string): readonly StatedFact[] {
  const find = (words: RegExp): number => header.cells.findIndex((cell) => words.test(plain(cell)));
  const [version, status] = [find(versionHeader), find(statusHeader)];
  if (version < 1) return [];
  return rows.flatMap(({ cells }): readonly StatedFact[] => {
    const [, name] = subject.exec(plain(cells[0])) ?? [];
    const [, value] = /^v?(\d+(?:\.\d+){0,2})$/.exec(plain(cells[version])) ?? [];
    const said = status < 0 ? undefined : (cells[status]?.text ?? '');
    if (name === undefined || value === undefined || (said !== undefined && !isThere.test(said))) return [];
    if (cells.some((cell) => isOnTheMove.test(cell.text))) return [];
    const { span } = cells[version]!;
    const start = span.start + text.slice(span.start, span.end).indexOf(value);
    return [{ kind: 'version', subject: subjectOf(name), value, span: { start, end: start + value.length } }];
  });
}

function plain(cell: Cell | undefined): string {
  return withoutDecoration(cell?.text ?? '');
}

/** The name that images, distributions and systems share. */
export function subjectOf(name: string): string {
  const lower = name.toLowerCase();
  if (lower.startsWith('postgres')) return 'postgresql';
  if (lower.startsWith('mongo')) return 'mongodb';
  return lower === 'dbt core' ? 'dbt' : lower;
}
