import type { System } from '../core/system.ts';
import { compose } from './compose/index.ts';
import { coverageReport } from './coverage-report/index.ts';
import { dbt } from './dbt/index.ts';
import { env } from './env/index.ts';
import { evidence } from './evidence/index.ts';
import { gx } from './gx/index.ts';
import { meltano } from './meltano/index.ts';
import { penstock } from './penstock/index.ts';
import { plan } from './plan/index.ts';
import { platform } from './platform/index.ts';
import { pytest } from './pytest/index.ts';
import { pythonProject } from './python-project/index.ts';
import { singer } from './singer/index.ts';
import { streamlit } from './streamlit/index.ts';

/** The registry: adding a system is its folder and its line here. Of equal claims the first wins. */
export const systems: readonly System[] = [
  dbt,
  meltano,
  penstock,
  plan,
  compose,
  singer,
  env,
  evidence,
  gx,
  streamlit,
  coverageReport,
  pytest,
  pythonProject,
  platform,
];
