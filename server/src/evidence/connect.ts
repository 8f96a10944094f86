import { connect, type Socket } from 'node:net';
import type { Address } from '../core/evidence.ts';

/** Why a connection could not be had, for a person, 'nothing listens there', and what to do about it. */
export class Unreachable extends Error {
  readonly next: string;

  constructor(why: string, next = 'start it, or correct the address') {
    super(why);
    this.next = next;
  }
}

/** Said of who ends a connection without an answer. */
export const brokenOff = 'the connection was broken off';

const notTls = 'what answers does not speak TLS as this machine does';

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the name of the host cannot be resolved',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  ETIMEDOUT: 'it did not answer in time',
  ECONNRESET: brokenOff,
  EPIPE: brokenOff,
  EPROTO: notTls,
};

/** What a failed connection means, in words: those of what is at the bottom of it where nobody has better ones. */
export function reasonOf(error: unknown): string {
  let why = error instanceof Error ? error.message : String(error);
  for (let each = error; each instanceof Error; each = each.cause) {
    const all = each instanceof AggregateError ? [each, ...each.errors] : [each];
    for (const { code = '' } of all as readonly { readonly code?: string }[]) {
      if (code.startsWith('HPE_')) return 'what answers does not speak HTTP';
      if (code.startsWith('ERR_SSL_')) return notTls;
      const known = reasons[code];
      if (known !== undefined) return known;
    }
    why = each.message || why;
  }
  return why;
}

/** A failed connection as a person is told of it. */
export function unreachable(error: unknown): Unreachable {
  if (error instanceof Unreachable) return error;
  const { code = '' } = error as { readonly code?: string };
  // Behind a semicolon Node advises those who start Node.
  return isOfCertificate.test(code)
    ? new Unreachable(
        `this machine does not trust its certificate: ${reasonOf(error).split(';', 1)[0]}`,
        'renew the certificate, or name the file of who signed it in `NODE_EXTRA_CA_CERTS`',
      )
    : new Unreachable(reasonOf(error));
}

/** As `CERT_HAS_EXPIRED` and `SELF_SIGNED_CERT_IN_CHAIN`, which OpenSSL says, or Node's own of names. */
const isOfCertificate = /^(?!ERR_SSL_).*CERT|LEAF_SIGNATURE|^INVALID_CA$/;

/** A connection, handed to `talk` and ended after it. Rejects with `Unreachable`, or when it is ended from outside. */
export async function withConnection<T>(
  { host, port }: Address,
  signal: AbortSignal,
  talk: (connection: Connection) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const socket = connect({ host, port });
  const end = (): void => void socket.destroy(new Unreachable('it was ended'));
  signal.addEventListener('abort', end, { once: true });
  try {
    await connected(socket);
    return await talk(new Connection(socket));
  } catch (error) {
    signal.throwIfAborted();
    throw unreachable(error);
  } finally {
    signal.removeEventListener('abort', end);
    socket.destroy();
  }
}

function connected(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
}

/** Limit: a greeting is short; what says more is not what was asked for. */
const mostBytes = 65_536;

/** What is sent and what comes back. */
export class Connection {
  readonly #socket: Socket;
  #received = Buffer.alloc(0);

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  /** Whether anything at all has come. */
  get hasAnswered(): boolean {
    return this.#received.length > 0;
  }

  send(bytes: Buffer | string): void {
    this.#socket.write(bytes);
  }

  /** What has come as soon as `isEnough` says so, or the other side has ended, or says too much. */
  receive(isEnough: (bytes: Buffer) => boolean): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const done = (): void => resolve(this.#received);
      this.#socket.on('data', (chunk: Buffer) => {
        this.#received = Buffer.concat([this.#received, chunk]);
        if (isEnough(this.#received) || this.#received.length > mostBytes) done();
      });
      this.#socket.once('end', done);
      this.#socket.once('error', reject);
      this.#socket.once('close', done);
    });
  }
}
