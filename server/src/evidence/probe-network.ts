import { addressText } from '../core/address.ts';
import type { Judgement, Protocol } from '../core/evidence.ts';
import { isAllowed, notAllowed } from './allowed-hosts.ts';
import { Unreachable, withConnection, type Connection } from './connect.ts';
import { helloElasticsearch } from './hello-elasticsearch.ts';
import { helloKafka } from './hello-kafka.ts';
import { helloPostgres } from './hello-postgres.ts';
import { helloRedis } from './hello-redis.ts';
import { Ended, type Prober } from './probe.ts';

/** What a server of the protocol answers to a greeting; undefined where what answers is no such server. */
export type Hello = (
  connection: Connection,
) => Promise<Pick<Judgement, 'state' | 'seen' | 'next'> | undefined>;

const overSockets: Readonly<Record<Exclude<Protocol, 'elasticsearch'>, { title: string; hello: Hello }>> = {
  redis: { title: 'Redis', hello: helloRedis },
  postgres: { title: 'PostgreSQL', hello: helloPostgres },
  kafka: { title: 'a Kafka broker', hello: helloKafka },
};

/** Something listens at the port. */
export const probePort: Prober<'port'> = async ({ address }, { signal, limits }) => {
  const where = addressText(address);
  const expected = `something listens at ${where}`;
  if (!isAllowed(address.host, limits.allowedHosts))
    return notAllowed(address.host, expected, address.open?.text);
  return reached({ expected, where }, signal, () =>
    withConnection(address, signal, async () => ({ state: 'passed', expected, seen: 'it is open', where })),
  );
};

/** A server answers in its own words. */
export const probeHello: Prober<'hello'> = async ({ protocol, address }, around) => {
  const where = addressText(address);
  const { signal, limits } = around;
  if (protocol === 'elasticsearch') return helloElasticsearch(address, around);
  const { title, hello } = overSockets[protocol];
  const expected = `${title} answers at ${where}`;
  if (!isAllowed(address.host, limits.allowedHosts))
    return notAllowed(address.host, expected, address.open?.text);
  return reached({ expected, where }, signal, () =>
    withConnection(address, signal, async (connection) => {
      const said = await hello(connection);
      return { expected, where, ...(said ?? (connection.hasAnswered ? otherServer : silent)) };
    }),
  );
};

/** What is said of a port at which a server of another kind answers. */
export const otherServer = {
  state: 'failed',
  seen: 'something else answers',
  next: 'correct the address, or free the port for the server that is meant',
} as const;

const silent = {
  state: 'failed',
  seen: 'it ends the connection without a word',
  next: 'look into its log, or correct the address',
} as const;

/** What cannot be reached is not ready; why, is said. Rejects with `Ended` when it is ended. */
export async function reached(
  head: Ended['asked'],
  signal: AbortSignal,
  ask: () => Promise<Judgement>,
): Promise<Judgement> {
  try {
    return await ask();
  } catch (error) {
    if (signal.aborted) throw new Ended(head);
    if (!(error instanceof Unreachable)) throw error;
    return { ...head, state: 'failed', seen: error.message, next: error.next };
  }
}
