import type { Hello } from './probe-network.ts';

const protocolVersion = 196_608;

/** The longest message of each kind that libpq takes for an answer to a start. */
const longest: Readonly<Record<string, number>> = { R: 2_000, E: 30_000 };
/** What tells of its length, and a word. */
const shortest = 8;

/** A start-up message, as `pg_isready` sends one: any answer but 'starting up' says that connections are taken. */
export const helloPostgres: Hello = async (connection) => {
  connection.send(startUp({ user: 'penstock', database: 'postgres', application_name: 'penstock' }));
  // What begins otherwise is no answer of PostgreSQL, however much would follow.
  const answer = await connection.receive((bytes) => !isAnswer(bytes) || isWhole(bytes));
  if (!isAnswer(answer) || !isWhole(answer)) return undefined;
  if (kindOf(answer) === 'R') return { state: 'passed', seen: 'it takes connections' };
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

function kindOf(bytes: Buffer): string {
  return bytes.toString('latin1', 0, 1);
}

/** Whether it is the beginning of an answer, as far as it has come: many a server begins its own words with an `E`. */
function isAnswer(bytes: Buffer): boolean {
  const most = longest[kindOf(bytes)];
  if (most === undefined) return false;
  if (bytes.length < 5) return true;
  const length = bytes.readInt32BE(1);
  return length >= shortest && length <= most;
}

function isWhole(bytes: Buffer): boolean {
  return bytes.length >= 5 && bytes.length > bytes.readInt32BE(1);
}
