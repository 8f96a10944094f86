import { describe, expect, test } from 'vitest';
import { FollowedLines, type TextChange } from './followed-lines.ts';

interface Change {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** A document that is edited as an editor does it, the changes of one edit from its end to its beginning. */
class Edited {
  version = 1;
  text: string;

  constructor(text: string) {
    this.text = text;
  }

  readonly textAt = (line: number): string => this.text.split('\n')[line] ?? '';

  edit(...changes: readonly Change[]): TextChange[] {
    const sorted = changes.toSorted((a, b) => b.from - a.from);
    const told = sorted.map(({ from, to, text }) => ({
      range: { start: this.#at(from), end: this.#at(to) },
      text,
    }));
    for (const { from, to, text } of sorted)
      this.text = this.text.slice(0, from) + text + this.text.slice(to);
    this.version++;
    return told;
  }

  #at(offset: number): TextChange['range']['start'] {
    const lines = this.text.slice(0, offset).split('\n');
    return { line: lines.length - 1, character: lines.at(-1)!.length };
  }
}

const text = 'zero\none\ntwo\nthree\nfour';
const [zero, one, two, three] = ['zero', 'one', 'two', 'three'].map((word) => text.indexOf(word)) as [
  number,
  number,
  number,
  number,
];

function follow(line: number, from: number, to: number, come: string): readonly (string | undefined)[] {
  const document = new Edited(text);
  const lines = new FollowedLines(document.version, [line], document.textAt);
  const changes = document.edit({ from, to, text: come });
  lines.take(document.version, changes, document.textAt);
  return lines.now.map(document.textAt);
}

describe('a line is followed', () => {
  test('behind lines that come in above it, and before it', () => {
    expect(follow(2, zero, zero, 'x\ny\n')).toEqual(['two']);
    expect(follow(2, two, two, 'x\n')).toEqual(['two']);
    expect(follow(2, one + 3, one + 3, '\nx')).toEqual(['two']);
  });

  test('where lines above it go, and stays where anything happens below it or in it', () => {
    expect(follow(2, zero, two, '')).toEqual(['two']);
    expect(follow(2, two + 3, three + 5, '')).toEqual(['two']);
    expect(follow(2, two + 1, two + 2, 'x\ny')).toEqual(['tx']);
    expect(follow(2, two, two + 1, 'T')).toEqual(['Two']);
  });

  test('through a text that is written anew, to where it reads the same', () => {
    expect(follow(2, zero, text.length, 'new\nzero\none\ntwo\nmore')).toEqual(['two']);
  });

  test('to nothing once it is gone, or may be', () => {
    expect(follow(2, one, three, 'ONE\nTWO\n')).toEqual([]);
    expect(follow(2, two, three, '')).toEqual([]);
    expect(follow(2, two - 1, three - 1, '')).toEqual([]);
    expect(follow(2, one + 1, two, '')).toEqual([]);
    expect(follow(2, one, three, 'other\n')).toEqual([]);
  });
});

test('every version that a document had meanwhile can be asked about', () => {
  const document = new Edited(text);
  const lines = new FollowedLines(document.version, [1, 3], document.textAt);
  const read = [document.text];
  for (const change of [
    { from: 0, to: 0, text: 'a\nb\n' },
    { from: 0, to: 2, text: '' },
    { from: 2, to: 2, text: 'c\n' },
  ]) {
    const changes = document.edit(change);
    lines.take(document.version, changes, document.textAt);
    read.push(document.text);
  }
  const said = read.map((each, at) => lines.at(at + 1)!.map((line) => each.split('\n')[line]));
  expect(said).toEqual(read.map(() => ['one', 'three']));
  expect([lines.at(0), lines.at(5)]).toEqual([undefined, undefined]);
});

test('no edit makes a line another one, as it is made or cut down to what differs', () => {
  for (let seed = 1; seed <= 120; seed++) {
    const random = randomOf(seed);
    const document = new Edited(Array.from({ length: 12 }, (_, at) => row(at, random)).join('\n'));
    const meant = new Set([random(12), random(12), random(12)]);
    const lines = new FollowedLines(document.version, meant, document.textAt);
    // Of a line that is another and stands elsewhere at once nothing can be said, so that it may be lost, but not mistaken.
    let kept = [...meant];
    for (let edit = 0; edit < 6; edit++) {
      const before = document.text;
      const changes = randomChanges(random, before);
      lines.take(document.version, document.edit(...changes), document.textAt);
      const [was, now] = [before, document.text].map((each) => each.split('\n'));
      kept = kept.filter((id) => now!.includes(was!.find((line) => idOf(line) === id) ?? ''));
      const found = lines.now.flatMap((line) => (now![line] === '' ? [] : [idOf(now![line]!)]));
      expect(found, `seed ${seed}`).toEqual(expect.arrayContaining(kept));
      expect([...meant], `seed ${seed}`).toEqual(expect.arrayContaining(found));
    }
  }
});

type Random = (below: number) => number;

function randomOf(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

function row(id: number, random: Random): string {
  return `| <${id}> ${'x'.repeat(random(9))} |`;
}

function idOf(line: string): number {
  return Number(/<(\d+)>/.exec(line)?.[1] ?? -1);
}

/** Lines that come, go and are written anew, each at its place or all of them as one change that is cut down. */
function randomChanges(random: Random, before: string): readonly Change[] {
  const lines = before.split('\n');
  const changes: Change[] = [];
  let from = 0;
  for (const line of lines) {
    const to = from + line.length;
    const come = `${row(100 + random(900), random)}\n`;
    const kind = random(30);
    if (kind === 0) changes.push({ from, to: Math.min(to + 1, before.length), text: '' });
    if (kind === 1) changes.push({ from, to: from, text: come });
    if (kind === 2) changes.push({ from, to, text: row(idOf(line), random) });
    if (kind === 3) changes.push({ from: to - 1, to, text: 'y |' });
    from = to + 1;
  }
  return random(2) === 0 ? changes : [cutDown(before, new Edited(before), changes)];
}

function cutDown(before: string, after: Edited, changes: readonly Change[]): Change {
  after.edit(...changes);
  const { text } = after;
  const most = Math.min(before.length, text.length);
  let start = 0;
  while (start < most && before[start] === text[start]) start++;
  let end = 0;
  while (end < most - start && before.at(-1 - end) === text.at(-1 - end)) end++;
  return { from: start, to: before.length - end, text: text.slice(start, text.length - end) };
}
