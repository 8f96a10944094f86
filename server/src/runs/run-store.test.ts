import { spawn, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { watchForCancel } from './cancel-file.ts';
import type { FollowEnd } from './follow-log.ts';
import { isRunning } from './process-table.ts';
import type { RunEvent, RunEventBody } from './run-event.ts';
import { cancelFile, createRunFolder, runIdFor } from './run-folder.ts';
import { RunStore } from './run-store.ts';
import { summaryOf } from './run-summary.ts';

let folder: string;
let store: RunStore;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'penstock-store-'));
  store = new RunStore(folder);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const start = Date.parse('2026-11-23T08:32:45.120Z');
const id = runIdFor(start);
const gone = spawnSync(process.execPath, ['-e', '']).pid;

function line(seq: number, body: RunEventBody, run = id): string {
  return `${JSON.stringify({ seq, at: new Date(start + seq * 1000).toISOString(), run, ...body })}\n`;
}

function started(pid: number): RunEventBody {
  const steps = [{ id: 's', step: 't:s', title: 'S', system: 't', needs: [] }];
  return { type: 'run-started', format: 1, requested: ['t:s'], title: 'S', steps, pid, folder };
}

function output(text: string): RunEventBody {
  return { type: 'output', step: 's', stream: 'stdout', level: 'info', text };
}

const ended: RunEventBody = {
  type: 'run-ended',
  status: 'failed',
  durationMs: 4000,
  totals: { succeeded: 1, failed: 2, skipped: 0, warned: 0 },
};
const stepFailed: RunEventBody = { type: 'step-ended', step: 's', status: 'failed', durationMs: 3000 };

