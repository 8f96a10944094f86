import { readFile } from 'node:fs/promises';
import type { Judgement, Probe } from '../core/evidence.ts';
import { resolvePath } from '../core/path.ts';
import { toFsPath } from '../files/node-files.ts';
import { isAllowed, notAllowed } from './allowed-hosts.ts';
import { reasonOf } from './connect.ts';
import { decoded } from './decoded.ts';
import { variablesFor } from './fill-probe.ts';
import { judgeFile } from './probe-database.ts';
import type { ProbeAround, Prober } from './probe.ts';

type Asked = Extract<Probe, { readonly kind: 'query' }>;

/** What a tool keeps in the database that its settings name. Nothing of an address but host, port and database is ever shown. */
export const probeQuery: Prober<'query'> = async (probe, around) => {
  const { check } = around;
  const read = await readAddress(probe, around);
  const unknown = (seen: string, next: string): Judgement => ({
    state: 'unknown',
    expected: check.title,
    seen,
    next,
  });
  if (!read) return unknown('nothing names the database', `set \`${probe.variable}\``);
  const { address, missing } = read;
  if (missing !== undefined)
    return unknown(`\`${missing}\` has no value`, 'set it in the environment, or in `.env`');
  const file = /^sqlite(?:\+\w+)?:\/\/\/([^?]+)/.exec(address)?.[1];
  if (file !== undefined) return judgeFile({ ...probe, file }, check);
  const server = serverOf(address);
  if (!server)
    return unknown(
      'its database is neither PostgreSQL at a host nor SQLite',
      'look there by hand, or waive the check',
    );
  return askServer(server, probe, around);
};

interface Read {
  readonly address: string;
  /** The first variable in it that nobody sets. */
  readonly missing: string | undefined;
}

/**
 * The address as tools read it: in the environment a `$` is a character like all others, perhaps one of a password,
 * a `.env` file knows `${NAME}`, and a tool's own file knows `$NAME`, too.
 */
async function readAddress(probe: Asked, around: ProbeAround): Promise<Read | undefined> {
  const { check, env } = around;
  const own = env[probe.variable];
  if (own !== undefined) return { address: own, missing: undefined };
  const variables = variablesFor(check, around);
  const set = variables[probe.variable];
  if (set !== undefined) return filled(set, /\$\{(\w+)\}/g, variables);
  const text = await readFile(toFsPath(resolvePath(check.folder, probe.file)), 'utf8').catch(() => '');
  const written = probe.addressIn(text);
  return written === undefined
    ? undefined
    : filled(written, /\\?\$(?:\{(\w+)\}|([A-Z][A-Z0-9_]*))/g, variables);
}

function filled(written: string, references: RegExp, variables: NodeJS.ProcessEnv): Read {
  let missing: string | undefined;
  const address = written.replaceAll(references, (whole: string, braced?: string, bare?: string) => {
    if (whole.startsWith('\\')) return whole.slice(1);
    const name = braced ?? bare!;
    if (variables[name] === undefined) missing ??= name;
    return variables[name] ?? '';
  });
  return { address, missing };
}

interface Server {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly username: string;
  readonly password: string;
  readonly ssl: 'prefer' | 'require' | 'verify-full' | false;
  /** What libpq takes as `options`: `-csearch_path=meltano`. */
  readonly options: string | undefined;
}

/** As SQLAlchemy takes it apart: a password may hold what would end a host in other addresses. */
const parts =
  /^postgres(?:ql)?(?:\+\w+)?:\/\/(?:([^:/@]*)(?::([^@]*))?@)?(?:\[([^\]/?]+)\]|([^/:?@]*))(?::(\d*))?(?:\/([^?@]*))?(?:\?(.*))?$/s;

/** By libpq's `sslmode`; where nobody says, it encrypts where the server can. */
const encryptions: Readonly<Record<string, 'require' | 'verify-full' | false>> = {
  disable: false,
  require: 'require',
  'verify-ca': 'verify-full',
  'verify-full': 'verify-full',
};

/** The parts of `postgresql+psycopg://user:password@host:5432/name?sslmode=require`; undefined for all else. */
function serverOf(address: string): Server | undefined {
  const [whole, username = '', password = '', ipv6, name = '', port, database = '', query = ''] =
    parts.exec(address) ?? [];
  const host = ipv6 ?? name;
  if (whole === undefined || host === '') return undefined;
  const options = new URLSearchParams(query);
  return {
    host,
    port: Number(port || 5432),
    database,
    username: decoded(username),
    password: decoded(password),
    ssl: encryptions[options.get('sslmode') ?? ''] ?? 'prefer',
    options: options.get('options') ?? undefined,
  };
}

async function askServer(
  server: Server,
  { sql, judge, made }: Asked,
  { check, limits, signal }: ProbeAround,
): Promise<Judgement> {
  const { host, port, database, options } = server;
  const expected = check.title;
  if (!isAllowed(host, limits.allowedHosts)) return notAllowed(host, expected);
  const where = `${host}:${port}/${database}`;
  signal.throwIfAborted();
  // Hardly any start of a program asks a database.
  const { default: postgres } = await import('postgres');
  const client = postgres({
    ...server,
    max: 1,
    fetch_types: false,
    prepare: false,
    onnotice: () => {},
    connection: {
      application_name: 'penstock',
      default_transaction_read_only: true,
      ...(options === undefined ? {} : { options }),
    },
  });
  const end = (): void => void client.end({ timeout: 0 });
  signal.addEventListener('abort', end, { once: true });
  try {
    return { where, ...judge(await client.unsafe(sql)) };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof postgres.PostgresError && error.code === '42P01')
      return { state: 'unknown', expected, seen: 'nothing ran yet', where, next: made };
    const next = 'start the database, or correct its address';
    return {
      state: 'unknown',
      expected,
      seen: `the database cannot be read: ${reasonOf(error)}`,
      where,
      next,
    };
  } finally {
    signal.removeEventListener('abort', end);
    await client.end({ timeout: 0 });
  }
}
