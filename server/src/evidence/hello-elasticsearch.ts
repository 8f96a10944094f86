import { addressText } from '../core/address.ts';
import type { Address, Judgement } from '../core/evidence.ts';
import { objectIn, textOf } from '../core/json.ts';
import { isAllowed, notAllowed } from './allowed-hosts.ts';
import { httpGet, type HttpAnswer } from './http-get.ts';
import type { ProbeAround } from './probe.ts';
import { otherServer, reached } from './probe-network.ts';

/** The health of the cluster; one that asks who is there answers, too. A single node is yellow, which is well. */
export async function helloElasticsearch(
  address: Address,
  { signal, limits }: ProbeAround,
): Promise<Judgement> {
  const { host, port, isSecure = false } = address;
  const where = addressText(address);
  const expected = `Elasticsearch answers at ${where}, and its cluster is not red`;
  if (!isAllowed(host, limits.allowedHosts)) return notAllowed(host, expected, address.open?.text);
  return reached({ expected, where }, signal, async () => {
    const shown = host.includes(':') ? `[${host}]` : host;
    const answer = await httpGet(`${isSecure ? 'https' : 'http'}://${shown}:${port}/_cluster/health`, signal);
    if (answer.status === 401 || answer.status === 403) return { expected, where, ...lockedOut(answer) };
    const health = healthIn(answer.text);
    if (health === undefined) return { expected, where, ...otherServer };
    const seen = `the cluster is ${health}`;
    return health === 'red'
      ? { state: 'failed', expected, where, seen, next: 'look into `_cluster/allocation/explain`' }
      : { state: 'passed', expected, where, seen };
  });
}

/** Whatever stands before a server asks for a login, too; a cluster says so in its own words. */
function lockedOut({ text = '', challenge }: HttpAnswer): Pick<Judgement, 'state' | 'seen' | 'next'> {
  const { error, status } = objectIn(text) ?? {};
  if ((error !== undefined && status !== undefined) || /realm="(?:\w+ )*security"/i.test(challenge))
    return { state: 'passed', seen: 'it answers, and asks for a login' };
  return {
    state: 'unknown',
    seen: 'something asks for a login before it says what it is',
    next: 'ask `/_cluster/health` by `http`, with the login in the address as variables',
  };
}

function healthIn(text = ''): string | undefined {
  const { cluster_name: cluster, status } = objectIn(text) ?? {};
  return typeof cluster === 'string' ? textOf(status) : undefined;
}
