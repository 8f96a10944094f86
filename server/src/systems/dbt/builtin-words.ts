/** What dbt's own names in Jinja are for, in a line each. */
const words: Readonly<Record<string, string>> = {
  adapter: 'The connection to the warehouse: looks up, creates and drops relations.',
  'adapter.dispatch':
    'Finds the version of a macro for the adapter in use: `duckdb__name`, else `default__name`.',
  'adapter.get_columns_in_relation': 'The columns of a relation, as the warehouse has them.',
  'adapter.get_relation': 'The relation, if it exists in the warehouse; none otherwise.',
  'adapter.drop_relation': 'Drops a relation.',
  'adapter.create_schema': 'Creates the schema of a relation.',
  'adapter.quote': 'Writes a name in the quotes of the warehouse.',
  api: 'Classes of the adapter: `api.Relation`, `api.Column`.',
  builtins: 'The `ref`, `source` and `config` of dbt itself, for macros that replace them.',
  caller: 'What stands inside the `{% call %}` block that called this macro.',
  column: 'The class of columns of the adapter in use.',
  compiled_code: 'The compiled text of the model that is being built.',
  config: 'Configures this model; `config.get` reads a setting.',
  'config.get': 'The value of a setting, or the default.',
  'config.require': 'The value of a setting; dbt stops where it is missing.',
  database: 'The database of this model.',
  dbt_version: 'The version of dbt that runs.',
  defer_relation: 'Where this model is in the environment that is deferred to.',
  diff_of_two_dicts: 'The entries of one dictionary that another one lacks.',
  doc: 'The text of a docs block.',
  env_var: 'An environment variable, or the default where it is not set.',
  exceptions: 'Stops dbt or warns: `exceptions.raise_compiler_error`, `exceptions.warn`.',
  'exceptions.raise_compiler_error': 'Stops dbt with a message.',
  'exceptions.warn': 'Warns and goes on.',
  execute: 'True while dbt runs queries, false while it only reads the project.',
  flags: 'The flags of this run: `flags.FULL_REFRESH`, `flags.WHICH`.',
  fromjson: 'Reads JSON.',
  fromyaml: 'Reads YAML.',
  function: 'Refers to a user-defined function.',
  graph: 'All nodes of the project, while dbt runs.',
  invocation_args_dict: 'The arguments that dbt was started with.',
  invocation_id: 'The id of this run.',
  is_incremental:
    'True where the table is there already, the model is incremental and no full refresh was asked for.',
  load_result: 'What a `{% call statement %}` block of this name returned.',
  local_md5: 'The MD5 hash of a text, computed by dbt and not by the warehouse.',
  log: 'Writes a message to the log, and to the screen with `info=true`.',
  loop: 'The loop that is going on: `loop.index`, `loop.first`, `loop.last`.',
  metric: 'Refers to a metric.',
  model: 'What dbt knows of the node that is being built.',
  modules: 'Modules of Python: `modules.datetime`, `modules.pytz`, `modules.re`.',
  namespace: 'Variables that keep what a loop sets.',
  post_hooks: 'The hooks that run behind this model.',
  pre_hooks: 'The hooks that run before this model.',
  print: 'Writes a message to the screen.',
  project_name: 'The name of the project that runs.',
  ref: 'Refers to a model, seed or snapshot; dbt builds that one first.',
  render: 'Renders a text as Jinja.',
  return: 'Ends the macro with a value, which keeps its type.',
  run_query: 'Runs a query and returns its table; only where `execute` is true.',
  run_started_at: 'When this run began.',
  schema: 'The schema of this model.',
  selected_resources: 'The ids of the nodes that were selected.',
  set: 'A set of the values of a list.',
  set_strict: 'A set of the values of a list; an error where it is none.',
  source: 'Refers to a table that something else fills, declared under `sources:`.',
  sql: 'The compiled text of the model that is being built.',
  statement: 'Runs a query: `{% call statement(name, fetch_result=true) %}`.',
  target: 'The output of profiles.yml that is in use: `target.name`, `target.schema`, `target.type`.',
  'target.name': 'The name of the output, such as `dev`.',
  'target.schema': 'The schema that profiles.yml names.',
  'target.type': 'The adapter, such as `duckdb`.',
  this: 'The relation that this model becomes: `this.schema`, `this.identifier`.',
  thread_id: 'The id of the thread that runs the node.',
  tojson: 'Writes a value as JSON.',
  toyaml: 'Writes a value as YAML.',
  var: 'A variable of dbt_project.yml, vars.yml or `--vars`, or the default.',
  zip: 'Pairs the values of several lists.',
  zip_strict: 'Pairs the values of several lists; an error where one is none.',
  generate_schema_name: 'Decides the schema of each node; a macro of this name in the project replaces it.',
  generate_alias_name: 'Decides the name of each relation; a macro of this name in the project replaces it.',
  generate_database_name:
    'Decides the database of each node; a macro of this name in the project replaces it.',
};

const statementWords: Readonly<Record<string, string>> = {
  if: 'Takes what follows only where the condition holds.',
  elif: 'Another condition of the same `if`.',
  else: 'Where no condition held, or a loop had nothing to go through.',
  for: 'Goes through a list.',
  set: 'Gives a variable its value.',
  macro: 'Defines a macro.',
  test: 'Defines a generic test.',
  materialization: 'Defines how a kind of model is built.',
  snapshot: 'Defines a snapshot.',
  docs: 'Defines a docs block.',
  call: 'Calls a macro with what stands inside as `caller()`.',
  do: 'Evaluates an expression and prints nothing.',
  filter: 'Sends what stands inside through a filter.',
  raw: 'Prints what stands inside as it is.',
  break: 'Ends the loop.',
  continue: 'Goes on with the next round of the loop.',
};

/** One line on a name of dbt's Jinja, or on a member of it as `target.name`; undefined where there is none. */
export function wordsFor(name: string): string | undefined {
  return Object.hasOwn(words, name) ? words[name] : undefined;
}

/** One line on a statement of Jinja. */
export function wordsForStatement(name: string): string | undefined {
  return Object.hasOwn(statementWords, name) ? statementWords[name] : undefined;
}

/** The statements that can be begun; their ends are offered where something is open. */
export const statements: readonly string[] = Object.keys(statementWords);
