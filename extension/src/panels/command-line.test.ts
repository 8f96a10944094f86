import { expect, test } from 'vitest';
import { commandLine } from './command-line.ts';

test('what a shell would take apart is quoted', () => {
  const args = ['dbt', 'build', '--select', 'a b', '--vars', "{it: 's'}", ''];
  expect(commandLine(args, 'linux')).toBe(`dbt build --select 'a b' --vars '{it: '\\''s'\\''}' ''`);
});

test('on Windows backslashes stay and double quotes are used', () => {
  expect(commandLine(['C:\\tools\\dbt.exe', 'a b', 'say "x"'], 'win32')).toBe(
    'C:\\tools\\dbt.exe "a b" "say \\"x\\""',
  );
});
