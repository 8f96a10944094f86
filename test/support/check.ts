import { expect } from 'vitest';
import { neverCancelled } from '../../server/src/core/cancellation.ts';
import { silentLog } from '../../server/src/core/log.ts';
import { Platform } from '../../server/src/core/platform.ts';
import type { System, ToolVersion } from '../../server/src/core/system.ts';
import { defaultFindingSettings, diagnose } from '../../server/src/language/diagnose.ts';
import { MemoryFiles } from './memory-files.ts';

/**
 * A multi-file fixture: `#- /path` (or `--- /path` in SQL, `<!-- /path -->` in Markdown) begins a file.
 * Expected findings stand under the text they are about, in a comment of the file's language:
 *
 *     - record: job:up
 *     #         ^^^^^^ error prometheus/duplicate-record: record `job:up` is already defined
 *
 * `#<- error code: message` is about the start of the line above.
 */
export interface Fixture {
  readonly texts: Readonly<Record<string, string>>;
  readonly expected: readonly string[];
}

/** The files of a fixture that has no expectations, by path. */
export function textsOf(fixture: string): Readonly<Record<string, string>> {
  return readFixture(fixture).texts;
}

function readFixture(fixture: string): Fixture {
  const files = new Map<string, string[]>();
  const expected: string[] = [];
  let lines: string[] = [];
  let path = '';
  for (const line of fixture.split('\n')) {
    const head = /^\s*(?:#-|--- |<!--)\s*(\/\S+)/.exec(line);
    const mark = /^(\s*(?:#|--|<!--)\s*)(\^+|<-)\s*((?:error|warning|information|hint) .*?)(?:\s*-->)?$/.exec(
      line,
    );
    if (head) files.set((path = head[1]!), (lines = []));
    else if (mark) expected.push(describeMark(path, lines.length - 1, mark));
    else lines.push(line);
  }
  return { texts: Object.fromEntries([...files].map(([name, text]) => [name, text.join('\n')])), expected };
}

function describeMark(
  path: string,
  line: number,
  [, lead = '', marks = '', text = '']: RegExpExecArray,
): string {
  const from = marks === '<-' ? 0 : lead.length;
  const to = marks === '<-' ? '' : `-${from + marks.length}`;
  return `${path}:${line}:${from}${to} ${text}`;
}

/** A platform over a fixture's files; its one workspace folder is `/w` unless named, its tools' versions unknown. */
export async function openFixture(
  systems: readonly System[],
  texts: Readonly<Record<string, string>>,
  folders: readonly string[] = ['/w'],
  version?: ToolVersion,
): Promise<{ platform: Platform; files: MemoryFiles }> {
  const files = new MemoryFiles(texts);
  const platform = new Platform({
    systems,
    files,
    log: silentLog,
    pause: async () => {},
    ...(version ? { versionOf: () => version } : {}),
    onRuleError: (_rule, _path, error) => {
      throw error;
    },
  });
  await platform.load(folders, neverCancelled);
  return { platform, files };
}

/**
 * Compares the whole set of findings of a fixture with the ones written under its lines, both ways.
 * `version` is that of the tools, which are not known where it is left out.
 */
export async function checkFindings(
  systems: readonly System[],
  fixture: string,
  version?: string,
): Promise<void> {
  const { texts, expected } = readFixture(fixture);
  const tool = version === undefined ? undefined : { version, source: 'the test' };
  const { platform } = await openFixture(systems, texts, ['/w'], tool);
  const found: string[] = [];
  for (const path of platform.paths()) {
    for (const finding of diagnose(platform, path, defaultFindingSettings)) {
      const { start, end } = platform.source(path)!.rangeOf(finding.span);
      const head = `${finding.severity} ${finding.code}: ${finding.message}`;
      const exact = `${path}:${start.line}:${start.character}-${end.character} ${head}`;
      const atStart = `${path}:${start.line}:0 ${head}`;
      found.push(expected.includes(atStart) && !expected.includes(exact) ? atStart : exact);
    }
  }
  expect(found.sort()).toEqual([...expected].sort());
}
