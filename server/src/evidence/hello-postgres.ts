import type { Hello } from './probe-network.ts';

const protocolVersion = 196_608;

/** A start-up message, as `pg_isready` sends one: any answer but 'starting up' says that connections are taken. */
export const helloPostgres: Hello = async (connection) => {
  connection.send(startUp({ user: 'penstock', database: 'postgres', application_name: 'penstock' }));
  const answer = await connection.receive(
    // What begins otherwise is no answer of PostgreSQL, however much would follow.
    (bytes) => !isAnswer(bytes) || (bytes.length >= 5 && bytes.length > bytes.readInt32BE(1)),
  );
  const kind = String.fromCharCode(answer[0] ?? 0);
  if (kind === 'R') return { state: 'passed', seen: 'it takes connections' };
  if (kind !== 'E') return undefined;
  const fields = fieldsOf(answer.subarray(5));
  const code = fields.get('C') ?? '';
  if (!/^[0-9A-Z]{5}$/.test(code)) return undefined;
  const message = fields.get('M') ?? '';
  if (code === '57P03')
    return {
      state: 'warning',
      seen: message || 'it is starting up',
      next: 'wait until it takes connections',
    };
  if (code === '53300')
    return { state: 'warning', seen: message, next: 'close connections, or raise `max_connections`' };
  // It looked at who asks, so it takes connections.
  return { state: 'passed', seen: 'it takes connections' };
};

function startUp(parameters: Readonly<Record<string, string>>): Buffer {
  const words = Object.entries(parameters).flat();
  const body = Buffer.from(`${words.map((word) => `${word}\0`).join('')}\0`);
  const head = Buffer.alloc(8);
  head.writeInt32BE(body.length + 8, 0);
  head.writeInt32BE(protocolVersion, 4);
  return Buffer.concat([head, body]);
}

/** The fields of an error: a letter and a text, each ended by a zero. */
function fieldsOf(bytes: Buffer): ReadonlyMap<string, string> {
  const parts = bytes.toString('utf8').split('\0');
  return new Map(parts.filter((part) => part !== '').map((part) => [part[0]!, part.slice(1)]));
}

function isAnswer(bytes: Buffer): boolean {
  return bytes[0] === 0x52 || bytes[0] === 0x45;
}
