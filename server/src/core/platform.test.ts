import { expect, test } from 'vitest';
import { openFixture } from '../../../test/support/check.ts';
import { MemoryCache } from '../../../test/support/memory-cache.ts';
import { MemoryFiles } from '../../../test/support/memory-files.ts';
import { toy } from '../../../test/support/toy-system.ts';
import { neverCancelled, OperationCancelled } from './cancellation.ts';
import type { Expected } from './files.ts';
import { silentLog } from './log.ts';
import { Platform } from './platform.ts';
import type { System } from './system.ts';

const project = { '/w/toy.txt': 'demo' };
const codes = (platform: Platform, path: string): string[] =>
  platform.findings(path).map((finding) => finding.code);

test('a name that nothing defines is found, and cleared by a definition in another file', async () => {
  const { platform, files } = await openFixture([toy], { ...project, '/w/a.toy': 'use x', '/w/b.toy': '' });
  expect(codes(platform, '/w/a.toy')).toEqual(['toy/undefined-thing']);
  files.texts.set('/w/b.toy', 'def x');
  expect([...platform.update(['/w/b.toy'])].sort()).toEqual(['/w/a.toy', '/w/b.toy']);
  expect(codes(platform, '/w/a.toy')).toEqual([]);
});

test('a rule over facts looks again when a name that its file uses changes its meaning', async () => {
  const system: System = {
    ...toy,
    factRules: [
      {
        id: 'toy/popular',
        severity: 'warning',
        kinds: ['toy'],
        check({ facts }, all, report) {
          for (const fact of facts) {
            if (fact.fact === 'use' && all.definitions({ ...fact, namespace: 'toy.thing' }).length > 1)
              report(fact, `\`${fact.name}\` has two meanings`);
          }
        },
      },
    ],
  };
  const texts = { ...project, '/w/a.toy': 'use x', '/w/b.toy': 'def x', '/w/c.toy': '' };
  const { platform, files } = await openFixture([system], texts);
  expect(codes(platform, '/w/a.toy')).toEqual([]);
  files.texts.set('/w/c.toy', 'def x');
  expect(platform.update(['/w/c.toy'])).toContain('/w/a.toy');
  expect(codes(platform, '/w/a.toy')).toEqual(['toy/popular']);
});

test('a rule between files looks again when what is shared elsewhere comes, moves, goes or cannot be told', async () => {
  const texts = { ...project, '/w/a.toy': 'share x', '/w/b.toy': '', '/w/c.toy': 'use y\ndef y' };
  const { platform, files } = await openFixture([toy], texts);
  const step = (text: string): unknown => {
    files.texts.set('/w/b.toy', text);
    const affected = [...platform.update(['/w/b.toy'])].sort();
    const [finding] = platform.findings('/w/a.toy');
    return [affected, finding?.code, finding?.related?.map(({ span }) => span.start)];
  };
  const both = ['/w/a.toy', '/w/b.toy'];
  expect(step('share x')).toEqual([both, 'toy/shared-elsewhere', [6]]);
  expect(step('\nshare x')).toEqual([both, 'toy/shared-elsewhere', [7]]);
  expect(step('share x\ngap')).toEqual([both, undefined, undefined]);
  expect(step('share x')).toEqual([both, 'toy/shared-elsewhere', [6]]);
  expect(step('share z')).toEqual([both, undefined, undefined]);
  expect(step('share z\nuse q')).toEqual([['/w/b.toy'], undefined, undefined]);
});

test('a variable of the environment counts as defined, whoever uses it', async () => {
  const use = { fact: 'use', namespaces: ['toy.thing', 'env'], scope: '', role: 'plain' } as const;
  const system: System = {
    ...toy,
    parse: () => ({
      model: null,
      problems: [],
      facts: ['HOME', 'GONE'].map((name, at) => ({ ...use, name, span: { start: at, end: at + 1 } })),
    }),
  };
  const platform = new Platform({
    systems: [system],
    files: new MemoryFiles({ ...project, '/w/a.toy': 'ab' }),
    log: silentLog,
    pause: async () => {},
    environment: new Set(['HOME']),
  });
  await platform.load(['/w'], neverCancelled);
  expect(platform.findings('/w/a.toy').map(({ message }) => message)).toEqual(['no thing is named `GONE`']);
});

