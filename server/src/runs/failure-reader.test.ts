import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FailureReader, type PrintedFailure } from './failure-reader.ts';

function failuresIn(text: string): readonly PrintedFailure[] {
  const reader = new FailureReader();
  return [...text.split('\n').flatMap((line) => reader.read(line)), ...reader.end()];
}

const cases: readonly (readonly [string, string, readonly PrintedFailure[]])[] = [
  [
    'a traceback: the innermost place that is not in a package',
    `before
Traceback (most recent call last):
  File "/shop/scripts/export.py", line 12, in <module>
    main()
    ~~~~^^
  File "/shop/scripts/export.py", line 7, in main
    frame = pandas.read_csv("no.csv")
  File "/shop/.venv/lib/python3.12/site-packages/pandas/io.py", line 99, in read_csv
    raise FileNotFoundError(path)
FileNotFoundError: [Errno 2] No such file or directory: 'no.csv'
after`,
    [
      {
        message: "FileNotFoundError: [Errno 2] No such file or directory: 'no.csv'",
        path: '/shop/scripts/export.py',
        line: 7,
      },
    ],
  ],
  [
    'of a chain the last one',
    `Traceback (most recent call last):
  File "a.py", line 1, in <module>
    1 / 0
ZeroDivisionError: division by zero

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "a.py", line 3, in <module>
    raise ValueError("bad") from error
ValueError: bad`,
    [{ message: 'ValueError: bad', path: 'a.py', line: 3 }],
  ],
  [
    'two of them, one after another',
    `Traceback (most recent call last):
  File "a.py", line 1, in f
KeyError
went on
Traceback (most recent call last):
  File "a.py", line 2, in f
shop.errors.Bad: no`,
    [
      { message: 'KeyError', path: 'a.py', line: 1 },
      { message: 'shop.errors.Bad: no', path: 'a.py', line: 2 },
    ],
  ],
  [
    'a script that cannot be read',
    `  File "/shop/a.py", line 4
    def f(:
          ^
SyntaxError: invalid syntax`,
    [{ message: 'SyntaxError: invalid syntax', path: '/shop/a.py', line: 4 }],
  ],
  [
    'pytest: where each test failed, and what it says of it',
    `    def test_a():
>       assert 1 == 2
E       assert 1 == 2

tests/test_a.py:2: AssertionError
____________________ test_b ____________________
tests/test_a.py:6: in test_b
    shop.load()
E   ValueError: no rows

shop.py:9: ValueError
FAILED tests/test_a.py::test_a - assert 1 == 2`,
    [
      { message: 'assert 1 == 2', path: 'tests/test_a.py', line: 2 },
      { message: 'ValueError: no rows', path: 'shop.py', line: 9 },
    ],
  ],
  [
    'checkers, in colour',
    `\u001b[1mshop.py:3:5: error: Incompatible types\u001b[0m
shop.py:4: note: see above`,
    [{ message: 'Incompatible types', path: 'shop.py', line: 3 }],
  ],
  [
    'compose',
    `parsing /shop/compose.yaml: yaml: line 5: mapping values are not allowed in this context
validating /shop/compose.yaml: services.web additional properties 'imag' not allowed`,
    [
      { message: 'mapping values are not allowed in this context', path: '/shop/compose.yaml', line: 5 },
      {
        message: "services.web additional properties 'imag' not allowed",
        path: '/shop/compose.yaml',
      },
    ],
  ],
  [
    'what is none',
    `  File "/shop/a.py", line 4, in mentioned by somebody
Traceback (most recent call last):
  File "/usr/lib/python3.12/runpy.py", line 1, in run
RuntimeError: nothing of ours
08:32:45  12 of 12 OK
http://localhost:8080: error
validating conf/shop.yml: OK
Error: the run failed`,
    [],
  ],
];

test.each(cases)('%s', (_, text, expected) => {
  expect(failuresIn(text)).toEqual(expected);
});

test('what the library of Compose says of files that it cannot read', () => {
  const file = new URL('../systems/compose/test-support/agreement.txt', import.meta.url);
  const recorded = readFileSync(file, 'utf8').matchAll(
    /^== (\S+) refuses: ((?:failed to parse|validating) .+)$/gm,
  );
  const found = Array.from(recorded, ([, name, said = '']) => [name, failuresIn(said)] as const);
  expect(found.length).toBeGreaterThan(50);
  expect(
    found.filter(
      ([, [failure, ...rest]]) =>
        !/^compose(?:\.override)?\.yaml$/.test(failure?.path ?? '') || rest.length > 0,
    ),
  ).toEqual([]);
  const lines = Object.fromEntries(
    found.map(([name, [failure]]) => [name, [failure?.line, failure?.message]]),
  );
  expect(lines).toMatchObject({
    tabs: [2, 'found character that cannot start any token'],
    unclosed: [2, "did not find expected ',' or '}'"],
    'colon-missing': [3, 'mapping values are not allowed in this context'],
    'duplicate-key': [4, 'mapping key "image" already defined at line 3'],
    'service-null': [undefined, 'services.web must be a mapping'],
  });
});

test('a million lines of anything take no time to speak of', () => {
  const reader = new FailureReader();
  let found = 0;
  for (let at = 0; at < 1_000_000; at++)
    found += reader.read(`08:32:45  line ${at} of a log: nothing`).length;
  expect(found).toBe(0);
});
