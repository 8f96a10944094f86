import { testKinds } from '../test-kinds.ts';
import { openMeltano3, openMeltano4 } from './oracle.ts';
import { meltanoPage } from './page.ts';
import { meltanoSuite } from './suite.ts';

testKinds({
  suite: meltanoSuite,
  page: meltanoPage,
  oracles: [
    ['Meltano', openMeltano4],
    ['Meltano', openMeltano3],
  ],
  atLeast: { defects: 80, odd: 40 },
});
