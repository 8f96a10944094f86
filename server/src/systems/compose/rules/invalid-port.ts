import type { Rule } from '../../../core/rule.ts';
import { get, itemsOf, type ScalarNode } from '../../../core/tree.ts';
import { textAt, type ComposeModel } from '../model.ts';
import { splitPort } from '../ports.ts';

/** A port that Compose cannot read: `http:80`, `70000:80`, `3000-3002:3000-3001`. */
export const invalidPort: Rule<ComposeModel> = {
  id: 'compose/invalid-port',
  severity: 'error',
  check({ model }, report) {
    for (const { value } of model.services) {
      for (const entry of itemsOf(get(value, 'ports'))) {
        const address = textAt(entry, 'host_ip');
        if (entry.kind === 'scalar') {
          const fault = faultOf(entry);
          if (fault) report(entry, fault);
        } else if (address && !address.text.includes('$') && !isAddress(address.text))
          report(address, notAnAddress(address.text));
      }
    }
  },
};

function faultOf({ text, value }: ScalarNode): string | undefined {
  if (text.includes('$') || value === null || typeof value === 'boolean') return undefined;
  if (text === '') return 'a port is missing here; write `host:container`, such as `8080:80`';
  if (typeof value === 'number')
    return Number.isInteger(value) ? undefined : `\`${text}\` is no port; write a whole number`;
  const { address, host, container, protocol } = splitPort(text);
  if (protocol !== undefined && !/^(?:tcp|udp|sctp)$/i.test(protocol))
    return `\`${protocol}\` is no protocol; write \`tcp\`, \`udp\` or \`sctp\``;
  if (container === '') return 'the port of the container is missing; write `host:container`';
  for (const part of [host, container]) {
    if (part === undefined || part === '') continue;
    const range = rangeOf(part);
    if (!range) return `\`${part}\` is no port; write a number up to 65535, or a range such as \`8000-8010\``;
  }
  if (address !== undefined && address !== '' && !isAddress(address)) return notAnAddress(address);
  const [outside, inside] = [host ? rangeOf(host) : undefined, rangeOf(container)!];
  // One port of the container may take any free one of a range.
  if (outside && outside !== inside && inside > 1)
    return `\`${host}\` and \`${container}\` are ranges of different length; give both as many ports`;
  return undefined;
}

function notAnAddress(text: string): string {
  return `\`${text}\` is no address of this machine; write one such as \`127.0.0.1\``;
}

/** How many ports it names; undefined where it names none. */
function rangeOf(text: string): number | undefined {
  const found = /^(\d+)(?:-(\d+))?$/.exec(text);
  if (!found) return undefined;
  const [from, to] = [Number(found[1]), Number(found[2] ?? found[1])];
  return from <= to && to <= 65_535 ? to - from + 1 : undefined;
}

function isAddress(text: string): boolean {
  if (text.includes(':')) return /^[\da-f:.]+$/i.test(text);
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256);
}
