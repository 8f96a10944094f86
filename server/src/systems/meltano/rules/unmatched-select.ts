import { closest } from '../../../core/closest.ts';
import type { FactRule, ReportOptions } from '../../../core/rule.ts';
import { catalogAt, catalogPaths, type KnownCatalog } from '../catalog/known-catalog.ts';
import { patternsOf, toMatcher, type SelectPattern } from '../catalog/select-patterns.ts';
import type { MeltanoModel } from '../model.ts';

/**
 * A pattern that fits no stream, or no attribute, of the catalog that the extractor gave last: `ordres.*` selects
 * nothing, and Meltano does not say so. Without a catalog nothing is said.
 */
export const unmatchedSelect: FactRule = {
  id: 'meltano/unmatched-select',
  severity: 'information',
  kinds: ['project', 'included'],
  isLocal: true,
  check(file, facts, report) {
    const parsed = file.parsed();
    const model = parsed?.model as MeltanoModel | undefined;
    if (!parsed || !model || model.kind === 'lock') return;
    const plugins = [...model.plugins, ...model.environments.flatMap(({ plugins: own }) => own)];
    for (const { type, name, node } of plugins) {
      if (type.key !== 'extractors') continue;
      const catalog = catalogAt(facts, catalogPaths(file.project.root, name.text, node));
      if (!catalog) continue;
      for (const pattern of patternsOf(parsed.source, node)) {
        const fault = faultOf(pattern, catalog);
        if (!fault) continue;
        const source = parsed.source.slice(pattern.span);
        const isWritten = fault.meant !== undefined && source.includes(fault.word);
        const start = pattern.span.start + source.indexOf(fault.word);
        const edits = [
          { path: file.path, span: { start, end: start + fault.word.length }, newText: fault.meant ?? '' },
        ];
        const more: ReportOptions = isWritten
          ? { severity: 'warning', fixes: [{ title: `Change to \`${fault.meant}\``, edits, certain: false }] }
          : {};
        report(pattern.span, fault.message, more);
      }
    }
  },
};

interface Fault {
  readonly message: string;
  /** What is wrong, and what was probably meant. */
  readonly word: string;
  readonly meant?: string | undefined;
}

function faultOf(
  { stream, attribute }: SelectPattern,
  { streams, isPartial }: KnownCatalog,
): Fault | undefined {
  const fits = toMatcher(stream);
  const found = [...streams].filter(([id]) => fits(id));
  if (found.length === 0) {
    const meant = isLiteral(stream) ? closest(stream, streams.keys()) : undefined;
    const advice =
      meant === undefined
        ? 'correct it, or run the extractor again if its catalog is old'
        : `did you mean \`${meant}\`?`;
    return { message: `no stream of the catalog fits \`${stream}\`; ${advice}`, word: stream, meant };
  }
  if (attribute === undefined || attribute === '' || isPartial) return undefined;
  const isMatch = toMatcher(crumbs(attribute));
  const attributes = found.flatMap(([, names]) => names);
  // A stream whose attributes are not described may have any.
  if (found.some(([, names]) => names.length === 0) || attributes.some((name) => isMatch(crumbs(name))))
    return undefined;
  const meant = isLiteral(attribute) ? closest(attribute, attributes) : undefined;
  const advice =
    meant === undefined
      ? 'correct it, or run the extractor again if its catalog is old'
      : `did you mean \`${meant}\`?`;
  return {
    message: `no attribute of \`${stream}\` fits \`${attribute}\` in the catalog; ${advice}`,
    word: attribute,
    meant,
  };
}

/** Meltano holds a pattern against the way to an attribute, not its bare name. */
function crumbs(attribute: string): string {
  return attribute
    .split('.')
    .map((name) => `properties.${name}`)
    .join('.');
}

function isLiteral(pattern: string): boolean {
  return !/[*?[]/u.test(pattern);
}
