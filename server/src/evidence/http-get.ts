import { reasonOf, Unreachable } from './connect.ts';

export interface HttpAnswer {
  readonly status: number;
  readonly text: string;
}

/** Limit: what is asked for is a status or a value, not a download. */
const mostBytes = 4_000_000;

/** One question, following nobody elsewhere: another host is another decision. Rejects with `Unreachable`, or when ended. */
export async function httpGet(url: string, signal: AbortSignal): Promise<HttpAnswer> {
  const plain = new URL(url);
  const login = loginOf(plain);
  plain.username = plain.password = '';
  try {
    const answer = await fetch(plain, {
      redirect: 'manual',
      signal,
      headers: { accept: 'application/json, */*', 'user-agent': 'penstock', ...login },
    });
    return { status: answer.status, text: await textOf(answer) };
  } catch (error) {
    signal.throwIfAborted();
    throw new Unreachable(reasonOf(error));
  }
}

/** `fetch` takes no login in an address. */
function loginOf({ username, password }: URL): { readonly authorization?: string } {
  if (username === '' && password === '') return {};
  const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { authorization: `Basic ${Buffer.from(login).toString('base64')}` };
}

async function textOf(answer: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of answer.body ?? []) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > mostBytes) break;
  }
  return Buffer.concat(chunks).toString('utf8');
}