/** A process that is not this one and began before the run did. */
function write(text: string, run = id): string {
  const file = store.logPath(run);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

async function readAll(run = id): Promise<readonly RunEvent[]> {
  const events: RunEvent[] = [];
  for await (const event of store.read(run)) events.push(event);
  return events;
}

describe('list', () => {
  test('a folder without runs has none', async () => {
    expect(await store.list()).toEqual([]);
  });

  test('newest first, each with how it ended', async () => {
    const older = runIdFor(start - 86_400_000);
    write(line(0, started(gone)) + line(4, ended));
    write(line(0, started(gone), older) + line(1, output('x'), older) + line(2, stepFailed, older), older);
    expect(await store.list()).toEqual([
      {
        id,
        title: 'S',
        requested: ['t:s'],
        status: 'failed',
        startedAt: '2026-11-23T08:32:45.120Z',
        durationMs: 4000,
        failed: 2,
        steps: 1,
        pid: gone,
      },
      {
        id: older,
        title: 'S',
        requested: ['t:s'],
        status: 'interrupted',
        startedAt: '2026-11-23T08:32:45.120Z',
        durationMs: 2000,
        failed: 1,
        steps: 1,
        pid: gone,
      },
    ]);
  });

  test('only both ends of a long log are read', async () => {
    const much = Array.from({ length: 20_000 }, (_, at) => line(at + 1, output(`line ${at}`))).join('');
    // Would be counted if it were read.
    write(
      line(0, started(gone)) +
        line(1, stepFailed) +
        much +
        line(30_000, { type: 'run-ended', status: 'succeeded', durationMs: 5 }),
    );
    expect(await store.list()).toMatchObject([{ status: 'succeeded', failed: 0, durationMs: 5 }]);
  });

  test('running while its process is there, interrupted when it is gone', async () => {
    const now = runIdFor(Date.now());
    const begun = {
      ...(JSON.parse(line(0, started(process.pid), now)) as object),
      at: new Date().toISOString(),
    };
    write(`${JSON.stringify(begun)}\n`, now);
    expect(await store.list()).toMatchObject([{ id: now, status: 'running', failed: 0 }]);
    write(line(0, started(gone), now), now);
    expect(await store.list()).toMatchObject([{ status: 'interrupted' }]);
  });

  test.runIf(process.platform === 'linux')('a process that began after the run is not its driver', () => {
    expect(isRunning(process.pid, { since: Date.now() })).toBe(true);
    expect(isRunning(process.pid, { since: start - 365 * 86_400_000 })).toBe(false);
  });

  test('a broken or unfinished last line does not count', async () => {
    for (const tail of [
      '{"seq":2,"at":"2026',
      '{"seq":2,"at":"x","run":"y","type":"run-ended"}\n',
      'null\n[]\n"x"\n',
      '\0\0\0\n',
    ]) {
      write(line(0, started(gone)) + line(1, output('x')) + tail);
      expect(await store.list(), tail).toMatchObject([{ status: 'interrupted', durationMs: 1000 }]);
      expect(
        (await readAll()).map((event) => event.seq),
        tail,
      ).toEqual([0, 1]);
    }
  });

  test('a log of a future format is named, not misread', async () => {
    write(line(0, { ...started(gone), format: 2 } as unknown as RunEventBody) + line(1, ended));
    const problem = 'this run was recorded by another version of Penstock (log format 2, this one reads 1)';
    expect(await store.list()).toEqual([
      {
        id,
        title: id,
        requested: [],
        status: 'interrupted',
        startedAt: '2026-11-23T08:32:45.120Z',
        failed: 0,
        steps: 0,
        problem,
      },
    ]);
    await expect(readAll()).rejects.toThrow(problem);
    const end = await new Promise<FollowEnd>((resolve) => store.follow(id, () => {}, resolve));
    expect(end).toEqual({ kind: 'unreadable', message: problem });
  });

  test('what is no run is left out', async () => {
    write('');
    mkdirSync(join(folder, '.penstock/runs/other'), { recursive: true });
    mkdirSync(join(folder, '.penstock/runs', runIdFor(start + 1)));
    expect(await store.list()).toEqual([]);
  });
});

describe('follow', () => {
  test('reads from the start and goes on while the log grows, to its end', async () => {
    const file = write(line(0, started(process.pid)).replace('2026-11-23', '2099-11-23'));
    const seen: RunEvent[] = [];
    let next = 1;
    const end = await new Promise<FollowEnd>((resolve) => {
      store.follow(
        id,
        (events) => {
          seen.push(...events);
          if (next > 5) return;
          // Half a line first: it is no event before its other half.
          const text = line(next, next === 5 ? ended : output(`ü ${next}`));
          const bytes = Buffer.from(text);
          appendFileSync(file, bytes.subarray(0, bytes.indexOf(0xc3) + 1));
          setTimeout(() => appendFileSync(file, bytes.subarray(bytes.indexOf(0xc3) + 1)), 20);
          next++;
        },
        resolve,
      );
    });
    expect(end).toEqual({ kind: 'ended' });
    expect(seen.map((event) => event.seq)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(seen[3]).toMatchObject({ text: 'ü 3' });
  });

  test('a long log comes in pieces', async () => {
    const much = Array.from({ length: 20_000 }, (_, at) => line(at + 1, output(`line ${at}`))).join('');
    write(line(0, started(gone)) + much + line(20_001, ended));
    let count = 0;
    let pieces = 0;
    await new Promise<FollowEnd>((resolve) => {
      store.follow(id, (events) => ((count += events.length), pieces++), resolve);
    });
    expect(count).toBe(20_002);
    expect(pieces).toBeGreaterThan(5);
  });

  test('tells when it has read what was there, and how far it is until then', async () => {
    const much = Array.from({ length: 20_000 }, (_, at) => line(at + 1, output(`line ${at}`))).join('');
    const file = write(line(0, started(process.pid)).replace('2026-11-23', '2099-11-23') + much);
    const parts: number[] = [];
    let count = 0;
    let countThen = 0;
    await new Promise<FollowEnd>((resolve) => {
      const onCatchUp = (part: number): void => {
        parts.push(part);
        if (part < 1) return;
        countThen = count;
        appendFileSync(file, line(20_001, ended));
      };
      store.follow(id, (events) => (count += events.length), resolve, { onCatchUp });
    });
    expect(countThen).toBe(20_001);
    expect(count).toBe(20_002);
    expect(parts.length).toBeGreaterThan(5);
    expect(parts).toEqual(parts.toSorted((one, other) => one - other));
    expect(parts.filter((part) => part === 1)).toHaveLength(1);
  });

  test('has not read how things stand when the driver of what it has read is gone', async () => {
    write(line(0, started(gone)) + line(1, output('last words')));
    const parts: number[] = [];
    const end = await new Promise<FollowEnd>((resolve) => {
      store.follow(id, () => {}, resolve, { onCatchUp: (part) => parts.push(part) });
    });
    expect(end).toEqual({ kind: 'interrupted' });
    expect(parts).not.toContain(1);
  });

  test('waits for a log that is not there yet', async () => {
    createRunFolder(folder, start);
    const end = new Promise<FollowEnd>((resolve) => store.follow(id, () => {}, resolve));
    write(line(0, started(gone)) + line(1, ended));
    expect(await end).toEqual({ kind: 'ended' });
  });

  test('ends when the driver is gone, with all it has written', async () => {
    const driver = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const seen: RunEvent[] = [];
    const begun = JSON.stringify({ seq: 0, at: new Date().toISOString(), run: id, ...started(driver.pid!) });
    const file = write(`${begun}\n`);
    const end = await new Promise<FollowEnd>((resolve) => {
      store.follow(
        id,
        (events) => {
          seen.push(...events);
          if (seen.length > 1) return;
          appendFileSync(file, line(1, output('last words')));
          driver.kill('SIGKILL');
        },
        resolve,
      );
    });
    expect(end).toEqual({ kind: 'interrupted' });
    expect(seen.map((event) => event.seq)).toEqual([0, 1]);
  });

  test('ends when the run is removed', async () => {
    const file = write(line(0, started(process.pid)).replace('2026-11-23', '2099-11-23'));
    const end = await new Promise<FollowEnd>((resolve) => {
      store.follow(id, () => rmSync(dirname(file), { recursive: true }), resolve);
    });
    expect(end.kind).toBe('unreadable');
  });
});

describe('the folder', () => {
  test('ids sort by time, and two runs of one instant get two', () => {
    const first = createRunFolder(folder, start);
    const second = createRunFolder(folder, start);
    expect([first, second]).toEqual(['20261123-083245-120', '20261123-083245-120-2']);
    expect(readFileSync(join(folder, '.penstock/.gitignore'), 'utf8')).toBe('*\n');
  });

  test('a run that ends while it is looked at has ended, and was not interrupted', () => {
    const file = write(line(0, started(gone)));
    const endsMeanwhile = (): boolean => {
      write(line(0, started(gone)) + line(1, ended));
      return false;
    };
    expect(summaryOf(id, file, endsMeanwhile)).toMatchObject({ status: 'failed', durationMs: 4000 });
  });

  test('watch tells of a new run and of its end', async () => {
    let changed = (): void => {};
    const change = (): Promise<void> => new Promise((resolve) => (changed = resolve));
    const watching = store.watch(() => changed());
    const begun = change();
    const file = write(line(0, started(process.pid)).replace('2026-11-23', '2099-11-23'));
    await begun;
    const over = change();
    appendFileSync(file, line(1, ended));
    await over;
    const removed = change();
    rmSync(dirname(file), { recursive: true });
    await removed;
    watching.dispose();
  });

  test('watch tells of a run that began and ended between two looks, also where a look has no time', async () => {
    const noTimeMs = 0;
    let changed = (): void => {};
    const change = (): Promise<void> => new Promise((resolve) => (changed = resolve));
    const watching = store.watch(() => changed(), noTimeMs);
    const made = change();
    createRunFolder(folder, start);
    await made;
    const over = change();
    write(line(0, started(gone)) + line(1, ended));
    await over;
    watching.dispose();
  });

  test('prune keeps the newest, and what runs', async () => {
    const ids = Array.from({ length: 5 }, (_, at) => runIdFor(start + at));
    for (const each of ids) write(line(0, started(gone), each) + line(1, ended, each), each);
    write(line(0, started(process.pid), ids[0]).replace('2026-11-23', '2099-11-23'), ids[0]);
    await store.prune({ keep: 2 });
    expect((await store.list()).map((run) => run.id)).toEqual([ids[4], ids[3], ids[0]]);
  });

  test('cancel reaches whoever watches, each time once', async () => {
    createRunFolder(folder, start);
    let asked = 0;
    let heard = (): void => {};
    const watching = watchForCancel(cancelFile(folder, id), () => {
      asked++;
      heard();
    });
    for (const count of [1, 2]) {
      const arrived = new Promise<void>((resolve) => (heard = resolve));
      await store.cancel(id);
      await arrived;
      expect(asked).toBe(count);
    }
    watching.dispose();
  });

  test('an id leads nowhere else', async () => {
    expect(() => store.logPath('../../etc')).toThrow('is no run');
    await expect(store.cancel('..')).rejects.toThrow('is no run');
    await store.cancel(id);
    expect(existsSync(cancelFile(folder, id))).toBe(false);
  });
});
