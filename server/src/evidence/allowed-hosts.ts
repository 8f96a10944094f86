import { BlockList, isIP } from 'node:net';
import type { Judgement } from '../core/evidence.ts';

/** Addresses that lead to this machine, however they are written: `::ffff:7f00:1` is `127.0.0.1`. */
const own = new BlockList();
own.addSubnet('127.0.0.0', 8);
own.addAddress('::1', 'ipv6');
// What listens at all addresses is called so, and connecting to it stays here.
own.addAddress('0.0.0.0');
own.addAddress('::', 'ipv6');

/** True for this machine itself. */
export function isLoopback(host: string): boolean {
  const plain = host.replace(/^\[|\]$/g, '').toLowerCase();
  const version = isIP(plain);
  return version === 0 ? plain === 'localhost' : own.check(plain, version === 4 ? 'ipv4' : 'ipv6');
}

/** True where the host may be connected to: this machine, or one that the user named. */
export function isAllowed(host: string, allowed: readonly string[]): boolean {
  if (isLoopback(host)) return true;
  const plain = host.toLowerCase();
  return allowed.some((each) => {
    const wanted = each.trim().toLowerCase();
    return wanted.startsWith('*.') ? plain.endsWith(wanted.slice(1)) : plain === wanted;
  });
}

/**
 * What is said of a check that would connect to a host that nobody named; `written` is the address where a variable
 * says it, whose value is not shown.
 */
export function notAllowed(host: string, expected: string, written?: string): Judgement {
  if (written !== undefined)
    return {
      state: 'unknown',
      expected,
      seen: `\`${written}\` is another machine, and nobody allowed to ask it`,
      where: written,
      next: 'add the host that it stands for to `penstock.readiness.allowHosts`, or run with `--allow-host`',
    };
  return {
    state: 'unknown',
    expected,
    seen: `\`${host}\` is another machine, and nobody allowed to ask it`,
    where: host,
    blockedHost: host,
    next: `add \`${host}\` to \`penstock.readiness.allowHosts\`, or run with \`--allow-host ${host}\``,
  };
}
