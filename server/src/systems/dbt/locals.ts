import type { JinjaBlock, Token } from './jinja.ts';

/**
 * The names that a file itself gives a meaning: variables of `set`, `for` and `with`, macros and their
 * parameters, imports. Where in the file they hold is not asked. A macro file's macros are everybody's, so they are none.
 */
export function localNames(
  blocks: readonly JinjaBlock[],
  { isMacroFile = false }: { readonly isMacroFile?: boolean } = {},
): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { kind, tokens } of blocks) {
    if (kind !== 'statement') continue;
    const keyword = tokens[0]?.text ?? '';
    if (keyword === 'set' || keyword === 'for') addUntil(found, tokens, keyword === 'set' ? '=' : 'in');
    else if (keyword === 'macro' || keyword === 'test' || keyword === 'data_test' || keyword === 'call') {
      if (keyword === 'macro' && !isMacroFile && tokens[1]?.kind === 'name') found.add(tokens[1].text);
      addParameters(found, tokens, keyword);
    } else if (keyword === 'with' || keyword === 'import' || keyword === 'from') addAll(found, tokens);
  }
  return found;
}

/** `a, b` of `set a, b = …`; of `set x | trim` and what follows the word nothing is a name. */
function addUntil(found: Set<string>, tokens: readonly Token[], stop: string): void {
  for (const token of tokens.slice(1)) {
    if (token.kind !== 'string' && (token.text === stop || token.text === '|')) return;
    if (token.kind === 'name') found.add(token.text);
  }
}

/** Each name that begins a parameter. */
function addParameters(found: Set<string>, tokens: readonly Token[], keyword: string): void {
  const open = keyword === 'call' ? 1 : 2;
  if (tokens[open]?.text !== '(') return;
  let depth = 0;
  for (let at = open; at < tokens.length; at++) {
    const { kind, text } = tokens[at]!;
    if (kind === 'mark' && (text === '(' || text === '[' || text === '{')) depth++;
    else if (kind === 'mark' && (text === ')' || text === ']' || text === '}')) depth--;
    else if (kind === 'name' && depth === 1) found.add(text);
    if (depth === 0) return;
  }
}

function addAll(found: Set<string>, tokens: readonly Token[]): void {
  for (const token of tokens) if (token.kind === 'name') found.add(token.text);
}
