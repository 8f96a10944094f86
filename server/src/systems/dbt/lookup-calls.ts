import type { Use } from '../../core/facts.ts';
import type { Project } from '../../core/system.ts';
import { isConstant, isContextName } from './builtins.ts';
import type { Argument, Call } from './calls.ts';
import type { CallPlace } from './references.ts';

/** What is wrong with a call, and whether dbt refuses it for that. */
export interface WrongCall {
  readonly message: string;
  readonly isRefused: boolean;
}

/** What dbt's own `ref` or `source` does not take of a call. */
export function wrongLookup(call: Call): WrongCall | undefined {
  if (call.name.text === 'source') return wrongCount(call, 2, 2, 'a source and a table');
  return (
    wrongCount(call, 1, 2, 'a model, or a package and a model') ??
    numberedName(call) ??
    strangeKeyword(call, ['v', 'version'])
  );
}

function numberedName(call: Call): WrongCall | undefined {
  const number = call.arguments.find((each) => each.keyword === undefined && each.only?.kind === 'number');
  if (!number) return undefined;
  return refused(
    `\`ref()\` takes names, not the number ${number.only!.text}; put it in quotes, or write \`v=\` for a version`,
  );
}

/** A word without quotes is a variable, and one that nobody sets is nothing to dbt. */
export function bareArgument(
  given: readonly Argument[],
  locals: () => ReadonlySet<string>,
): { readonly name: string; readonly keyword: string | undefined } | undefined {
  const bare = given.find(
    ({ only }) =>
      only?.kind === 'name' &&
      !isConstant(only.text) &&
      !isContextName(only.text) &&
      !locals().has(only.text),
  );
  return bare?.only && { name: bare.only.text, keyword: bare.keyword };
}

/** `ref(orders)` */
function bareName(call: Call, { locals }: CallPlace): WrongCall | undefined {
  const given = call.arguments.filter((each) => each.keyword === undefined);
  const bare = bareArgument(given, locals);
  return (
    bare &&
    refused(`\`${call.name.text}()\` takes names, and \`${bare.name}\` is no variable; put it in quotes`)
  );
}

/**
 * A project may put a macro of its own in the place of `ref` and `source`, which takes what it likes: whether
 * a call is wrong follows from whether there is one.
 */
export function wrongLookupUse(call: Call, project: Project, place: CallPlace): readonly Use[] {
  if (call.owner !== undefined) return [];
  const wrong = wrongLookup(call) ?? bareName(call, place);
  if (!wrong) return [];
  const { name } = call;
  const data = { wrong: wrong.message, at: place.late, ...(wrong.isRefused ? { refused: 'yes' } : {}) };
  const key = { namespaces: ['dbt.macro'], scope: project.scope, name: name.text, span: name.span };
  return [{ fact: 'use', ...key, role: 'deferred', data }];
}

export function wrongCount(call: Call, least: number, most: number, what: string): WrongCall | undefined {
  const count = positionalCount(call);
  const named = call.arguments.find((each) => each.keyword !== undefined);
  if (least === 2 && named)
    return refused(`\`${call.name.text}()\` takes no keywords; write ${what} as two strings`);
  if (count >= least && count <= most) return undefined;
  return refused(
    `\`${call.name.text}()\` takes ${what}, and ${count === 0 ? 'none is' : count === 1 ? '1 is' : `${count} are`} given; correct the arguments`,
  );
}

function strangeKeyword(call: Call, known: readonly string[]): WrongCall | undefined {
  const strange = call.arguments.find((each) => each.keyword !== undefined && !known.includes(each.keyword));
  if (!strange) return undefined;
  const message = `\`${call.name.text}()\` passes over \`${strange.keyword ?? ''}\`; remove it, or write \`v=\` for a version`;
  return { message, isRefused: false };
}

export function positionalCount(call: Call): number {
  return call.arguments.filter((each) => each.keyword === undefined).length;
}

export function refused(message: string): WrongCall {
  return { message, isRefused: true };
}
