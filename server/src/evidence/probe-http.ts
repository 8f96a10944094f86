import { webAddressText } from '../core/address.ts';
import type { JsonValue, Judgement } from '../core/evidence.ts';
import { parseJson } from '../core/json.ts';
import { isAllowed, notAllowed } from './allowed-hosts.ts';
import { httpGet, type HttpAnswer } from './http-get.ts';
import type { Prober } from './probe.ts';
import { reached } from './probe-network.ts';

/** An address answers with a status and, where that is asked, with values in its JSON. */
export const probeHttp: Prober<'http'> = async ({ url, written, status, json }, { signal, limits }) => {
  const read = URL.canParse(url) ? new URL(url) : undefined;
  const shown = written ?? webAddressText(url);
  const parts = [
    `${shown} answers${status === undefined ? '' : ` ${status}`}`,
    ...json.map(({ path, equals }) => `\`${path}\` is ${equals === undefined ? 'there' : `\`${equals}\``}`),
  ];
  const expected = parts.join(', ');
  if (!read) return { state: 'unknown', expected, seen: 'this is no address', next: 'write a whole address' };
  if (!isAllowed(read.hostname.replace(/^\[|\]$/g, ''), limits.allowedHosts))
    return notAllowed(read.hostname, expected, written);
  return reached({ expected, where: shown }, signal, async () => {
    const answer = await httpGet(url, signal, { isRead: json.length > 0 });
    return { expected, where: shown, ...judge(answer, status, json) };
  });
};

function judge(
  { status, text }: HttpAnswer,
  wanted: number | undefined,
  json: readonly JsonValue[],
): Pick<Judgement, 'state' | 'seen' | 'next'> {
  const seen = `it answers ${status}`;
  const next = 'look into the log of what answers, or correct the address';
  if (wanted === undefined && status >= 400)
    return { state: 'failed', seen: `${seen}, which is an error`, next };
  if (wanted !== undefined && status !== wanted) return { state: 'failed', seen, next };
  if (json.length === 0) return { state: 'passed', seen };
  if (text === undefined)
    return {
      state: 'unknown',
      seen: `${seen} with more than is read`,
      next: 'ask an address that says less',
    };
  const body = parseJson(text);
  if (body === undefined)
    return { state: 'failed', seen: `${seen}, but not with JSON`, next: 'correct the address' };
  for (const { path, equals } of json) {
    const value = valueAt(body, path);
    if (value === undefined || (equals !== undefined && textOf(value) !== equals)) {
      const is = value === undefined ? 'is not there' : `is \`${said(value)}\``;
      return {
        state: 'failed',
        seen: `\`${path}\` ${is}`,
        next: 'mend what answers, or the value that is expected',
      };
    }
  }
  return { state: 'passed', seen: `${seen} with these values` };
}

/** `data.result.0.value`; a key that holds a dot itself is tried whole first. */
function valueAt(value: unknown, path: string): unknown {
  if (path === '') return value;
  if (typeof value !== 'object' || value === null) return undefined;
  const record = value as Readonly<Record<string, unknown>>;
  for (let end = path.length; end > 0; end = path.lastIndexOf('.', end - 1)) {
    const key = path.slice(0, end);
    if (Object.hasOwn(record, key)) {
      const found = valueAt(record[key], path.slice(end + 1));
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** Limit: so much of a value is shown, in one line. */
function said(value: unknown): string {
  return textOf(value).replace(/\s+/g, ' ').slice(0, 200);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
