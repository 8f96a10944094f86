import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openFixture } from '../../../../test/support/check.ts';
import { env } from '../env/index.ts';
import { compose } from './index.ts';

interface Case {
  readonly name: string;
  /** What Compose says of it; undefined where it accepts. */
  readonly refusal: string | undefined;
  readonly files: Readonly<Record<string, string>>;
}

/** Refused by Compose, and not to be told from the files alone, or not by this system. */
const silent: Readonly<Record<string, string>> = {
  'depends-profile': 'the profile may be active where it is started; a warning says so',
  'env-file-missing': 'such a file is seldom tracked; a warning says so',
  'include-projdir-envfile-infra': 'the included file may be started by itself, and finds its file then',
  'include-env-missing': 'such a file is seldom tracked; a warning says so',
  'include-env-leak': 'the variable may be set where it is started; an information says so',
  'extends-file-that-extends-included':
    'the file that is taken over from includes the other one where it is started by itself',
  'include-override-not-read': 'an override file counts for who starts what lies beside it',
  'env-file-space': 'the file of variables has a warning, since other tools pass over the line',
  'env-file-quote': 'the file of variables has a warning, since other tools pass over the line',
  'dotenv-space': 'the file of variables has a warning, since other tools pass over the line',
  'var-required': 'the variable may be set where it is started; an information says so',
  'var-image-empty': 'the variable may be set where it is started; an information says so',
};

test.each(readCases())('Penstock agrees with Compose on $name', async ({ name, refusal, files }) => {
  const { platform } = await openFixture([compose, env], files);
  const errors = [...platform.paths()]
    .flatMap((path) => platform.findings(path))
    .filter((finding) => finding.severity === 'error')
    .map((finding) => `${finding.code}: ${finding.message}`);
  if (refusal !== undefined && silent[name] === undefined) expect(errors, refusal).not.toEqual([]);
  else expect(errors, refusal).toEqual([]);
});

test('one cause is one finding', async () => {
  const several: string[] = [];
  for (const { name, files } of readCases()) {
    const { platform } = await openFixture([compose, env], files);
    const found = [...platform.paths()].flatMap((path) => platform.findings(path));
    const errors = found.filter(({ severity }) => severity === 'error');
    // YAML itself says of it that no mapping can be merged in, and that nothing has the name.
    if (errors.length > 1 && name !== 'unknown-anchor')
      several.push(`${name}: ${errors.map(({ message }) => message).join(' | ')}`);
  }
  expect(several).toEqual([]);
});

test('what stays silent is listed with its reason, and nothing else is', () => {
  const refused = new Set(readCases().flatMap(({ name, refusal }) => (refusal === undefined ? [] : name)));
  expect(Object.keys(silent).filter((name) => !refused.has(name))).toEqual([]);
});

function readCases(): readonly Case[] {
  const text = readFileSync(new URL('./test-support/agreement.txt', import.meta.url), 'utf8');
  return text
    .split(/^== /mu)
    .slice(1)
    .map((part) => {
      const [head = '', ...lines] = part.split('\n');
      const [, name = '', refusal] = /^(\S+) (?:accepts|refuses: (.*))$/u.exec(head)!;
      const files = `-- compose.yaml\n${lines.join('\n')}`
        .split(/^-- /mu)
        .slice(1)
        .map((file) => {
          const lineEnd = file.indexOf('\n');
          return [`/w/${file.slice(0, lineEnd)}`, file.slice(lineEnd + 1)] as const;
        });
      return { name, refusal, files: Object.fromEntries(files) };
    });
}
