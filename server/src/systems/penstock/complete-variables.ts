import type { FactReader } from '../../core/fact-index.ts';
import { touches } from '../../core/span.ts';
import type { ParsedFile, Suggestion } from '../../core/system.ts';
import { addressesOf } from './check-facts.ts';
import type { PenstockModel } from './model.ts';
import { textsOf } from './texts.ts';

/** The variables that somebody sets, behind `${` in the address of a check or a pipeline's variable; their values are shown nowhere. */
export function completeVariables(
  { model, source }: ParsedFile<PenstockModel>,
  offset: number,
  facts: FactReader,
): readonly Suggestion[] {
  const values = model.pipelines.flatMap(textsOf).flatMap(({ node, isVariable }) => (isVariable ? node : []));
  const open = [...model.checks.flatMap(addressesOf), ...values];
  const node = open.find(({ span }) => touches(span, offset));
  const [typed] = /(?<=\$\{)\w*$/.exec(node ? source.text.slice(node.span.start, offset) : '') ?? [];
  if (typed === undefined) return [];
  const [rest = ''] = /^\w*\}?/.exec(source.text.slice(offset)) ?? [];
  const span = { start: offset - typed.length, end: offset + rest.length };
  const names = new Set([...facts.all('env')].map(({ name }) => name));
  return [...names].map((label) => ({
    label,
    kind: 'value',
    detail: 'variable',
    insertText: `${label}}`,
    span,
  }));
}
