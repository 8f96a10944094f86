import type { FactReader } from '../../core/fact-index.ts';
import { touches, type Span } from '../../core/span.ts';
import type { ParsedFile, Signature } from '../../core/system.ts';
import { builtinMacro, contextFunction, isContextName, membersOf } from './builtins.ts';
import { wordsFor, wordsForStatement } from './builtin-words.ts';
import type { DbtFileKind } from './claim.ts';
import { parametersOfCall } from './complete-jinja.ts';
import type { JinjaBlock } from './jinja.ts';
import { jinjaPlaceAt } from './jinja-place.ts';
import { configKeys } from './known-config.ts';
import { readParameters, shownParameters } from './parameters.ts';

type Blocks = { readonly blocks?: readonly JinjaBlock[] };

/** The call whose arguments surround an offset of a SQL file. */
export function jinjaSignature(file: ParsedFile, offset: number, facts: FactReader): Signature | undefined {
  const { blocks } = file.model as Blocks;
  const call = blocks && jinjaPlaceAt(file.source, blocks, offset)?.call;
  if (!call) return undefined;
  const text = parametersOfCall(call.name.text, call.owner, facts, file);
  if (text === undefined) return undefined;
  const { named, takesMore } = readParameters(text);
  const label = `${call.owner === undefined ? '' : `${call.owner}.`}${call.name.text}(${shownParameters(text)})`;
  const byName = named.findIndex(({ name }) => name === call.keyword);
  const active = call.keyword === undefined ? call.index : byName;
  const documentation = wordsFor(
    call.owner === undefined ? call.name.text : `${call.owner}.${call.name.text}`,
  );
  return {
    label,
    parameters: named.map((each) => ({
      label: each.default === undefined ? each.name : `${each.name}=${each.default}`,
    })),
    ...(active >= 0 && (active < named.length || takesMore)
      ? { active: Math.min(active, named.length - 1) }
      : {}),
    ...(documentation === undefined ? {} : { documentation }),
  };
}

/** What dbt's own names, settings and statements in Jinja are. */
export function hoverJinja(
  file: ParsedFile,
  offset: number,
): { readonly span: Span; readonly markdown: string } | undefined {
  const { blocks } = file.model as Blocks;
  const place = blocks && jinjaPlaceAt(file.source, blocks, offset);
  if (!place || place.string) return undefined;
  const word = place.block.tokens.find(({ kind, span }) => kind === 'name' && touches(span, offset));
  if (!word) return undefined;
  const { text, span } = word;
  const { before, block, call } = place;
  if (block.kind === 'statement' && before.length === 0)
    return told(span, `{% ${text} %}`, wordsForStatement(text));
  const next = block.tokens[block.tokens.indexOf(word) + 1];
  if (call?.name.text === 'config' && next?.text === '=') {
    const key = configKeys(file.claim.kind as DbtFileKind).find(({ name }) => name === text);
    return (
      key && told(span, `${text}${key.type === undefined ? '' : ` — ${key.type}`}`, key.description ?? '')
    );
  }
  const owner = before.at(-1)?.text === '.' ? before.at(-2)?.text : undefined;
  if (owner !== undefined) {
    const members = membersOf(owner);
    const parameters =
      members && Object.hasOwn(members, text) ? members[text] : (builtinMacro(text, owner) ?? undefined);
    if (parameters === undefined && !members) return undefined;
    return told(
      span,
      `${owner}.${asCall(text, parameters)}`,
      wordsFor(`${owner}.${text}`) ?? (parameters === undefined ? undefined : ''),
    );
  }
  const parameters = contextFunction(text) ?? builtinMacro(text);
  if (!isContextName(text) && parameters === undefined) return undefined;
  return told(span, asCall(text, parameters), wordsFor(text) ?? (parameters === undefined ? undefined : ''));
}

function asCall(name: string, parameters: string | null | undefined): string {
  return typeof parameters === 'string' ? `${name}(${shownParameters(parameters)})` : name;
}

/** Nothing where there are no words; the name alone where they are empty. */
function told(
  span: Span,
  title: string,
  words: string | undefined,
): { readonly span: Span; readonly markdown: string } | undefined {
  if (words === undefined) return undefined;
  return { span, markdown: `\`${title}\`${words === '' ? '' : `\n\n${words}`}` };
}
