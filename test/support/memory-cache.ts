import type { Kept, ParseCache } from '../../server/src/core/kept.ts';
import { decodeKept, encodeKept } from '../../server/src/files/kept-format.ts';

/** A cache in memory that holds the very bytes which would lie on disk. */
export class MemoryCache implements ParseCache {
  bytes: Uint8Array = new Uint8Array();

  read(): Kept | undefined {
    return decodeKept(this.bytes, 'test');
  }

  async write(_folders: readonly string[], kept: Kept): Promise<void> {
    this.bytes = Buffer.concat(await encodeKept(kept, 'test', async () => {}));
  }
}
