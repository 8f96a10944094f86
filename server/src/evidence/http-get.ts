import { request, type IncomingMessage } from 'node:http';
import { request as requestOverTls } from 'node:https';
import { isLoopback } from './allowed-hosts.ts';
import { brokenOff, unreachable, Unreachable } from './connect.ts';
import { decoded } from './decoded.ts';

export interface HttpAnswer {
  readonly status: number;
  /** Who has to say who they are, as the server asks for it; '' where it does not. */
  readonly challenge: string;
  /** What it says; undefined where that is more than is read. */
  readonly text: string | undefined;
}

/** Limit: what is asked for is a status or a value, not a download. */
const mostBytes = 4_000_000;

/**
 * One question, following nobody elsewhere: another host is another decision. What is said is read only where somebody
 * wants it, for it may never end. Rejects with `Unreachable`, or when ended.
 */
export async function httpGet(
  url: string,
  signal: AbortSignal,
  { isRead = true }: { readonly isRead?: boolean } = {},
): Promise<HttpAnswer> {
  const address = new URL(url);
  try {
    const answer = await answerTo(address, signal);
    const { statusCode: status = 0, headers } = answer;
    const challenge = headers['www-authenticate'] ?? '';
    if (isRead) return { status, challenge, text: await textOf(answer) };
    answer.destroy();
    return { status, challenge, text: '' };
  } catch (error) {
    signal.throwIfAborted();
    const why = unreachable(error);
    throw address.protocol === 'http:' && why.message === brokenOff
      ? new Unreachable(brokenOff, 'look into its log, or ask by `https://` where it speaks TLS')
      : why;
  }
}

function answerTo(url: URL, signal: AbortSignal): Promise<IncomingMessage> {
  const ask = url.protocol === 'https:' ? requestOverTls : request;
  const options = {
    signal,
    agent: false,
    auth: loginOf(url),
    headers: { accept: 'application/json, */*', 'user-agent': 'penstock' },
    // Who answers on this machine needs nobody to vouch for it: a server's first certificate is its own.
    ...(isLoopback(url.hostname) ? { rejectUnauthorized: false } : {}),
  };
  const plain = new URL(url);
  plain.username = plain.password = '';
  return new Promise((resolve, reject) => ask(plain, options, resolve).on('error', reject).end());
}

/** Node decodes no login that holds a lone `%`. */
function loginOf({ username, password }: URL): string | null {
  return username === '' && password === '' ? null : `${decoded(username)}:${decoded(password)}`;
}

async function textOf(answer: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > mostBytes) return undefined;
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}
