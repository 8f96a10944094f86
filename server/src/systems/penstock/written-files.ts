import type { Fact, Hole } from '../../core/facts.ts';
import { resolvePath } from '../../core/path.ts';
import { referencesIn } from '../../core/references.ts';
import type { Project } from '../../core/system.ts';
import { worded } from '../../core/vocabulary.ts';
import { needsOf, type Entry, type PenstockModel, type PipelineModel } from './model.ts';

const duckdbNamed = /\.(?:duckdb|ddb|db)$/i;

/** The DuckDB files that commands of pipelines write, by what their names end in. */
export function writtenFiles(project: Project, pipelines: PenstockModel['pipelines']): readonly Fact[] {
  const written = pipelines.flatMap((pipeline) =>
    pipeline.entries.flatMap((entry, at) => (entry.run ? filesOf(entry, after(pipeline, at), project) : [])),
  );
  const isOpen = pipelines.some(({ entries }) =>
    entries.some(({ writes }) => writes.some(({ text }) => referencesIn(text).length > 0)),
  );
  const reason = 'a parameter decides which file a command of a pipeline writes';
  return isOpen ? [...written, ...unknownFiles(project, reason)] : written;
}

/** What a command fills may be any file, with any tables. */
export function unknownFiles({ root }: Project, reason: string): readonly Hole[] {
  return [
    { fact: 'hole', namespace: 'duckdb.file', scope: root, reason },
    { fact: 'hole', namespace: 'warehouse.load', scope: '', reason },
  ];
}

function filesOf({ id, writes }: Entry, ran: readonly string[], { root }: Project): readonly Fact[] {
  return writes
    .filter(({ text }) => duckdbNamed.test(text) && referencesIn(text).length === 0)
    .map(({ text, span }) =>
      worded(
        'duckdb.file',
        {
          name: resolvePath(root, text),
          span,
          what: 'DuckDB file',
          about: `written by the command \`${id}\``,
        },
        {
          project: root,
          system: 'penstock',
          path: text,
          access: 'write',
          opener: `the command \`${id.replaceAll('`', '')}\``,
          base: 'the folder of penstock.yaml',
          after: ran.join('\n'),
        },
      ),
    );
}

/** The steps that surely ran before an entry does. */
function after(pipeline: PipelineModel, at: number): readonly string[] {
  const byKey = new Map(pipeline.entries.map(({ key }, index) => [key, index]));
  const seen = new Set<number>();
  const visit = (index: number): void => {
    for (const need of needsOf(pipeline, index)) {
      const earlier = byKey.get(need);
      if (earlier === undefined || seen.has(earlier)) continue;
      seen.add(earlier);
      visit(earlier);
    }
  };
  visit(at);
  return [...seen].flatMap((index) => pipeline.entries[index]!.step?.text ?? []);
}
