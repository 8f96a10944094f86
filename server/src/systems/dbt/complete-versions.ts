import type { FactReader } from '../../core/fact-index.ts';
import type { Suggestion } from '../../core/system.ts';
import type { JinjaPlace } from './jinja-place.ts';

/** The versions of the model that a `ref` names, where its `v=` is written; undefined anywhere else. */
export function completeVersions(
  { before, call, string, word }: JinjaPlace,
  facts: FactReader,
  scope: string,
): readonly Suggestion[] | undefined {
  if (call?.name.text !== 'ref' || (call.keyword !== 'v' && call.keyword !== 'version')) return undefined;
  const model = before.slice(before.indexOf(call.name)).findLast(({ kind }) => kind === 'string');
  if (!model) return [];
  const prefix = `${model.text}.v`;
  const names = [...facts.all('dbt.node-version', scope)].map(({ name }) => name);
  const written = (version: string): string =>
    string || /^[\d.]+$/.test(version) ? version : `'${version}'`;
  return names
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.slice(prefix.length))
    .map((label) => ({ label, kind: 'value', span: word, insertText: written(label), detail: 'version' }));
}
