import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { copyPlatform } from '../../scripts/support/platform-copy.mjs';
import { type Case, defects, oddities } from './cases.ts';
import { check, dbtParse, meltanoDryRun, type CheckedFinding, type Ended } from './programs.ts';

let original: ReturnType<typeof copyPlatform>;
beforeAll(() => {
  original = copyPlatform();
});
afterAll(() => original.remove());

describe('the example as it stands', () => {
  test('has no error, and dbt and Meltano accept it', async () => {
    const { code, findings } = await check(original.path);
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(code).toBe(0);
    const [dbt, meltano] = await Promise.all([dbtParse(original.path), meltanoDryRun(original.path)]);
    expect(dbt.code, said(dbt)).toBe(0);
    expect(meltano.code, said(meltano)).toBe(0);
  });
});

describe('what the tool refuses is an error on the right file', () => {
  test.for(defects)('$tool: $title', async (defect) => {
    const { verdict, findings, code } = await judge(defect);
    expect(verdict.code, `${defect.tool} accepts it after all: ${said(verdict)}`).not.toBe(0);
    const blamed = findings.filter(({ severity }) => severity === 'error').map(({ file }) => file);
    expect(blamed).not.toEqual([]);
    for (const file of blamed) expect(file.endsWith(defect.blame ?? defect.file), file).toBe(true);
    expect(code).toBe(1);
  });
});

describe('what the tool accepts is no error', () => {
  test.for(oddities)('$tool: $title', async (oddity) => {
    const { verdict, findings, code } = await judge(oddity);
    expect(verdict.code, `${oddity.tool} refuses it after all: ${said(verdict)}`).toBe(0);
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(code).toBe(0);
  });
});

interface Judgement {
  readonly verdict: Ended;
  readonly findings: readonly CheckedFinding[];
  readonly code: number | null;
}

/** Makes the change in a copy of its own and asks the tool and Penstock. */
async function judge({ tool, file, change }: Case): Promise<Judgement> {
  const copy = copyPlatform();
  try {
    const path = join(copy.path, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, typeof change === 'string' ? change : replaced(readFileSync(path, 'utf8'), change));
    const [verdict, checked] = await Promise.all([
      tool === 'dbt' ? dbtParse(copy.path) : meltanoDryRun(copy.path),
      check(copy.path),
    ]);
    return { verdict, ...checked };
  } finally {
    copy.remove();
  }
}

function replaced(text: string, [from, to]: readonly [string, string]): string {
  if (!text.includes(from)) throw new Error(`the example no longer has ${JSON.stringify(from)}`);
  return text.replace(from, () => to);
}

function said({ stdout, stderr }: Ended): string {
  return `${stdout}${stderr}`.trimEnd().split('\n').slice(-12).join('\n');
}
