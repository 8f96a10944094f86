import { expect, test } from 'vitest';
import { checkFindings, openFixture } from '../../../../test/support/check.ts';
import { readDotenv } from './dotenv.ts';
import { env } from './index.ts';

const valuesOf = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(readDotenv(text).variables.map(({ name, value }) => [name, value]));

test.each([
  ['plain', 'A=1\nB = two words \n', { A: '1', B: 'two words' }],
  ['export', 'export A=1\nexport\tB=2', { A: '1', B: '2' }],
  ['comments', '# A=0\nA=1 # one\nB=a#b\nC="x # y" # z\n', { A: '1', B: 'a#b', C: 'x # y' }],
  ['quotes', `A='it is'\nB="say \\"hi\\""\n'C'=3`, { A: 'it is', B: 'say \\"hi\\"', C: '3' }],
  [
    'lines inside quotes',
    'KEY="-----BEGIN\nabc=\n-----END"\nB=2',
    { KEY: '-----BEGIN\nabc=\n-----END', B: '2' },
  ],
  ['nothing behind the sign', 'A=\nB=#c\nC', { A: '', B: '' }],
  ['Windows', '\ufeffA=1\r\nB="2"\r\n\r\nC=3\r\n', { A: '1', B: '2', C: '3' }],
])('reads %s', (_name, text, expected) => {
  expect(valuesOf(text)).toEqual(expected);
});

test('a line that sets nothing, a quote that stays open and a second value are warned of', () =>
  checkFindings(
    [env],
    `#- /w/.env
GOOD=1
MY VAR=1
#<- warning env/syntax: this line sets no variable and is passed over; write \`NAME=value\`, or begin a comment with \`#\`
OPEN="abc
#<- warning env/syntax: the quote is not closed, so the variable is not set; close it
GOOD=2
#<- warning env/duplicate-variable: \`GOOD\` is set twice in this file, and the last one counts; remove one of the two
#- /w/.env.local
GOOD=3
#- /w/.env.example
GOOD=
GOOD=
not a line
`,
  ));

test('names are facts, values are not; a template and foreign files define nothing', async () => {
  const { platform } = await openFixture([env], {
    '/w/.env': 'HOST=db.example.com\nURL=postgres://ann:pa55word@${HOST}/x\nAPI_TOKEN=tok-1234\n',
    '/w/sub/.env.ci': 'CI_ONLY=1\n',
    '/w/.envrc': 'layout python\nexport FROM_DIRENV="yes"\nif true; then\n  export INNER=1\nfi\nOTHER=2\n',
    '/w/.env.template': 'WANTED=\n',
    '/w/.env.json': '{}',
    '/w/env.txt': 'A=1',
  });
  const defined = [...platform.facts.all('env', '')];
  expect(defined.map(({ name }) => name).sort()).toEqual([
    'API_TOKEN',
    'CI_ONLY',
    'FROM_DIRENV',
    'HOST',
    'INNER',
    'URL',
  ]);
  expect(JSON.stringify(defined)).not.toMatch(/example\.com|pa55|tok-1234/);
  expect(platform.facts.uses({ namespace: 'env', scope: '', name: 'HOST' })).toHaveLength(1);
  expect([...platform.secrets()].sort()).toEqual(['pa55word', 'tok-1234']);
  expect(platform.parsed('/w/.env.template')?.claim.kind).toBe('template');
  expect([platform.has('/w/.env.json'), platform.has('/w/env.txt')]).toEqual([false, false]);
});
