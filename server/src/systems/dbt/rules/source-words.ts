import type { FactReader } from '../../../core/fact-index.ts';
import type { Use } from '../../../core/facts.ts';
import type { Fix } from '../../../core/finding.ts';
import type { FactRule } from '../../../core/rule.ts';
import type { Span } from '../../../core/span.ts';
import type { Project } from '../../../core/system.ts';
import { credentialsOf } from '../adapter-credentials.ts';
import { refusedByV2 } from '../checks/check.ts';
import { adapterInUse, sourceWords, wordsOfV2 } from '../source-words.ts';
import { dbtVersion } from '../version.ts';

/**
 * A source may say in an adapter's own words where its tables are, and dbt 1 takes those of the adapter in use alone:
 * `catalog` of Databricks is a stranger to DuckDB. dbt v2 has a list of its own, for all adapters.
 */
export const sourceWordsOfAdapter: FactRule = {
  id: 'dbt/unknown-key',
  severity: 'error',
  kinds: ['properties'],
  check({ facts, path, project }, reader, report) {
    const version = dbtVersion(project);
    for (const fact of facts) {
      const word = fact.fact === 'use' ? fact.data?.['word'] : undefined;
      if (fact.fact !== 'use' || word === undefined) continue;
      const span = spanOf(fact);
      const isQuoted = fact.data?.['quoted'] !== undefined;
      const isTwin = fact.data?.['twin'] !== undefined;
      // dbt 1 refuses both together whatever the adapter, as the rule on sources says.
      if (isTwin && (version.major < 2 || (!isQuoted && word !== 'dbname'))) continue;
      const types = version.major < 2 ? adaptersInUse(project, reader) : [];
      const isStranger = types.length > 0 && !types.some((type) => hasWord(type, word));
      const meant = isStranger && !isQuoted ? ownWord(types, word) : sourceWords.get(word)!;
      const advice = isTwin ? 'remove it' : `write \`${meant}\``;
      const fixes = isTwin ? [] : renamed(path, fact, meant);
      if (isStranger)
        report(
          span,
          `dbt takes \`${word}\` of some adapters, and not with ${types.join(' or ')}; ${advice}`,
          {
            fixes,
          },
        );
      else if (isQuoted || !wordsOfV2.has(word)) {
        const message = `dbt v2 refuses \`${word}\` here; ${advice}`;
        refusedByV2({ report, version }, span, message, fixes);
      }
    }
  },
};

/** The key as it is written. */
function spanOf({ span: { start }, data }: Use): Span {
  return { start, end: start + Number(data?.['length']) };
}

/** The adapters of all outputs of the profile in use; empty where one of them is not known. */
function adaptersInUse({ scope }: Project, reader: FactReader): readonly string[] {
  const types = reader.definitions({ ...adapterInUse, scope }).map(({ data }) => data?.['type'] ?? '');
  return types.every((type) => credentialsOf(type)) ? [...new Set(types)] : [];
}

function hasWord(type: string, word: string): boolean {
  return Object.hasOwn(credentialsOf(type)!.aliases, word);
}

/** The word that the adapter has of its own for the same, where there is one adapter and dbt v2 takes it, too. */
function ownWord([type = '', ...others]: readonly string[], word: string): string {
  const meant = sourceWords.get(word)!;
  if (others.length > 0) return meant;
  const aliases = Object.entries(credentialsOf(type)!.aliases);
  return aliases.find(([own, canonical]) => canonical === meant && wordsOfV2.has(own))?.[0] ?? meant;
}

/** Means the same, as long as nothing else there says it, too. */
function renamed(path: string, use: Use, meant: string): readonly Fix[] {
  const { data } = use;
  const beside = data?.['beside']?.split(' ') ?? [];
  if (beside.some((key) => key === meant || sourceWords.get(key) === sourceWords.get(data?.['word'] ?? '')))
    return [];
  return [
    { title: `Change to \`${meant}\``, edits: [{ path, span: spanOf(use), newText: meant }], certain: true },
  ];
}
