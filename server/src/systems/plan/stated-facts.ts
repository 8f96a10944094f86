import type { StatedFact } from '../../core/plan.ts';
import type { Span } from '../../core/span.ts';
import type { Document } from './markdown.ts';

/** Things whose version a platform can show, by how people write them; services are known by their images' names. */
const subjects =
  /\b(postgres(?:ql)?|redis|kafka|elasticsearch|opensearch|grafana|prometheus|metabase|superset|minio|rabbitmq|clickhouse|mysql|mariadb|mongo(?:db)?|airflow|dagster|meltano|dbt(?: core)?|duckdb|great expectations|datahub|streamlit)\s+v?(\d+(?:\.\d+){0,2})(?![\w%.]*\d|\s*%|\s*(?:tasks?|models?|tests?|sources?|tables?|nodes?|brokers?|instances?|dashboards?|connectors?|topics?))/gi;

/** A version that is planned is none that is there: only lines that say that something is done or runs are claims. */
const isThere =
  /✅|✔|☑|🟢|\[x\]|\b(?:operational|running|installed|deployed|live|healthy|done|complete|completed|ready|in use|we use|uses)\b/i;

/** What a document states of the versions of tools and services, in lines that say that they are there. */
export function readStatedFacts({ repair }: Pick<Document, 'repair'>, text: string): readonly StatedFact[] {
  const facts: StatedFact[] = [];
  for (const match of text.matchAll(subjects)) {
    const line = lineAround(text, match.index);
    const said = repair(text.slice(line.start, line.end));
    if (!isThere.test(said) || /\b(?:upgrade|migrat\w+|move|from|drop|remove)\b|->|→/i.test(said)) continue;
    const start = match.index + match[0].length - match[2]!.length;
    facts.push({
      kind: 'version',
      subject: subjectOf(match[1]!),
      value: match[2]!,
      span: { start, end: start + match[2]!.length },
    });
  }
  return facts;
}

/** The name that images, distributions and systems share. */
export function subjectOf(name: string): string {
  const lower = name.toLowerCase();
  if (lower.startsWith('postgres')) return 'postgresql';
  if (lower.startsWith('mongo')) return 'mongodb';
  return lower === 'dbt core' ? 'dbt' : lower;
}

function lineAround(text: string, at: number): Span {
  const end = text.indexOf('\n', at);
  return { start: text.lastIndexOf('\n', at) + 1, end: end < 0 ? text.length : end };
}
