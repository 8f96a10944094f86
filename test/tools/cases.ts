/** One change to the example platform, and the tool that judges it. */
export interface Case {
  readonly title: string;
  readonly tool: 'dbt' | 'meltano';
  /** File and what to do with it: replace a text that occurs in it, or write it. */
  readonly file: string;
  readonly change: readonly [from: string, to: string] | string;
}

export interface Defect extends Case {
  /** Where the error belongs; the changed file where absent. */
  readonly blame?: string;
}

const marts = 'dbt/models/marts/_marts.yml';

/** What the tool refuses, and Penstock must report as an error on the file that is to blame. */
export const defects: readonly Defect[] = [
  {
    title: 'a ref to no model',
    tool: 'dbt',
    file: 'dbt/models/marts/dim_products.sql',
    change: ["ref('stg_products')", "ref('stg_product')"],
  },
  {
    title: 'a ref to no model inside an SQL comment, which dbt renders all the same',
    tool: 'dbt',
    file: 'dbt/models/marts/fct_orders.sql',
    change: ['with order_values as', "-- was {{ ref('old_orders') }}\nwith order_values as"],
  },
  {
    title: 'a table that its source does not have',
    tool: 'dbt',
    file: 'dbt/models/staging/stg_orders.sql',
    change: ["source('raw', 'orders')", "source('raw', 'order')"],
  },
  {
    title: 'a source that does not exist',
    tool: 'dbt',
    file: 'dbt/models/staging/stg_products.sql',
    change: ["source('raw', 'products')", "source('shop', 'products')"],
  },
  {
    title: 'a profile that does not exist',
    tool: 'dbt',
    file: 'dbt/dbt_project.yml',
    change: ['profile: shop', 'profile: shops'],
  },
  {
    title: 'a target without an output',
    tool: 'dbt',
    file: 'dbt/profiles.yml',
    change: ['target: dev', 'target: develop'],
  },
  {
    title: 'a properties file that is no YAML',
    tool: 'dbt',
    file: marts,
    change: ['  - name: dim_products\n', '  - name: [dim_products\n'],
  },
  {
    title: 'two models of one name',
    tool: 'dbt',
    file: 'dbt/models/marts/stg_orders.sql',
    change: 'select 1 as order_id\n',
    blame: 'stg_orders.sql',
  },
  {
    title: 'an exposure of no model',
    tool: 'dbt',
    file: 'dbt/models/exposures.yml',
    change: ["ref('daily_sales')", "ref('daily_sale')"],
  },
  {
    title: 'a folder list that is a text',
    tool: 'dbt',
    file: 'dbt/dbt_project.yml',
    change: ['model-paths: [models]', 'model-paths: models'],
  },
  {
    title: 'a project without a name',
    tool: 'dbt',
    file: 'dbt/dbt_project.yml',
    change: ['name: shop\n', ''],
  },
  {
    title: 'a model entry without a name',
    tool: 'dbt',
    file: marts,
    change: ['  - name: dim_products\n    description', '  - description'],
  },
  {
    title: 'a job task that names no plugin',
    tool: 'meltano',
    file: 'meltano.yml',
    change: ['- tap-shop target-warehouse', '- tap-shop target-warehose'],
  },
  {
    title: 'a job task with two spaces',
    tool: 'meltano',
    file: 'meltano.yml',
    change: ['- tap-shop target-warehouse', '- tap-shop  target-warehouse'],
  },
  {
    title: 'a key that environments do not have',
    tool: 'meltano',
    file: 'meltano.yml',
    change: ['  - name: dev\n', '  - name: dev\n    descripton: mine\n'],
  },
  {
    title: 'a key that jobs do not have',
    tool: 'meltano',
    file: 'meltano.yml',
    change: ['    tasks:\n', '    retries: 3\n    tasks:\n'],
  },
  {
    title: 'a default environment that does not exist',
    tool: 'meltano',
    file: 'meltano.yml',
    change: ['default_environment: dev', 'default_environment: development'],
  },
  {
    title: 'a project file that is no YAML',
    tool: 'meltano',
    file: 'meltano.yml',
    change: ['\nplugins:\n', '\nplugins: {\n'],
  },
];

/** What looks odd and the tool accepts; Penstock must report no error. */
export const oddities: readonly Case[] = [
  {
    title: 'a ref inside a Jinja comment',
    tool: 'dbt',
    file: 'dbt/models/marts/fct_orders.sql',
    change: ['with order_values as', "{# was {{ ref('old_orders') }} #}\nwith order_values as"],
  },
  {
    title: 'a ref that names its project, spread over lines',
    tool: 'dbt',
    file: 'dbt/models/marts/dim_products.sql',
    change: ["ref('stg_products')", 'ref(\n    "shop",\n    "stg_products"\n)'],
  },
  {
    title: 'a relationship to no model, of which dbt only warns',
    tool: 'dbt',
    file: marts,
    change: ["to: ref('dim_customers')", "to: ref('dim_customer')"],
  },
  {
    title: 'properties of a model that does not exist, of which dbt only warns',
    tool: 'dbt',
    file: marts,
    change: ['  - name: dim_products\n', '  - name: dim_product\n'],
  },
  {
    title: 'tests under their old key',
    tool: 'dbt',
    file: 'dbt/seeds/_seeds.yml',
    change: ['data_tests:', 'tests:'],
  },
  {
    title: 'a properties file whose first line is indented',
    tool: 'dbt',
    file: 'dbt/seeds/_seeds.yml',
    change: ['version: 2', '  version: 2'],
  },
  {
    title: 'a properties file without a version, with a byte order mark and CRLF',
    tool: 'dbt',
    file: 'dbt/models/more.yml',
    change: '\uFEFFmodels:\r\n  - name: stg_orders_again\r\n    config:\r\n      meta: { owner: me }\r\n',
  },
  {
    title: 'an output that this target does not use, with keys of its own',
    tool: 'dbt',
    file: 'dbt/profiles.yml',
    change: [
      '    prod:\n',
      '    other:\n      type: duckdb\n      path: other.duckdb\n      flavour: sweet\n    prod:\n',
    ],
  },
  {
    title: 'keys of its own at the top of meltano.yml',
    tool: 'meltano',
    file: 'meltano.yml',
    change: ['\nplugins:\n', '\nx-notes: { owner: me }\ncli.log_level: info\nplugins:\n'],
  },
  {
    title: 'a schedule without an interval that runs',
    tool: 'meltano',
    file: 'meltano.yml',
    change: ["interval: '0 3 * * *'", 'interval: null'],
  },
  {
    title: 'a state suffix of an environment',
    tool: 'meltano',
    file: 'meltano.yml',
    change: ['  - name: dev\n', '  - name: dev\n    state_id_suffix: mine\n'],
  },
  {
    title: 'a plugin extra and an unknown setting, which Meltano hands on',
    tool: 'meltano',
    file: 'meltano.yml',
    change: ['      metadata:\n', '      favourite: true\n      metadata:\n'],
  },
  {
    title: 'a job whose tasks are a list of lists',
    tool: 'meltano',
    file: 'meltano.yml',
    change: ['- tap-shop target-warehouse', '- [tap-shop, target-warehouse]'],
  },
];
