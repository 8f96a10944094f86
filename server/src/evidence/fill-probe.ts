import { isOpen, readAddress, webAddressText } from '../core/address.ts';
import type { Address, Check, Judgement, Probe } from '../core/evidence.ts';
import { isInside } from '../core/path.ts';
import { fill, referencesIn } from '../core/references.ts';
import { toFsPath } from '../files/node-files.ts';
import { variablesOfEnvFiles } from '../runs/env-files.ts';
import type { ProbeAround } from './probe.ts';

/** A probe whose address is known, with the values that must not be shown by what they stand for; or why it is not. */
export type FilledProbe =
  { readonly probe: Probe; readonly values: ReadonlyMap<string, string> } | { readonly judgement: Judgement };

/** Puts the variables of the environment, then of the `.env` files that runs read, into the address of a check. */
export function fillProbe(check: Check, around: Pick<ProbeAround, 'env' | 'limits'>): FilledProbe {
  const { probe } = check;
  const written = openTextOf(probe);
  if (written === undefined) return { probe, values: new Map() };
  const variables = variablesFor(check, around);
  const filled = fill(written, { parameter: () => undefined, variable: (name) => variables[name] });
  if ('missing' in filled)
    return unknown(check, `\`${filled.missing}\` has no value`, 'set it in the environment, or in `.env`');
  const known = filledWith(probe, filled.text);
  if (!known)
    return unknown(
      check,
      `what \`${written}\` stands for is no address`,
      'correct the variables, or the address',
    );
  const values = new Map(
    referencesIn(written).flatMap((found) => {
      const value = found.kind === 'variable' ? variables[found.name] : undefined;
      return value !== undefined && value.length >= shortestHidden
        ? [[value, written.slice(found.whole.start, found.whole.end)] as const]
        : [];
    }),
  );
  return { probe: known, values };
}

/** The judgement with variables as they are written in place of their values. */
export function withoutValues(judgement: Judgement, values: ReadonlyMap<string, string>): Judgement {
  const hide = (text: string): string =>
    [...values].reduce((rest, [value, written]) => rest.replaceAll(value, written), text);
  return { ...judgement, seen: hide(judgement.seen) };
}

/** Limit: what is shorter stands in words and numbers that have nothing to do with it. */
const shortestHidden = 4;

function openTextOf(probe: Probe): string | undefined {
  if (probe.kind === 'http') return isOpen(probe.url) ? probe.url : undefined;
  return probe.kind === 'port' || probe.kind === 'hello' ? probe.address.open?.text : undefined;
}

function filledWith(probe: Probe, text: string): Probe | undefined {
  if (probe.kind === 'http')
    return /^https?:\/\/[^\s/]/i.test(text) && URL.canParse(text)
      ? { ...probe, url: text, written: webAddressText(probe.url) }
      : undefined;
  if (probe.kind !== 'port' && probe.kind !== 'hello') return undefined;
  const { open } = probe.address;
  const read = readAddress(text, open?.usualPort);
  const address: Address | undefined = read && { ...read, ...(open ? { open } : {}) };
  return address && { ...probe, address };
}

/** The variables that a tool of the check's folder sees: of the environment, then of the `.env` files that runs read. */
export function variablesFor(
  { folder }: Check,
  { env, limits }: Pick<ProbeAround, 'env' | 'limits'>,
): NodeJS.ProcessEnv {
  const around = limits.folders.find((each) => isInside(folder, each)) ?? folder;
  return { ...variablesOfEnvFiles(toFsPath(folder), toFsPath(around)), ...env };
}

function unknown({ title }: Check, seen: string, next: string): FilledProbe {
  return { judgement: { state: 'unknown', expected: title, seen, next } };
}
