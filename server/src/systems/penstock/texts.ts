import { itemsOf, type Node, type ScalarNode } from '../../core/tree.ts';
import type { Entry, PipelineModel } from './model.ts';

/** A text that may refer to parameters, and in `env` to variables. */
export interface Text {
  readonly node: ScalarNode;
  readonly isVariable: boolean;
}

/** The texts of a pipeline that hold references. */
export function textsOf({ env, entries }: PipelineModel): readonly Text[] {
  return [...variables(env), ...entries.flatMap(textsOfEntry)];
}

function textsOfEntry({ select, exclude, env, options, run, cwd, writes }: Entry): readonly Text[] {
  const given = options.map(({ value }) => value).filter(isText);
  const plain = [...select, ...exclude, ...given, ...wordsOf(run), ...(cwd ? [cwd] : []), ...writes];
  return [...plain.map((node) => ({ node, isVariable: false })), ...variables(env)];
}

function variables(pairs: PipelineModel['env']): readonly Text[] {
  return pairs.flatMap(({ value }) => (isText(value) ? { node: value, isVariable: true } : []));
}

function wordsOf(run: Node | undefined): readonly ScalarNode[] {
  return run?.kind === 'seq' ? itemsOf(run).filter(isText) : isText(run) ? [run] : [];
}

function isText(node: Node | undefined): node is ScalarNode {
  return node?.kind === 'scalar' && typeof node.value === 'string';
}