test('an edit that moves definitions but changes none touches no other file', async () => {
  const { platform, files } = await openFixture([toy], {
    ...project,
    '/w/a.toy': 'use x',
    '/w/b.toy': 'def x',
  });
  files.texts.set('/w/b.toy', '\n\ndef x\nuse x');
  expect([...platform.update(['/w/b.toy'])]).toEqual(['/w/b.toy']);
});

test('the second definition is the finding, and points at the first', async () => {
  const { platform } = await openFixture([toy], { ...project, '/w/a.toy': 'def x', '/w/b.toy': 'def x' });
  expect(codes(platform, '/w/a.toy')).toEqual([]);
  expect(platform.findings('/w/b.toy')).toMatchObject([
    { code: 'toy/duplicate-thing', related: [{ path: '/w/a.toy', span: { start: 4, end: 5 } }] },
  ]);
});

test('a removed file takes its definitions with it', async () => {
  const { platform, files } = await openFixture([toy], {
    ...project,
    '/w/a.toy': 'use x',
    '/w/b.toy': 'def x',
  });
  files.texts.delete('/w/b.toy');
  platform.update(['/w/b.toy']);
  expect(codes(platform, '/w/a.toy')).toEqual(['toy/undefined-thing']);
  expect(platform.has('/w/b.toy')).toBe(false);
});

test('a hole keeps undefined names silent until it closes', async () => {
  const { platform, files } = await openFixture([toy], {
    ...project,
    '/w/a.toy': 'use x',
    '/w/b.toy': 'hole',
  });
  expect(codes(platform, '/w/a.toy')).toEqual([]);
  files.texts.set('/w/b.toy', '');
  expect(platform.update(['/w/b.toy']).has('/w/a.toy')).toBe(true);
  expect(codes(platform, '/w/a.toy')).toEqual(['toy/undefined-thing']);
});

test('projects of one workspace do not share names', async () => {
  const { platform } = await openFixture([toy], {
    '/w/p/toy.txt': '',
    '/w/p/a.toy': 'use x',
    '/w/q/toy.txt': '',
    '/w/q/b.toy': 'def x',
  });
  expect(codes(platform, '/w/p/a.toy')).toEqual(['toy/undefined-thing']);
});

test('a project inside a project owns its files', async () => {
  const { platform } = await openFixture([toy], {
    ...project,
    '/w/sub/toy.txt': '',
    '/w/sub/b.toy': 'def x',
    '/w/a.toy': 'def x',
  });
  expect(platform.projectOf('/w/sub/b.toy')?.root).toBe('/w/sub');
  expect(codes(platform, '/w/sub/b.toy')).toEqual([]);
});

test('a marker that appears makes a project of the files that were there before', async () => {
  const { platform, files } = await openFixture([toy], { '/w/a.toy': 'use x' });
  expect(platform.has('/w/a.toy')).toBe(false);
  files.texts.set('/w/toy.txt', 'late');
  platform.update(['/w/toy.txt']);
  expect(codes(platform, '/w/a.toy')).toEqual(['toy/undefined-thing']);
  files.texts.delete('/w/toy.txt');
  platform.update(['/w/toy.txt']);
  expect(platform.has('/w/a.toy')).toBe(false);
  expect(platform.projects()).toEqual([]);
});

test('an installed package defines names, but its findings are nobody’s here', async () => {
  const { platform } = await openFixture([toy], {
    '/w/installed/p/toy.txt': '',
    '/w/installed/p/a.toy': 'bad\nuse x',
  });
  expect(platform.findings('/w/installed/p/a.toy')).toEqual([]);
});

test('a rule that throws is told of and the other rules go on', async () => {
  const failed: string[] = [];
  const files = new MemoryFiles({ ...project, '/w/a.toy': 'throw\nrule' });
  const platform = new Platform({
    systems: [toy],
    files,
    log: { ...silentLog, error: (message) => void failed.push(message) },
    pause: async () => {},
  });
  await platform.load(['/w'], { isCancellationRequested: false });
  expect(codes(platform, '/w/a.toy')).toEqual(['toy/rule']);
  expect(failed).toHaveLength(1);
  expect(failed[0]).toContain('toy/throw failed on /w/a.toy: Error: a bug in a rule');
});

