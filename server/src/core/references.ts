import type { Span } from './span.ts';

/** Something in a text that a run puts a value in for. */
export type Reference =
  /** `${{ parameters.name }}`; `span` is the name's, which is empty where it is about to be typed. */
  | { readonly kind: 'parameter'; readonly name: string; readonly span: Span; readonly whole: Span }
  /** `${NAME}` or `${NAME:-otherwise}`: a variable of the environment. */
  | {
      readonly kind: 'variable';
      readonly name: string;
      readonly otherwise: string | undefined;
      readonly span: Span;
      readonly whole: Span;
    }
  /** `$${`, which stands for `${` itself. */
  | { readonly kind: 'escape'; readonly whole: Span }
  /** `${{` that is not closed, or that holds something else than a parameter. */
  | { readonly kind: 'unknown'; readonly whole: Span };

const reference =
  /\$\$\{|\$\{\{(?:\s*parameters\.([A-Za-z_][\w-]*|)\s*\}\}|[^}]*\}\}|[^\n]*)|\$\{([A-Za-z_]\w*)(?::-([^}]*))?\}/gu;

/** Where a text refers to parameters and variables, in its order. */
export function referencesIn(text: string): readonly Reference[] {
  return [...text.matchAll(reference)].map((found): Reference => {
    const [written, parameter, variable, otherwise] = found;
    const start = found.index;
    const whole = { start, end: start + written.length };
    const named = (name: string, at: number): Span => ({
      start: start + at,
      end: start + at + name.length,
    });
    if (parameter !== undefined)
      return {
        kind: 'parameter',
        name: parameter,
        span: named(parameter, written.indexOf('parameters.') + 'parameters.'.length),
        whole,
      };
    if (variable !== undefined)
      return { kind: 'variable', name: variable, otherwise, span: named(variable, 2), whole };
    return { kind: written === '$${' ? 'escape' : 'unknown', whole };
  });
}

/** What references stand for; variables are left as they are written where `variable` is absent. */
export interface References {
  readonly parameter: (name: string) => string | undefined;
  readonly variable?: (name: string) => string | undefined;
}

export type Filled =
  | { readonly text: string }
  /** What has no value, as it is written: `${{ parameters.tag }}`. */
  | { readonly missing: string };

/** Puts values in; what a value holds is not looked at again. */
export function fill(text: string, references: References): Filled {
  let filled = '';
  let at = 0;
  for (const found of referencesIn(text)) {
    const written = text.slice(found.whole.start, found.whole.end);
    const value = valueOf(found, written, references);
    if (value === undefined) return { missing: written };
    filled += text.slice(at, found.whole.start) + value;
    at = found.whole.end;
  }
  return { text: filled + text.slice(at) };
}

function valueOf(found: Reference, written: string, { parameter, variable }: References): string | undefined {
  if (found.kind === 'parameter') return parameter(found.name);
  if (found.kind === 'unknown') return undefined;
  if (!variable) return written;
  if (found.kind === 'escape') return '${';
  const value = variable(found.name);
  // As a shell reads `:-`: what is set to nothing is not set.
  return found.otherwise === undefined ? value : value || found.otherwise;
}
