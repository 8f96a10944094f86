import type { ProjectFiles } from '../base.ts';

/** What Meltano Hub says of a plugin, as `meltano lock` writes it. */
export function lockOf(name: string, variant: string, more: object = {}): string {
  const definition = {
    plugin_type: 'extractors',
    name,
    namespace: name.replaceAll('-', '_'),
    variant,
    label: 'Ledger',
    docs: 'https://hub.example.org/extractors/ledger',
    repo: 'https://example.org/acme/tap-ledger',
    pip_url: 'tap-ledger',
    executable: 'echo',
    capabilities: ['catalog', 'discover', 'state', 'about'],
    settings_group_validation: [['company', 'token']],
    settings: [
      { name: 'company', kind: 'string', label: 'Company' },
      { name: 'token', kind: 'string', label: 'Token', sensitive: true },
      { name: 'page_size', kind: 'integer', value: 100 },
    ],
    commands: { ping: { args: '--ping', description: 'Asks whether the ledger is there' } },
    ...more,
  };
  return `${JSON.stringify(definition, null, 2)}\n`;
}

/**
 * A project as people write them, which Meltano 3 and 4 both load, compile and would run without a word.
 * Every kind is one change of it.
 */
export const base: ProjectFiles = {
  'meltano.yml': `default_environment: dev
project_id: 5d3a5b4e-0000-4000-8000-000000000001
send_anonymous_usage_stats: false
include_paths:
  - config/*.yml

env:
  REGION: eu

environments:
  - name: dev
    env:
      WAREHOUSE: warehouse/dev.duckdb
  - name: prod
    state_id_suffix: eu
    env:
      WAREHOUSE: warehouse/prod.duckdb
    config:
      plugins:
        extractors:
          - name: tap-shop
            config:
              mode: delta
            select:
              - orders.*
        loaders:
          - name: target-warehouse
            config:
              default_target_schema: raw_prod

plugins:
  extractors:
    - name: tap-shop
      label: Shop
      namespace: tap_shop
      pip_url: tap-shop==1.2.0
      executable: echo
      capabilities:
        - catalog
        - discover
        - state
      settings:
        - name: api_url
          label: Address
          kind: string
        - name: api_token
          kind: string
          sensitive: true
        - name: page_size
          kind: integer
          value: 100
        - name: mode
          kind: options
          value: full
          options:
            - { label: Everything, value: full }
            - { label: What is new, value: delta }
      settings_group_validation:
        - [api_url, api_token]
      config:
        api_url: https://shop.example.org/$REGION
        api_token: $SHOP_TOKEN
      select:
        - orders.*
        - '!orders.note'
      metadata:
        '*':
          replication-method: FULL_TABLE
    - name: tap-shop--archive
      inherit_from: tap-shop
      config:
        mode: full
    - name: tap-ledger
      variant: acme
      config:
        company: shop
        token: $LEDGER_TOKEN
  loaders:
    - name: target-warehouse
      namespace: target_duckdb
      pip_url: target-duckdb==0.8.0
      executable: echo
      settings:
        - name: filepath
          kind: file
        - name: default_target_schema
      config:
        filepath: $WAREHOUSE
        default_target_schema: raw
  mappers:
    - name: hasher
      namespace: hasher
      pip_url: hasher
      executable: echo
      mappings:
        - name: hash-mail
          config:
            transformations:
              - field_id: email
                type: HASH
  utilities:
    - name: dbt
      namespace: dbt
      pip_url: dbt-core~=1.10 dbt-duckdb~=1.10
      executable: echo
      commands:
        build: build
        test:
          args: test --quiet
          description: Runs the tests alone

jobs:
  - name: load
    tasks:
      - tap-shop hash-mail target-warehouse
      - dbt:build

schedules:
  - name: nightly
    interval: '0 3 * * *'
    job: load
  - name: hourly
    interval: '@hourly'
    extractor: tap-shop--archive
    loader: target-warehouse
    transform: skip
    env:
      SHOP_MODE: delta
`,
  'config/reports.yml': `plugins:
  utilities:
    - name: mailer
      namespace: mailer
      executable: echo
      commands:
        send: send --quiet
environments:
  - name: ci
jobs:
  - name: report
    tasks:
      - dbt:test mailer:send
schedules:
  - name: weekly-report
    interval: '0 6 * * mon'
    job: report
`,
  'config/ledger.yml': `jobs:
  - name: ledger
    tasks:
      - tap-ledger target-warehouse
`,
  'plugins/extractors/tap-ledger--acme.lock': lockOf('tap-ledger', 'acme'),
  '.env': `SHOP_TOKEN=not-a-token
LEDGER_TOKEN=not-a-token-either
`,
  'logging.yaml': `version: 1
disable_existing_loggers: false
formatters:
  plain:
    format: '%(levelname)s %(message)s'
handlers:
  console:
    class: logging.StreamHandler
    level: INFO
    formatter: plain
    stream: ext://sys.stderr
root:
  level: INFO
  handlers: [console]
`,
};
