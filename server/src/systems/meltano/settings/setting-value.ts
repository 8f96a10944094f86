import { closest } from '../../../core/closest.ts';
import type { Fix, Severity } from '../../../core/finding.ts';
import { isSecretKey } from '../../../core/secret-key.ts';
import type { Node, ScalarNode } from '../../../core/tree.ts';
import type { Setting } from './plugin-settings.ts';

export interface ValueFault {
  readonly severity: Severity;
  /** Never holds the value of what is sensitive. */
  readonly message: string;
  readonly meant?: string;
}

/**
 * What is wrong with a setting's value: an error where Meltano cannot make the kind of it and stops, a warning where
 * it passes on what the plugin hardly expects.
 */
export function valueFault(setting: Setting, node: Node): ValueFault | undefined {
  const kind = setting.definition.data?.['kind'];
  if (kind === undefined || isUnsure(node)) return undefined;
  if (kind === 'options') return node.kind === 'scalar' ? optionFault(setting, node) : undefined;
  const wanted = Object.hasOwn(words, kind) ? words[kind] : undefined;
  if (!wanted) return undefined;
  if (node.kind === 'scalar' && typeof node.value === 'string') {
    if (wanted.text(node.text)) return undefined;
    return wanted.isRefused
      ? refused(`\`${setting.name}\` takes ${wanted.title}, and Meltano refuses this text; ${wanted.advice}`)
      : passedOn(`\`${setting.name}\` takes ${wanted.title}, which this text is not; ${wanted.advice}`);
  }
  if (wanted.fits(node)) return undefined;
  return passedOn(`\`${setting.name}\` takes ${wanted.title}, not ${titleOf(node)}; ${wanted.advice}`);
}

export function fixOf({ meant }: ValueFault, path: string, node: Node): readonly Fix[] {
  if (meant === undefined) return [];
  const edits = [{ path, span: node.span, newText: meant }];
  return [{ title: `Change to \`${meant}\``, edits, certain: false }];
}

/** What the kind takes, where Meltano cannot make it of the text and stops. */
export function refusedBy(kind: string, text: string): string | undefined {
  const wanted = Object.hasOwn(words, kind) ? words[kind] : undefined;
  return wanted?.isRefused && !wanted.text(text) ? wanted.title : undefined;
}

interface Wanted {
  readonly title: string;
  readonly advice: string;
  /** Whether Meltano can make the kind of a text, or the text says what the kind wants. */
  text(text: string): boolean;
  readonly isRefused: boolean;
  /** For what is no text. */
  fits(node: Node): boolean;
}

const words: Readonly<Record<string, Wanted>> = {
  integer: {
    title: 'a whole number',
    advice: 'write digits without quotes',
    text: (text) => /^\s*[+-]?\d+(?:_\d+)*\s*$/u.test(text),
    isRefused: true,
    fits: (node) => node.kind === 'scalar' && Number.isInteger(node.value),
  },
  decimal: {
    title: 'a number',
    advice: 'write it without quotes',
    // As Python's `Decimal` reads it, to which a `_` is nothing anywhere.
    text: (text) =>
      /^\s*[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|inf(?:inity)?|s?nan\d*)\s*$/iu.test(
        text.replaceAll('_', ''),
      ),
    isRefused: true,
    fits: (node) => node.kind === 'scalar' && typeof node.value === 'number',
  },
  boolean: {
    title: '`true` or `false`',
    advice: 'Meltano takes whatever else is written for `false`',
    text: (text) => /^(?:true|false|1|0|yes|no|on|off|)$/iu.test(text),
    isRefused: false,
    fits: (node) =>
      node.kind === 'scalar' && (typeof node.value === 'boolean' || node.value === 0 || node.value === 1),
  },
  date_iso8601: {
    title: 'a date',
    advice: 'write it as `2026-01-31` or `2026-01-31T00:00:00Z`',
    text: (text) => text === '' || /^\d{4}-?\d{2}(?:-?\d{2})?(?:[T ].*)?$/u.test(text),
    isRefused: false,
    fits: () => false,
  },
  object: {
    title: 'a mapping',
    advice: 'write its keys below it',
    text: (text) => /^\s*\{/u.test(text),
    isRefused: true,
    fits: (node) => node.kind === 'map',
  },
  array: {
    title: 'a list',
    advice: 'write each item behind `- `',
    // Whatever Python takes for a sequence passes, a quoted text too.
    text: (text) => /^\s*[[("']/u.test(text),
    isRefused: true,
    fits: (node) => node.kind === 'seq',
  },
};

function optionFault(setting: Setting, node: ScalarNode): ValueFault | undefined {
  const { options, name, definition } = setting;
  if (options.length === 0)
    return refused(
      `\`${name}\` is one of several options, of which none is listed, so Meltano refuses every value; list them, or give it another kind`,
    );
  const type = typeof node.value;
  const isSame = options.some((option) =>
    type === 'string'
      ? option.type === 'string' && option.value === node.text
      : option.type === type && Number(option.value) === Number(node.value),
  );
  if (isSame) return undefined;
  const values = options.map(({ value }) => value);
  const isOpen = !definition.data?.['sensitive'] && !isSecretKey(name);
  const what = isOpen && node.text.length <= 60 ? `\`${plain(node.text)}\`` : 'this value';
  const told = `${what} is none of the options of \`${name}\``;
  if (values.includes(node.text))
    return refused(`${told}; write it ${type === 'string' ? 'without quotes' : 'in quotes'}`);
  const meant = closest(node.text, values);
  if (meant !== undefined) return { ...refused(`${told}; did you mean \`${meant}\`?`), meant };
  return refused(`${told}; use ${oneOf(values.slice(0, 12).map((value) => `\`${plain(value)}\``))}`);
}

function plain(text: string): string {
  return text.replaceAll('`', '');
}

/** Variables are put in when the setting is read, and nothing is set by a null. */
function isUnsure(node: Node): boolean {
  return node.kind === 'scalar' && (node.value === null || node.text.includes('$'));
}

function titleOf(node: Node): string {
  if (node.kind === 'map') return 'a mapping';
  if (node.kind === 'seq') return 'a list';
  return typeof node.value === 'boolean' ? '`true` or `false`' : 'a number';
}

function oneOf(list: readonly string[]): string {
  return list.length < 2 ? list.join('') : `${list.slice(0, -1).join(', ')} or ${list.at(-1)}`;
}

function refused(message: string): ValueFault {
  return { severity: 'error', message };
}

function passedOn(message: string): ValueFault {
  return { severity: 'warning', message };
}
