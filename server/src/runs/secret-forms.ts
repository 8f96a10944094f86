/** A form of a secret that is looked for. */
export interface SecretForm {
  /** Of a regular expression. */
  readonly source: string;
  /** One of these stands in every text that it matches, in whatever case; none where it has no part that is long enough. */
  readonly words: readonly string[];
  /** The text itself, where it is one that programs cut into lines. */
  readonly base64?: string;
}

/**
 * A secret as programs print it: as it is, for a URL, a form, JSON, a shell, SQL or HTML, each also twice, in base64
 * wherever it begins, and in hexadecimal. Together they are all that is looked for.
 */
export function secretForms(secret: string): readonly SecretForm[] {
  const whole = formOf(secret);
  const { source } = whole;
  // A short one may be part of an ordinary word, so it is masked only where it stands alone.
  const isShort = secret.length < 8 && /^\w+$/.test(secret);
  const own = isShort ? { ...whole, source: `(?<![A-Za-z0-9])${source}(?![A-Za-z0-9])` } : whole;
  const isEncoded = /^[A-Za-z0-9+/_-]{40,}=*$/.test(secret);
  return [
    isEncoded ? encodedForm(secret) : own,
    ...inBase64(secret).map(encodedForm),
    ...inHex(secret).map(formOf),
  ];
}

/** A line end may go through one of two words that do not overlap, and not through both. */
function encodedForm(text: string): SecretForm {
  const base64 = text.replace(/=+$/, '');
  const form = formOf(base64);
  const [first = ''] = form.words;
  const second = longestRun(base64.replace(first.slice(0, 4), ' '));
  return { ...form, words: second.length < 4 ? form.words : [first, second], base64 };
}

function formOf(text: string): SecretForm {
  const word = longestRun(text);
  return { source: writtenPattern(text), words: word.length < 3 ? [] : [word] };
}

/** Letters and digits are what no program encodes. */
function longestRun(text: string): string {
  const runs = text.match(/[A-Za-z0-9]+/g) ?? [];
  return runs.reduce((longest, run) => (run.length > longest.length ? run : longest), '');
}

/** Letters and digits no program encodes; whatever else there is, each program leaves or encodes as it likes. */
function writtenPattern(text: string): string {
  return Array.from(text)
    .map((char) => (/[A-Za-z0-9]/.test(char) ? char : `(?:${spellings(char).join('|')})`))
    .join('');
}

/** How one character may be written. */
function spellings(char: string): readonly string[] {
  const bytes = [...Buffer.from(char)].map(hexOf);
  const units = Array.from({ length: char.length }, (_, at) => hexOf(char.charCodeAt(at)).padStart(4, '0'));
  return [
    ...(special[char] ?? []),
    // A backslash before a sign is how JSON, shells and Python keep it from meaning something.
    char === '\\' ? '\\\\{1,8}' : `\\\\{0,4}${escaped(char)}`,
    bytes.map((byte) => `%(?:25){0,2}${anyCase(byte)}`).join(''),
    bytes.map((byte) => `\\\\{1,4}x${anyCase(byte)}`).join(''),
    units.map((unit) => `\\\\{1,4}u${anyCase(unit)}`).join(''),
  ];
}

const special: Readonly<Record<string, readonly string[]>> = {
  ' ': ['\\+'],
  '&': ['&amp;'],
  '<': ['&lt;'],
  '>': ['&gt;'],
  '"': ['&quot;', '&#34;', '""'],
  // SQL and YAML write it twice, shells end the text, write it and begin anew.
  "'": ["''", "'\\\\{1,4}''", `'"'"'`, '&#39;', '&#x27;', '&apos;'],
};

function escaped(char: string): string {
  return char.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

function hexOf(code: number): string {
  return code.toString(16).padStart(2, '0');
}

function anyCase(hex: string): string {
  return hex.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}

/** What is shorter would be found in ordinary text. */
function inHex(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  const hex = bytes.toString('hex');
  return bytes.length < 6 ? [] : [hex, hex.toUpperCase()];
}

/**
 * A secret inside a longer text (`user:secret`) is encoded in one of three ways, by where it begins.
 * The characters at both ends that also carry bits of their neighbours are left out.
 */
function inBase64(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  const alone = bytes.toString('base64').replace(/=+$/, '');
  if (bytes.length < 4) return [];
  // What is left of a shorter one would be found in ordinary text.
  if (bytes.length < 6) return withUrlAlphabet(alone);
  const forms = [0, 1, 2].flatMap((before) => {
    const padded = Buffer.concat([Buffer.alloc(before), bytes]);
    const start = Math.ceil((before * 4) / 3);
    const end = Math.floor((padded.length * 4) / 3);
    return withUrlAlphabet(padded.toString('base64').slice(start, end));
  });
  return [...new Set([...withUrlAlphabet(alone), ...forms])];
}

function withUrlAlphabet(text: string): readonly string[] {
  return [text, text.replaceAll('+', '-').replaceAll('/', '_')];
}
