import { readFile } from 'node:fs/promises';
import type { Judgement, Probe } from '../core/evidence.ts';
import { resolvePath } from '../core/path.ts';
import { toFsPath } from '../files/node-files.ts';
import { isAllowed, notAllowed } from './allowed-hosts.ts';
import { reasonOf } from './connect.ts';
import { variablesFor } from './fill-probe.ts';
import { judgeFile } from './probe-database.ts';
import type { ProbeAround, Prober } from './probe.ts';

type Asked = Extract<Probe, { readonly kind: 'query' }>;

/** What a tool keeps in the database that its settings name. Nothing of an address but host, port and database is ever shown. */
export const probeQuery: Prober<'query'> = async (probe, around) => {
  const { check } = around;
  const variables = variablesFor(check, around);
  const text = await readFile(toFsPath(resolvePath(check.folder, probe.file)), 'utf8').catch(() => '');
  const written = variables[probe.variable] ?? probe.addressIn(text);
  const unknown = (seen: string, next: string): Judgement => ({
    state: 'unknown',
    expected: check.title,
    seen,
    next,
  });
  if (written === undefined) return unknown('nothing names the database', `set \`${probe.variable}\``);
  const missing: string[] = [];
  const address = written.replaceAll(/\$(?:\{(\w+)\}|(\w+))/g, (_all, braced?: string, bare?: string) => {
    const name = braced ?? bare!;
    if (variables[name] === undefined) missing.push(name);
    return variables[name] ?? '';
  });
  if (missing[0] !== undefined)
    return unknown(`\`${missing[0]}\` has no value`, 'set it in the environment, or in `.env`');
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

interface Server {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly username: string;
  readonly password: string;
  readonly ssl: 'require' | 'verify-full' | false;
  /** What libpq takes as `options`: `-csearch_path=meltano`. */
  readonly options: string | undefined;
}

/** The parts of `postgresql+psycopg://user:password@host:5432/name?sslmode=require`; undefined for all else. */
function serverOf(address: string): Server | undefined {
  const found = /^postgres(?:ql)?(?:\+\w+)?(:\/\/[^]+)$/.exec(address);
  if (!found || !URL.canParse(`postgresql${found[1]!}`)) return undefined;
  const url = new URL(`postgresql${found[1]!}`);
  if (url.hostname === '') return undefined;
  const mode = url.searchParams.get('sslmode') ?? 'prefer';
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || 5432),
    database: decodeURIComponent(url.pathname.slice(1)),
    username: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    ssl: mode.startsWith('verify') ? 'verify-full' : mode === 'require' ? 'require' : false,
    options: url.searchParams.get('options') ?? undefined,
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
