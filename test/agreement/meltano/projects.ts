import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { platform } from '../../../scripts/support/project.mjs';
import type { ProjectFiles } from '../base.ts';
import { base, lockOf } from './base.ts';

/** Whole projects that Meltano takes, and the jobs to be ready for. */
export const wholeProjects: readonly {
  readonly title: string;
  readonly files: ProjectFiles;
  readonly command: readonly string[];
}[] = [
  {
    title: 'the project that the kinds are changes of',
    files: base,
    command: ['job list', 'schedule list', 'compile', 'run --dry-run --no-install load report ledger'],
  },
  {
    title: 'the example platform',
    files: {
      'meltano.yml': readFileSync(join(platform, 'meltano.yml'), 'utf8').replace(/^requires_meltano.*\n/, ''),
    },
    command: ['job list', 'schedule list', 'compile', 'run --dry-run --no-install load'],
  },
  {
    title: 'teams that share their plugins',
    files: {
      'meltano.yml': `default_environment: dev
include_paths:
  - ./teams/*/plugins.yml
  - ./teams/**/jobs.meltano.yml
state_backend:
  uri: file:///\${MELTANO_PROJECT_ROOT}/states
  lock_timeout_seconds: 30
cli.log_level: info
env:
  WAREHOUSE: \${MELTANO_PROJECT_ROOT}/warehouse
environments:
  - name: dev
  - name: staging
    state_id_suffix: \${SUFFIX}
    config:
      plugins:
        loaders:
          - name: target-warehouse
            config:
              schema: staging
  - name: prod
    env:
      WAREHOUSE: s3://bucket/warehouse
plugins:
  loaders:
    - name: target-warehouse
      namespace: target_warehouse
      pip_url: target-warehouse[s3]~=2.0
      executable: echo
      config:
        path: $WAREHOUSE
schedules:
  - { name: nightly, interval: 0 2 * * 1-5, job: all }
  - { name: hourly, interval: '@hourly', job: sales-load }
`,
      'teams/sales/plugins.yml': `plugins:
  extractors:
    - &crm
      name: tap-crm
      variant: acme
      select: ['!*.secret', 'deals.*']
      metadata:
        deals: { replication-method: INCREMENTAL, replication-key: updated_at }
    - name: tap-crm--emea
      inherit_from: tap-crm
      config: { region: emea }
    - name: tap-crm--history
      inherit_from: tap-crm--emea
      config: { full: true }
  mappers:
    - name: meltano-map-transformer
      namespace: meltano_map_transformer
      pip_url: meltano-map-transformer
      executable: echo
      mappings:
        - name: hide-names
          config: { stream_maps: { deals: { name: md5(name) } } }
        - name: rename
          config: { stream_maps: { deals: { __alias__: sales } } }
`,
      'teams/sales/deep/jobs.meltano.yml': `jobs:
  - name: sales-load
    tasks:
      - tap-crm hide-names target-warehouse
      - [tap-crm--emea target-warehouse, tap-crm--history rename hide-names target-warehouse]
`,
      'teams/core/plugins.yml': `plugins:
  utilities:
    - name: dbt-duckdb
      namespace: dbt
      pip_url: dbt-core~=1.10 dbt-duckdb~=1.10 git+https://example.org/dbt-ext.git@main
      executable: echo
      settings:
        - name: project_dir
          value: $MELTANO_PROJECT_ROOT/dbt
      commands:
        build: { args: build --select tag:nightly, description: Builds what runs at night }
        clean: clean
`,
      'teams/core/jobs.meltano.yml': `jobs:
  - name: all
    tasks:
      - tap-crm hide-names target-warehouse dbt-duckdb:build
      - dbt-duckdb:clean
`,
      'plugins/extractors/tap-crm--acme.lock': lockOf('tap-crm', 'acme'),
      '.env': 'SUFFIX=eu\n',
    },
    command: ['job list', 'schedule list', 'compile', 'run --dry-run --no-install all sales-load'],
  },
];
