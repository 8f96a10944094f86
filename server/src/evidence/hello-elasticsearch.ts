import { addressText } from '../core/address.ts';
import type { Address, Judgement } from '../core/evidence.ts';
import { objectIn, textOf } from '../core/json.ts';
import { isAllowed, notAllowed } from './allowed-hosts.ts';
import { httpGet } from './http-get.ts';
import type { ProbeAround } from './probe.ts';
import { reached } from './probe-network.ts';

/** The health of the cluster; one that asks who is there answers, too. A single node is yellow, which is well. */
export async function helloElasticsearch(
  address: Address,
  { signal, limits }: ProbeAround,
): Promise<Judgement> {
  const { host, port } = address;
  const where = addressText(address);
  const expected = `Elasticsearch answers at ${where}, and its cluster is not red`;
  if (!isAllowed(host, limits.allowedHosts)) return notAllowed(host, expected, address.open?.text);
  return reached({ expected, where }, async () => {
    const shown = host.includes(':') ? `[${host}]` : host;
    const { status, text } = await httpGet(`http://${shown}:${port}/_cluster/health`, signal);
    if (status === 401 || status === 403)
      return { state: 'passed', expected, where, seen: 'it answers, and asks for a login' };
    const health = healthIn(text);
    if (health === undefined)
      return {
        state: 'failed',
        expected,
        where,
        seen: 'something else answers',
        next: 'correct the address, or free the port for the server that is meant',
      };
    const seen = `the cluster is ${health}`;
    return health === 'red'
      ? { state: 'failed', expected, where, seen, next: 'look into `_cluster/allocation/explain`' }
      : { state: 'passed', expected, where, seen };
  });
}

function healthIn(text: string): string | undefined {
  const { cluster_name: cluster, status } = objectIn(text) ?? {};
  return typeof cluster === 'string' ? textOf(status) : undefined;
}
