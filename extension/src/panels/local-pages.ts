import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, dirname, extname, join, normalize } from 'node:path';
import { pipeline } from 'node:stream/promises';

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.gif': 'image/gif',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.woff2': 'font/woff2',
};

/**
 * Gives pages of the disk an address, for pages that load what lies beside them (dbt's documentation does) and for
 * browsers that are not on this machine: VS Code forwards the port. Only this machine can ask, and only who knows
 * the address; nothing is given but files of the page's own folder. The server starts with the first page.
 */
export class LocalPages {
  /** Folders by the random word that their addresses begin with. */
  readonly #folders = new Map<string, string>();
  #server: Server | undefined;

  /** The address of a page. */
  async addressOf(path: string): Promise<string> {
    const folder = dirname(path);
    const known = [...this.#folders].find(([, each]) => each === folder)?.[0];
    const word = known ?? randomBytes(16).toString('hex');
    this.#folders.set(word, folder);
    return `http://127.0.0.1:${await this.#port()}/${word}/${encodeURIComponent(basename(path))}`;
  }

  dispose(): void {
    this.#server?.close();
    this.#server?.closeAllConnections();
  }

  async #port(): Promise<number> {
    if (!this.#server) {
      this.#server = createServer((request, response) => void this.#answer(request, response));
      // It keeps nothing from ending.
      this.#server.listen(0, '127.0.0.1').unref();
      await once(this.#server, 'listening');
    }
    return (this.#server.address() as AddressInfo).port;
  }

  async #answer({ method, url = '' }: IncomingMessage, response: ServerResponse): Promise<void> {
    const file = method === 'GET' || method === 'HEAD' ? this.#fileOf(url) : undefined;
    const found = file === undefined ? undefined : await stat(file).catch(() => undefined);
    if (file === undefined || !found?.isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      'content-type': types[extname(file).toLowerCase()] ?? 'application/octet-stream',
      'content-length': found.size,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    if (method === 'HEAD') response.end();
    // Who goes away in the middle of it wants no more.
    else await pipeline(createReadStream(file), response).catch(() => undefined);
  }

  /** Undefined for what lies outside of the folder, and for folders that nobody asked for. */
  #fileOf(url: string): string | undefined {
    const [, word = '', ...names] = (url.split(/[?#]/)[0] ?? '').split('/');
    const folder = this.#folders.get(word);
    if (folder === undefined) return undefined;
    const path = decoded(names.join('/'));
    if (path === undefined || path.includes('\0')) return undefined;
    const inside = normalize(path);
    return inside.startsWith('..') || /^(?:[/\\]|[A-Za-z]:)/.test(inside) ? undefined : join(folder, inside);
  }
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
