/** What a macro or function takes, read of the text between its brackets. */
export interface Parameters {
  readonly named: readonly Parameter[];
  /** It takes positional arguments beyond the named ones. */
  readonly takesMore: boolean;
  /** It takes keywords beyond the named ones. */
  readonly takesAnyKeyword: boolean;
}

export interface Parameter {
  readonly name: string;
  /** As it is written; undefined where there is none. */
  readonly default: string | undefined;
}

/** Reads `a, b=1, *varargs, *kwargs`, where the stars tell what the macro's body asks for. */
export function readParameters(text: string): Parameters {
  const named: Parameter[] = [];
  let [takesMore, takesAnyKeyword] = [false, false];
  for (const part of splitAtCommas(text)) {
    if (part === '*varargs') takesMore = true;
    else if (part === '*kwargs') takesAnyKeyword = true;
    else if (!part.startsWith('*')) {
      const equals = part.indexOf('=');
      const name = (equals < 0 ? part : part.slice(0, equals)).split(':', 1)[0]!.trim();
      if (name !== '') named.push({ name, default: equals < 0 ? undefined : part.slice(equals + 1).trim() });
    }
  }
  return { named, takesMore, takesAnyKeyword };
}

/** All that a macro's definition says of what it takes, as `readParameters` reads it; undefined where it says nothing. */
export function takenBy(data: Readonly<Record<string, string>> | undefined): string | undefined {
  const parameters = data?.['parameters'];
  const more = data?.['more'];
  if (parameters === undefined || more === undefined) return parameters;
  return parameters === '' ? more : `${parameters}, ${more}`;
}

/** `a, b=1` as a person reads it: the stars are for Penstock alone. */
export function shownParameters(text: string): string {
  return splitAtCommas(text)
    .filter((part) => part !== '*caller')
    .map((part) => (part === '*varargs' ? '…' : part === '*kwargs' ? '**kwargs' : part))
    .join(', ');
}

function splitAtCommas(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let quote = '';
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const mark = text[at]!;
    if (quote !== '') quote = mark === quote ? '' : quote;
    else if (mark === '"' || mark === "'") quote = mark;
    else if (mark === '(' || mark === '[' || mark === '{') depth++;
    else if (mark === ')' || mark === ']' || mark === '}') depth--;
    else if (mark === ',' && depth === 0) {
      parts.push(text.slice(from, at).trim());
      from = at + 1;
    }
  }
  parts.push(text.slice(from).trim());
  return parts.filter((part) => part !== '');
}

/** How a macro is called: what a use of its name carries, so that the call can be held against the parameters. */
export interface Given {
  readonly positional: number;
  readonly keywords: readonly string[];
  /** More is given by `*list` or `**map`, which nobody can count. */
  readonly isSpread: boolean;
}

export function writeGiven({ positional, keywords, isSpread }: Given): string {
  return `${positional}|${keywords.join(',')}${isSpread ? '|*' : ''}`;
}

export function readGiven(text: string): Given {
  const [positional = '0', keywords = '', spread] = text.split('|');
  return {
    positional: Number(positional),
    keywords: keywords === '' ? [] : keywords.split(','),
    isSpread: spread === '*',
  };
}

/** What is wrong with a call, as the end of a sentence that begins with the callee's name; undefined where nothing is. */
export function misfit(
  given: Given,
  takes: Parameters,
): { readonly isRefused: boolean; readonly words: string } | undefined {
  if (given.isSpread) return undefined;
  const { named, takesMore, takesAnyKeyword } = takes;
  if (given.positional > named.length && !takesMore) {
    const count = named.length === 0 ? 'no arguments' : `at most ${counted(named.length)}`;
    return {
      isRefused: true,
      words: `takes ${count}, and ${given.positional} ${given.positional === 1 ? 'is' : 'are'} given; remove what is too much`,
    };
  }
  for (const keyword of given.keywords) {
    const at = named.findIndex(({ name }) => name === keyword);
    if (at >= 0 && at < given.positional)
      return {
        isRefused: true,
        words: `is given \`${keyword}\` twice, by place and by name; remove one of the two`,
      };
    if (at < 0 && !takesAnyKeyword) {
      const known = named.map(({ name }) => `\`${name}\``).join(', ');
      return {
        isRefused: true,
        words: `takes no \`${keyword}\`; ${known === '' ? 'it takes no arguments' : `it takes ${known}`}`,
      };
    }
  }
  const missing = named.filter(
    (each, at) => each.default === undefined && at >= given.positional && !given.keywords.includes(each.name),
  );
  if (missing.length === 0) return undefined;
  const names = missing.map(({ name }) => `\`${name}\``).join(', ');
  return {
    isRefused: false,
    words: `is called without ${names}, which ${missing.length === 1 ? 'has' : 'have'} no default; give ${missing.length === 1 ? 'it' : 'them'}`,
  };
}

function counted(count: number): string {
  return `${count} ${count === 1 ? 'argument' : 'arguments'}`;
}
