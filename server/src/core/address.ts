import type { Address } from './evidence.ts';
import { referencesIn } from './references.ts';

/** `6379`, `db:5432`, `[::1]:5432`, `redis://cache`, `https://search`, where `usual` is the port of who names none. */
export function readAddress(text: string, usual: number | undefined): Address | undefined {
  const found =
    /^(?:[a-z]+:\/\/)?(?:(\[[\da-f:]+\]|[\w.-]*[a-z_][\w.-]*|\d+(?:\.\d+){3})(?::(\d{1,5}))?|:?(\d{1,5}))\/?$/i.exec(
      text.trim(),
    );
  if (!found) return undefined;
  const [, host = 'localhost', after, alone] = found;
  const port = Number(after ?? alone ?? usual ?? 0);
  if (port <= 0 || port >= 65_536) return undefined;
  return { host: host.replace(/^\[|\]$/g, ''), port, ...(isSecure(text) ? { isSecure: true } : {}) };
}

function isSecure(text: string): boolean {
  return /^\s*https:/i.test(text);
}

/** True for what can be read only once variables have values: `${DB_HOST}:5432`. */
export function isOpen(text: string): boolean {
  const references = referencesIn(text);
  return references.length > 0 && references.every(({ kind }) => kind === 'variable');
}

/**
 * A login in an address whose password holds signs that should have been encoded, `u:pa/ss@host`; what may be a port is
 * none. The first group is what stands before the password.
 */
export const rawLogin =
  /(:\/\/[^\s/:@'"[\]]{0,100}:)(?!\$|\d{1,5}(?![A-Za-z\d]))[^\s'"]{1,300}?(?=@(?:[\w.${}-]{1,255}|\[[\da-f:.]{2,45}\])(?::\d{1,5})?(?:[/?#,;)\s'"`]|$))/gi;

/** An address of the web as it may be shown: without its login and what it asks, for passwords and tokens travel in both. */
export function webAddressText(url: string): string {
  return url
    .replace(rawLogin, '://')
    .replace(/\/\/[^/?#]*@/, '//')
    .replace(/#.*$/s, '')
    .replace(/\?.*$/s, '?…');
}

/** An address as a person reads it: with its variables as they are written. */
export function addressText({ host, port, isSecure = false, open }: Address): string {
  return open?.text ?? `${isSecure ? 'https://' : ''}${host}:${port}`;
}
