/** Limit: a longer document would make typing slow. */
const maxDocumentLength = 1_000_000;

/** Whether something is found in a document's text. */
export type TextTest = (isIn: (text: string) => boolean) => boolean;

/** A document without what no Markdown parser is to see; all that is left stands where it stood. */
export interface PreparedText {
  readonly body: string;
  /** Top-level keys of the front matter, in lower case. */
  readonly frontMatter: ReadonlyMap<string, string>;
  readonly isTruncated: boolean;
}

/** Cuts off what is too long, and blanks front matter and what nests too deep. */
export function prepare(text: string, has: TextTest = (isIn) => isIn(text)): PreparedText {
  const isTruncated = text.length > maxDocumentLength;
  const whole = isTruncated ? text.slice(0, text.lastIndexOf('\n', maxDocumentLength) + 1) : text;
  const flat = has(nestsDeep) ? whole.replaceAll(deepNesting, (line) => ' '.repeat(line.length)) : whole;
  return { ...blankFrontMatter(flat.replace(/^\uFEFF/, ' ')), isTruncated };
}

/** Nothing a person writes nests so deep, and each level multiplies the time it takes to read. A line is matched in one way alone, or looking would take as long. */
const deepNesting = /^(?:(?:[-*+]|\d{1,9}[.)])?[ \t]|>){80,}.*$/gm;

function nestsDeep(text: string): boolean {
  return text.search(deepNesting) >= 0;
}

function blankFrontMatter(text: string): Pick<PreparedText, 'body' | 'frontMatter'> {
  const match = /^ ?---[ \t]*\r?\n([^]*?)\r?\n---[ \t]*(?=\r?\n|$)/.exec(text);
  if (!match) return { body: text, frontMatter: new Map() };
  const keys = [...match[1]!.matchAll(/^([\w-]+)[ \t]*:[ \t]*(.*?)[ \t]*\r?$/gm)];
  const frontMatter = new Map(keys.map(([, key, value]) => [key!.toLowerCase(), unquote(value!)]));
  const body = match[0].replace(/[^\r\n]/g, ' ') + text.slice(match[0].length);
  return { body, frontMatter };
}

function unquote(value: string): string {
  return /^(["']).*\1$/.test(value) ? value.slice(1, -1) : value;
}
