import { expect } from 'vitest';
import { defaultFindingSettings, diagnose } from '../../server/src/language/diagnose.ts';
import { rename, type Refusal, type Renaming } from '../../server/src/language/rename.ts';
import type { Platform } from '../../server/src/core/platform.ts';
import type { System } from '../../server/src/core/system.ts';
import { openFixture } from './check.ts';

export type Texts = Readonly<Record<string, string>>;
/** Renames what `<|>` stands in and gives the files that are others then; fails when a finding is new. */
export async function renamed(
  given: readonly System[],
  texts: Texts,
  newName: string,
): Promise<Texts | Refusal> {
  const { plain, path, offset } = cursorIn(texts);
  const { platform } = await openFixture(given, plain);
  const answer = rename(platform, path, offset, newName);
  if (!answer) return { refused: 'there is no name' };
  if ('refused' in answer) return answer;
  const after = apply(plain, answer);
  const again = await openFixture(given, after);
  expect(findingsOf(again.platform)).toEqual(findingsOf(platform));
  return Object.fromEntries(Object.entries(after).filter(([file, text]) => plain[file] !== text));
}

function cursorIn(texts: Texts): { readonly plain: Texts; readonly path: string; readonly offset: number } {
  const [path, text] = Object.entries(texts).find(([, each]) => each.includes('<|>'))!;
  return { plain: { ...texts, [path]: text.replace('<|>', '') }, path, offset: text.indexOf('<|>') };
}

function apply(texts: Texts, { edits, moves }: Renaming): Record<string, string> {
  const after: Record<string, string> = { ...texts };
  for (const { path, span, newText } of edits.toReversed())
    after[path] = after[path]!.slice(0, span.start) + newText + after[path]!.slice(span.end);
  for (const { from, to } of moves) {
    after[to] = after[from]!;
    delete after[from];
  }
  return after;
}

/** Codes and severities of all findings: what a rename must leave as it is. */
function findingsOf(platform: Platform): readonly string[] {
  return [...platform.paths()]
    .flatMap((path) => diagnose(platform, path, defaultFindingSettings))
    .map(({ code, severity }) => `${severity} ${code}`)
    .sort();
}
