import { GramFinder } from './gram-finder.ts';
import { secretForms } from './secret-forms.ts';
import { maskPatterns, mayHoldMore, suspicion } from './secret-patterns.ts';
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
  const line = maskerFor(secrets);
  return {
    line,
    command: (argv) => argv.map((argument, at) => (isSecretOption(argv[at - 1]) ? mask : line(argument))),
  };
}

/** The longest first, so that a secret that holds another one is masked whole. */
function maskerFor(secrets: ReadonlySet<string>): (text: string) => string {
  const sorted = [...secrets].sort((a, b) => b.length - a.length);
  const forms = [...new Map(sorted.flatMap(secretForms).map((form) => [form.source, form])).values()];
  // One pass tells both what is suspicious and which secrets may be there.
  const finder = new GramFinder([...suspicion, ...forms.map(({ literal }) => literal)]);
  const always = forms.flatMap(({ literal }, at) => (literal.length < 4 ? [at] : []));
  const expressions: RegExp[] = [];
  const expressionOf = (at: number): RegExp => (expressions[at] ??= new RegExp(forms[at]!.source, 'g'));
  return (text) => {
    const names = finder.find(text);
    if (names === undefined && always.length === 0)
      return mayHoldMore(text) ? maskPatterns(text, mask) : text;
    const found = [...(names ?? [])].sort((a, b) => a - b);
    const isSuspicious = mayHoldMore(text) || (found[0] ?? Infinity) < suspicion.length;
    const candidates = found.map((at) => at - suspicion.length).filter((at) => at >= 0);
    const masked = [...candidates, ...always]
      .sort((a, b) => a - b)
      .reduce((rest, at) => rest.replace(expressionOf(at), mask), text);
    return isSuspicious ? maskPatterns(masked, mask) : masked;
  };
}

function isSecretOption(argument: string | undefined): boolean {
  return (
    argument !== undefined &&
    /^--?([\w-]+-)?(password|passwd|passphrase|token|secret|api-?key|access-?key)$/i.test(argument)
  );
}
