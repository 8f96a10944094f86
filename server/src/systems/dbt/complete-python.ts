import type { FactReader } from '../../core/fact-index.ts';
import type { ParsedFile, Suggestion } from '../../core/system.ts';
import { adapterConfig } from './adapter-config.ts';
import { configAt, quoted, valuesFor } from './complete-jinja.ts';
import { completeVersions } from './complete-versions.ts';
import { jinjaPlaceAt, type JinjaPlace } from './jinja-place.ts';
import { configKeys } from './known-config.ts';
import type { PythonModel } from './python.ts';

/** What dbt gives to a Python model as `dbt`, as it is written. */
const members: ReadonlyMap<string, string> = new Map([
  ['ref', "ref('$1')"],
  ['source', "source('${1:source}', '${2:table}')"],
  ['config', 'config'],
  ['this', 'this'],
  ['is_incremental', 'is_incremental'],
]);

/** Of the materializations dbt runs these two in Python. */
const inPython: ReadonlySet<string> = new Set(['table', 'incremental']);

/** What may stand at an offset of a Python model behind `dbt.` and in its calls; names in strings come from facts. */
export function completePython(file: ParsedFile, offset: number, facts: FactReader): readonly Suggestion[] {
  const { words } = file.model as PythonModel;
  const span = { start: -2, end: file.source.text.length + 2 };
  const place = jinjaPlaceAt(file.source, [{ kind: 'expression', tokens: words, span }], offset);
  if (!place) return [];
  const { before, call, word, string } = place;
  const versions = call?.owner === 'dbt' ? completeVersions(place, facts, file.project.scope) : undefined;
  if (versions) return versions;
  const isConfig = call?.name.text === 'config' && call.owner === 'dbt';
  if (string) {
    if (isConfig && call.keyword !== undefined) return valuesAt(file, call.keyword, place, facts);
    const isGet = call?.name.text === 'get' && call.owner === 'config' && call.index === 0;
    return isGet
      ? configKeys('python-model').map(({ name }) => ({ label: name, kind: 'name', span: word }))
      : [];
  }
  if (before.at(-1)?.text === '.') return membersAt(place);
  if (!isConfig) return [];
  if (call.isFresh) return configAt('python-model', call.given, word, adapterConfig(file.project, facts));
  if (before.at(-1)?.text !== '=' || call.keyword === undefined) return [];
  return valuesAt(file, call.keyword, place, facts).map(quoted).map(asPython);
}

function valuesAt(
  file: ParsedFile,
  key: string,
  { word }: JinjaPlace,
  facts: FactReader,
): readonly Suggestion[] {
  const values = valuesFor('python-model', key, facts, file, word);
  return key === 'materialized' ? values.filter(({ label }) => inPython.has(label)) : values;
}

function asPython(suggestion: Suggestion): Suggestion {
  if (suggestion.label === 'true') return { ...suggestion, label: 'True' };
  return suggestion.label === 'false' ? { ...suggestion, label: 'False' } : suggestion;
}

function membersAt({ before, word: span }: JinjaPlace): readonly Suggestion[] {
  const [owner, outer, outermost] = [before.at(-2), before.at(-3), before.at(-4)];
  if (owner?.text === 'config' && outer?.text === '.' && outermost?.text === 'dbt')
    return [{ label: 'get', kind: 'snippet', span, insertText: "get('$1')" }];
  if (owner?.text !== 'dbt' || outer?.text === '.') return [];
  return [...members].map(([label, insertText]) => ({
    label,
    kind: insertText === label ? 'name' : 'snippet',
    span,
    insertText,
  }));
}
