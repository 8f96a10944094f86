import type { Problem } from '../../core/system.ts';
import type { ScalarNode } from '../../core/tree.ts';
import { jinjaFaults } from './jinja-syntax.ts';
import { scanJinja } from './jinja.ts';

/**
 * What dbt would refuse of the Jinja in a string of YAML, with places in the file's text.
 * Costs next to nothing where the string holds no `{`.
 */
export function jinjaProblems(node: ScalarNode, text: string): readonly Problem[] {
  if (!node.text.includes('{')) return [];
  // What YAML itself writes otherwise, quotes in quotes say, is read as dbt gets it.
  const faults = jinjaFaults(node.text, scanJinja(node.text));
  if (faults.length === 0) return [];
  const { start, end } = node.span;
  const places =
    text.slice(start, end) === node.text
      ? faults.map(({ span }) => ({ start: start + span.start, end: start + span.end }))
      : placesInText(node, text);
  return faults.map(({ message }, at) => ({
    code: 'dbt/jinja-syntax',
    span: places[at] ?? node.span,
    message,
  }));
}

/** The places of the same faults in a string of several lines; of one with escapes nobody can tell them. */
function placesInText({ span }: ScalarNode, text: string): readonly Problem['span'][] {
  const written = text.slice(span.start, span.end);
  if (written.includes('\\') || written.includes("''")) return [];
  const reading = { from: span.start, to: span.end };
  return jinjaFaults(text, scanJinja(text, reading), {}, reading).map((fault) => fault.span);
}
