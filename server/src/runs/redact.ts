import { encodedForms } from './secret-forms.ts';
import { maskPatterns } from './secret-patterns.ts';
import { isWorthMasking } from './secret-values.ts';

/** Masks secrets in text that is about to be written or shown; see `createRedactor`. */
export interface Redactor {
  /** A whole line, so that no secret is split over two calls. */
  line(text: string): string;
  /** A command line: also what follows an option such as `--password`. */
  command(argv: readonly string[]): readonly string[];
}

/** What stands in a secret's place. */
export const mask = '***';

/** Leaves everything as it is; for tests and for what cannot hold a secret. */
export const noRedaction: Redactor = { line: (text) => text, command: (argv) => argv };

/**
 * Masks these values in every form they may take in output (as they are, for a URL, in JSON, in base64),
 * and whatever looks like a known kind of key, token or password in a URL.
 */
export function createRedactor(values: Iterable<string>): Redactor {
  const secrets = new Set<string>();
  for (const value of values) {
    for (const line of value.split(/\r?\n/)) {
      const trimmed = line.trim();
      if (isWorthMasking(trimmed)) secrets.add(trimmed);
    }
  }
  const expression = expressionFor(secrets);
  const line = (text: string): string =>
    maskPatterns(expression ? text.replace(expression, mask) : text, mask);
  return {
    line,
    command: (argv) => argv.map((argument, at) => (isSecretOption(argv[at - 1]) ? mask : line(argument))),
  };
}

/** The longest form first, so that a secret that holds another one is masked whole. */
function expressionFor(secrets: ReadonlySet<string>): RegExp | undefined {
  const forms = new Set([...secrets].flatMap(encodedForms));
  const sorted = [...forms].sort((a, b) => b.length - a.length);
  return sorted.length === 0 ? undefined : new RegExp(sorted.map(expressionOf).join('|'), 'g');
}

/** A short secret may be part of an ordinary word, so it is masked only where it stands alone. */
function expressionOf(form: string): string {
  const escaped = form.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
  return form.length < 8 && /^\w+$/.test(form) ? `(?<![A-Za-z0-9])${escaped}(?![A-Za-z0-9])` : escaped;
}

function isSecretOption(argument: string | undefined): boolean {
  return (
    argument !== undefined &&
    /^--?([\w-]+-)?(password|passwd|passphrase|token|secret|api-?key|access-?key)$/i.test(argument)
  );
}
