import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../../../scripts/support/cache.mjs';
import type { Answer, Case, Oracle } from './answer.ts';

/**
 * The same oracle, which is asked only what it was not asked before.
 * Answers lie outside the work tree under what decides them: the oracle, how it is asked, the project.
 */
export function remembered(oracle: Oracle): Oracle {
  const folder = join(cacheFolder(), 'agreement', `${oracle.id}-${oracle.key}`);
  return {
    ...oracle,
    async ask(cases, hear) {
      const unknown = new Map<string, Case>();
      for (const each of cases) {
        const file = join(folder, `${hashOf(each)}.json`);
        if (existsSync(file)) hear(each.id, JSON.parse(readFileSync(file, 'utf8')) as Answer);
        else unknown.set(each.id, each);
      }
      await oracle.ask([...unknown.values()], (id, answer) => {
        store(join(folder, `${hashOf(unknown.get(id)!)}.json`), answer);
        hear(id, answer);
      });
    },
  };
}

function hashOf({ files, env, command }: Case): string {
  const sorted = Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([sorted, env, command]))
    .digest('hex')
    .slice(0, 32);
}

/** Appears whole or not at all. */
function store(file: string, answer: Answer): void {
  mkdirSync(join(file, '..'), { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(answer));
  renameSync(draft, file);
}