test('a load that is cancelled throws the sentinel', async () => {
  const platform = new Platform({
    systems: [toy],
    files: new MemoryFiles(Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`/w/${at}.toy`, '']))),
    log: silentLog,
    pause: async (token) => {
      if (token.isCancellationRequested) throw new OperationCancelled();
    },
  });
  await expect(platform.load(['/w'], { isCancellationRequested: true })).rejects.toThrow(OperationCancelled);
});

test('a file that is too large is said to be, and not read', async () => {
  const files = new MemoryFiles(project);
  files.texts.set('/w/big.toy', 'bad');
  const read = files.read.bind(files);
  files.read = (path) => (path === '/w/big.toy' ? { kind: 'too-large', bytes: 10_000_000 } : read(path));
  const platform = new Platform({ systems: [toy], files, log: silentLog, pause: async () => {} });
  await platform.load(['/w'], { isCancellationRequested: false });
  expect(codes(platform, '/w/big.toy')).toEqual(['file/too-large']);
});

test('steps that two projects offer under one name carry the project’s folder', async () => {
  const { platform } = await openFixture([toy], {
    '/w/p/toy.txt': '',
    '/w/p/a.toy': 'def x',
    '/w/q/toy.txt': '',
    '/w/q/b.toy': 'def x\ndef y',
  });
  expect(platform.steps().map((step) => step.id)).toEqual(['toy:thing/x@p', 'toy:thing/x@q', 'toy:thing/y']);
});

test('a marker that is typed in is read as one file by who opens its project and who parses it', async () => {
  const opened: unknown[] = [];
  const parsed: unknown[] = [];
  const system: System = {
    ...toy,
    openProject: (marker) => (opened.push(marker), { name: marker.text, data: undefined }),
    claim: (path, _project, head) =>
      path === '/w/toy.txt' ? { kind: 'toy', format: 'text', readsText: true, priority: 20 } : toy.claim(path, _project, head), // prettier-ignore
    parse: (source, claim, own) => (parsed.push(source), toy.parse(source, claim, own)),
  };
  const { platform, files } = await openFixture([system], project);
  for (const text of ['demo1', 'demo2']) {
    files.texts.set('/w/toy.txt', text);
    platform.update(['/w/toy.txt']);
    expect(parsed.at(-1)).toBe(opened.at(-1));
    expect(platform.source('/w/toy.txt')?.text).toBe(text);
  }
});

test('a file that changed alone is read no more often than one of several', async () => {
  const { platform, files } = await openFixture([toy], { ...project, '/w/a.toy': 'def x', '/w/b.toy': '' });
  const read: string[] = [];
  const own = files.read.bind(files);
  files.read = (path) => (read.push(path), own(path));
  const readOf = (...paths: readonly string[]): number => {
    read.length = 0;
    platform.update(paths);
    return read.filter((path) => path === '/w/a.toy').length;
  };
  expect(readOf('/w/a.toy')).toBe(readOf('/w/a.toy', '/w/b.toy'));
});

test('the files of a load are told beforehand, and that nobody waits for them any more, also when it is given up', async () => {
  const told: unknown[] = [];
  const files = Object.assign(new MemoryFiles({ ...project, '/w/a.toy': 'def x' }), {
    expect: (paths: ReadonlySet<string>, what: Expected) => {
      told.push([[...paths], what]);
      return () => told.push('end');
    },
  });
  const load = async (isCancellationRequested: boolean, cache?: MemoryCache): Promise<Platform> => {
    const pause = async (): Promise<void> => {
      if (isCancellationRequested) throw new OperationCancelled();
    };
    const kept = cache ? { cache } : {};
    const platform = new Platform({ systems: [toy], files, log: silentLog, pause, ...kept });
    await platform.load(['/w'], { isCancellationRequested });
    return platform;
  };
  const all = [...files.texts.keys()];
  await load(false);
  expect(told.splice(0)).toEqual([[all, { withStamps: false }], 'end']);
  for (let at = 0; at < 100; at++) files.texts.set(`/w/more/${at}.toy`, 'use x');
  await expect(load(true)).rejects.toThrow(OperationCancelled);
  expect(told.splice(0).at(-1)).toBe('end');
  const cache = new MemoryCache();
  await (await load(false, cache)).keep();
  expect(told.splice(0)).toEqual([[[...files.texts.keys()], { withStamps: true }], 'end']);
  // Nearly all is taken over.
  await load(false, cache);
  expect(told).toEqual([]);
});
