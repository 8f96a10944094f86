import { reasonOf, Unreachable } from './connect.ts';
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
  const plain = new URL(url);
  const login = loginOf(plain);
  plain.username = plain.password = '';
  try {
    const answer = await fetch(plain, {
      redirect: 'manual',
      signal,
      headers: { accept: 'application/json, */*', 'user-agent': 'penstock', ...login },
    });
    const challenge = answer.headers.get('www-authenticate') ?? '';
    if (isRead) return { status: answer.status, challenge, text: await textOf(answer) };
    await answer.body?.cancel();
    return { status: answer.status, challenge, text: '' };
  } catch (error) {
    signal.throwIfAborted();
    throw new Unreachable(reasonOf(error));
  }
}

/** `fetch` takes no login in an address. */
function loginOf({ username, password }: URL): { readonly authorization?: string } {
  if (username === '' && password === '') return {};
  const login = `${decoded(username)}:${decoded(password)}`;
  return { authorization: `Basic ${Buffer.from(login).toString('base64')}` };
}

async function textOf(answer: Response): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of answer.body ?? []) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > mostBytes) return undefined;
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}
