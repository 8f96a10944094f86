import type { Platform } from '../core/platform.ts';
import { yamlPlaceAt } from '../core/schema/yaml-place.ts';
import { touches, type Span } from '../core/span.ts';
import type { Parameter } from '../core/step.ts';
import type { ToldStep } from '../core/step-options.ts';
import type { HoverText, ParsedFile, Suggestion } from '../core/system.ts';
import { nodeAt } from '../core/tree.ts';
import { stepReader } from '../core/told-options.ts';

/**
 * What a step's tool can be told at an offset: the options that are not there yet, or an option's values. Undefined
 * where the file tells no tool anything, or nobody knows the step.
 */
export function completeStepOption(
  platform: Platform,
  file: ParsedFile,
  offset: number,
): readonly Suggestion[] | undefined {
  for (const told of toldIn(platform, file)) {
    const place = inFlow(told, file, offset) ?? inBlock(told, file, offset);
    if (!place) continue;
    const { option, span } = place;
    const parameters = stepReader(platform, file.source.path)(told)?.parameters;
    if (!parameters) return undefined;
    if (option !== undefined) return valuesOf(parameters, option, span);
    const there = new Set(told.options.flatMap(({ key }) => (touches(key.span, offset) ? [] : key.text)));
    const isKeyWritten = /^\s*:/u.test(file.source.text.slice(span.end, span.end + 20));
    return parameters
      .filter(({ name }) => !there.has(name))
      .map((parameter) => ({
        label: parameter.name,
        kind: 'key',
        detail: [parameter.type, ...defaultOf(parameter)].join(' · '),
        insertText: isKeyWritten ? parameter.name : `${parameter.name}: `,
        span,
        ...(parameter.description === undefined ? {} : { documentation: parameter.description }),
      }));
  }
  return undefined;
}

/** What the option of a step is that the offset is in. */
export function describeStepOption(
  platform: Platform,
  file: ParsedFile,
  offset: number,
): HoverText | undefined {
  for (const told of toldIn(platform, file)) {
    const pair = told.options.find(({ key }) => touches(key.span, offset));
    if (!pair) continue;
    const known = stepReader(platform, file.source.path)(told);
    const parameter = known?.parameters.find(({ name }) => name === pair.key.text);
    return parameter && { span: pair.key.span, markdown: describe(parameter) };
  }
  return undefined;
}

function toldIn(platform: Platform, file: ParsedFile): readonly ToldStep[] {
  return platform.systemOf(file.source.path)?.toldSteps?.(file) ?? [];
}

/** Where the option, or its value, is written; `option` is absent where a name is. */
interface OptionPlace {
  readonly option?: string;
  readonly span: Span;
}

function inFlow(
  { holder, options }: ToldStep,
  { source }: ParsedFile,
  offset: number,
): OptionPlace | undefined {
  const isFlow = holder?.kind === 'map' && source.text[holder.span.start] === '{';
  if (!isFlow || offset <= holder.span.start || offset >= holder.span.end) return undefined;
  const here = { start: offset, end: offset };
  const before = options.findLast(({ key }) => key.span.start <= offset);
  if (!before) return { span: here };
  const { key, value } = before;
  if (touches(key.span, offset)) return { span: key.span };
  if (value.kind !== 'scalar') return undefined;
  const isWritten = value.value !== null;
  if (isWritten && touches(value.span, offset)) return { option: key.text, span: value.span };
  const between = source.slice({ start: isWritten ? value.span.end : key.span.end, end: offset });
  if (between.includes(',')) return { span: here };
  return isWritten ? undefined : { option: key.text, span: here };
}

function inBlock(
  { holder }: ToldStep,
  { source, tree }: ParsedFile,
  offset: number,
): OptionPlace | undefined {
  const place = tree && holder && yamlPlaceAt(source, offset);
  if (!place) return undefined;
  const { pointer, kind, span } = place;
  if (kind === 'key') return nodeAt(tree, pointer) === holder ? { span } : undefined;
  const option = pointer.at(-1);
  const isValue = kind === 'value' && nodeAt(tree, pointer.slice(0, -1)) === holder;
  return isValue && option !== undefined ? { option, span } : undefined;
}

function valuesOf(parameters: readonly Parameter[], option: string, span: Span): readonly Suggestion[] {
  const parameter = parameters.find(({ name }) => name === option);
  const values = parameter?.type === 'boolean' ? ['true', 'false'] : (parameter?.options ?? []);
  return values.map((label) => ({
    label,
    kind: 'value',
    span,
    ...(label === parameter?.default ? { detail: 'default' } : {}),
  }));
}

function defaultOf({ default: otherwise }: Parameter): readonly string[] {
  return otherwise === undefined || otherwise === '' ? [] : [`default \`${otherwise}\``];
}

function describe({ name, type, description, options = [], ...rest }: Parameter): string {
  const choices = options.map((option) => `\`${option}\``).join(', ');
  const [otherwise] = defaultOf({ name, type, ...rest });
  return [
    `**${name}** — ${type}`,
    description,
    choices === '' ? undefined : `One of ${choices}.`,
    otherwise === undefined ? undefined : `${otherwise.replace('default', 'Default:')}.`,
  ]
    .filter((part) => part !== undefined)
    .join('\n\n');
}
