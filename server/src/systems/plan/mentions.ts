import { ownCopy } from '../../core/own-copy.ts';
import { readingsOf } from '../../core/step-name.ts';
import type { Use } from '../../core/facts.ts';
import type { ItemEntry } from './model.ts';

/** How a step is written: `meltano:job/load`, `meltano:plugin/dbt:run`, `dbt:build`; behind `@` a project may follow. */
const step = /^(([a-z][a-z0-9-]*):[a-z][\w-]*(\/[\w.+-]+(?::[\w.+-]+)?)?)(?:@[\w./-]+)*$/;

/**
 * The steps that an item names in backticks. What an item that is done names is missed where it is not there: others may
 * be about what is still to be made. Prose, and all that is not written as a step, says nothing.
 */
export function mentionsIn(text: string, { item, span }: ItemEntry): readonly Use[] {
  const written = text.slice(span.start, span.end);
  if (!written.includes('`')) return [];
  const found: Use[] = [];
  for (const code of ownCopy(written).matchAll(/(?<!`)`([^`\n|]+)`(?!`)/g)) {
    const [written = '', name, tool] = step.exec(code[1]!) ?? [];
    if (name === undefined || tool === undefined) continue;
    const start = span.start + code.index + 1;
    // Without a slash it may be an image and its tag; behind a second colon a tool may know more names than it lists.
    const isStep = /\/[^:]+$/.test(name) || tool === 'pipeline';
    const isMissed = isStep && item.status === 'done';
    found.push(...usesOf(written, tool, { start, isMissed }));
  }
  return found;
}

function usesOf(
  written: string,
  tool: string,
  { start, isMissed }: { readonly start: number; readonly isMissed: boolean },
): readonly Use[] {
  const within = { namespace: 'tool', scope: '', name: tool };
  const mentions = readingsOf(written).map(({ name, reading }): Use => ({
    fact: 'use',
    namespaces: ['mention', 'step'],
    scope: '',
    name,
    span: { start, end: start + name.length },
    role: isMissed ? 'done' : 'to-do',
    within,
    ...(reading ? { reading } : {}),
  }));
  const nowhere = { start, end: start };
  return [
    ...mentions,
    { fact: 'use', namespaces: ['tool'], scope: '', name: tool, span: nowhere, role: 'asked' },
  ];
}
