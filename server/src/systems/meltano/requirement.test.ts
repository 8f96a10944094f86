import { expect, test } from 'vitest';
import { requirementFault, unclear } from './requirement.ts';

// What the Python package `packaging` 26 says of each.
test.each([
  'tap-x',
  'tap-x==1.0',
  'tap-x>=1,<2',
  'tap-x[a,b]==1',
  'tap-x[]',
  'tap-x>=1.0,',
  'tap-x==1.*',
  'tap-x~=1.0',
  'tap-x===foo',
  'tap-x==1.0+local',
  'tap-x==1.0.0-rc1',
  'tap-x(==1.0)',
  'tap-x@git+https://x/y',
  "tap-x;python_version<'3'",
  'tap_x!=2',
  'tap-x==v1',
  'tap-x==1!2.0',
  'tap-x==1.0.dev',
  'tap-x==1.0.post1',
  'tap-x===1.0*',
  "tap-x;python_version>='3.8' and python_version<'4'",
  'tap-x@latest',
  'tap-x@1.0',
])('%j is a requirement', (word) => {
  expect(requirementFault(word)).toBeUndefined();
});

test.each([
  'tap-x>=1.*',
  'tap-x~=1',
  'tap-x<=1.0+local',
  'tap-x==abc',
  'tap-x(==1.0',
  'tap-x==1.0)',
  'tap-x @',
  "tap-x;foo<'3'",
  'tap-x==1.0;',
  'tap-x==1..0',
  'tap-x[a b]',
  'tap-x[a,]',
  'tap-x=1.0',
  'tap-x=>1.0',
  'tap-x==',
  'tap-x<',
  '-tap',
  'tap-x-',
  'tap-x>=1.0<2',
  'tap-x==latest',
  'tap-x@',
  'tap x',
  'tap-x,tap-y',
  'tap-x:1.0',
  'tap-x==1.0#c',
])('%j is none', (word) => {
  expect(requirementFault(word)).toBeDefined();
});

test.each([
  ['tap-x=1.0', '`=` compares no versions; write `==`'],
  ['tap-x=>1.0', '`=>` compares no versions; write `>=`'],
  ['tap-x>=1.*', '`.*` goes with `==` and `!=` alone; write `>=1`'],
  ['tap-x~=1', '`~=` wants two numbers at least; write `~=1.0` or `>=1`'],
  ['tap-x<=1.0+local', '`+local` goes with `==` and `!=` alone; leave it out'],
  ['tap-x:1.0', unclear],
])('%j: %s', (word, fault) => {
  expect(requirementFault(word)).toBe(fault);
});
