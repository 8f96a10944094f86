import builtins from '../../../schemas/dbt/builtins.json' with { type: 'json' };

/** What dbt brings along for Jinja, as extracted from its release: names, and parameters where there are any. */
type Table = Readonly<Record<string, string | null>>;

const packages: Readonly<Record<string, Readonly<Record<string, string>>>> = builtins.macros;
const context: Table = builtins.context;

/** Names that Jinja itself knows in places, and those of hooks, tests and query comments. */
const special =
  'loop self super caller varargs kwargs context builtins dbt statement node results schemas database_schemas connection_name doc debug namespace range dict lipsum cycler joiner';

const contextNames: ReadonlySet<string> = new Set([
  ...Object.keys(context),
  ...builtins.globals,
  ...special.split(' '),
]);

/** True for what is always there without any project or package: `ref`, `target`, `log`, `range`. */
export function isContextName(name: string): boolean {
  return contextNames.has(name);
}

const constants = new Set(['none', 'None', 'true', 'True', 'false', 'False']);

/** True for the words that mean a value to Jinja and name nothing. */
export function isConstant(word: string): boolean {
  return constants.has(word);
}

/** Adapters that people use, of which nothing but the name is known. */
const otherAdapters: ReadonlySet<string> = new Set(
  (
    'athena clickhouse dremio exasol fabric fabricspark firebolt glue hive impala materialize oracle singlestore ' +
    'sqlite sqlserver starrocks synapse teradata trino vertica'
  ).split(' '),
);

/** True for `dbt` and the packages that adapters bring: `dbt_duckdb`. */
export function isBuiltinPackage(name: string): boolean {
  return Object.hasOwn(packages, name) || isOfOtherAdapter(name.replace(/^dbt_/, ''));
}

/** True for a name that only an adapter could give a meaning of which nothing is known: `trino__hash`. */
export function isOfOtherAdapter(name: string): boolean {
  return otherAdapters.has(name.split('__', 1)[0]!);
}

/** The packages that dbt and its adapters bring, by name; the first is dbt's own. */
export const builtinPackages: readonly string[] = Object.keys(packages);

/** The parameters of a macro that dbt or an adapter brings; of several of one name, dbt's own come first. */
export function builtinMacro(name: string, inPackage?: string): string | undefined {
  return builtinMacros(name, inPackage)[0];
}

/** The parameters of each macro of one name that dbt and its adapters bring. */
export function builtinMacros(name: string, inPackage?: string): readonly string[] {
  return Object.entries(packages).flatMap(([each, macros]) =>
    (inPackage === undefined || each === inPackage) && Object.hasOwn(macros, name) ? [macros[name]!] : [],
  );
}

/** The names of the macros of one of the packages that dbt and its adapters bring. */
export function builtinNames(inPackage: string): readonly string[] {
  return Object.keys(packages[inPackage] ?? {});
}

/** Every macro of dbt itself, with its parameters; tests and the parts that adapters replace are left out. */
export function* dbtMacros(): Iterable<readonly [name: string, parameters: string]> {
  for (const [name, parameters] of Object.entries(packages['dbt'] ?? {}))
    if (!name.startsWith('test_') && !name.includes('__')) yield [name, parameters];
}

/** The names of all that is called without a package and comes with dbt. */
export function* dbtFunctions(): Iterable<string> {
  yield* Object.keys(functions);
  for (const [name, parameters] of Object.entries(context)) if (parameters !== null) yield name;
  for (const [name] of dbtMacros()) yield name;
}

/** Functions of the context that are written as properties of dbt's own, so that their parameters are not told. */
const functions: Readonly<Record<string, string>> = {
  ref: 'model_name, version=none',
  source: 'source_name, table_name',
  var: 'var_name, default=none',
  env_var: 'var, default=none',
  config: '**kwargs',
  metric: 'metric_name',
  function: 'function_name',
  doc: 'block_name',
  range: 'start, stop=none, step=1',
  namespace: '**kwargs',
  dict: '**kwargs',
};

/** The parameters of a function of the context; undefined for names that are no functions. */
export function contextFunction(name: string): string | undefined {
  if (Object.hasOwn(functions, name)) return functions[name];
  return Object.hasOwn(context, name) ? (context[name] ?? undefined) : undefined;
}

const members: Readonly<Record<string, Table>> = {
  adapter: {
    ...builtins.adapter,
    dispatch: 'macro_name, macro_namespace=none',
    type: '',
    nice_connection_name: '',
  },
  this: builtins.relation,
  api: { Relation: null, Column: null },
  exceptions: Object.fromEntries(builtins.exceptions.map((name) => [name, ''])),
  modules: { pytz: null, datetime: null, re: null, itertools: null },
  target: Object.fromEntries(
    ['profile_name', 'name', 'target_name', 'schema', 'database', 'type', 'threads'].map((name) => [
      name,
      null,
    ]),
  ),
  config: {
    get: 'name, default=none, validator=none',
    require: 'name, validator=none',
    set: 'name, value',
    meta_get: 'name, default=none',
    meta_require: 'name',
    persist_relation_docs: '',
    persist_column_docs: '',
  },
  flags: Object.fromEntries(
    ['FULL_REFRESH', 'STORE_FAILURES', 'WHICH', 'EMPTY', 'INVOCATION_COMMAND'].map((name) => [name, null]),
  ),
  loop: Object.fromEntries(
    [
      'index',
      'index0',
      'revindex',
      'revindex0',
      'first',
      'last',
      'length',
      'previtem',
      'nextitem',
      'depth',
    ].map((name) => [name, null]),
  ),
  model: Object.fromEntries(
    [
      'name',
      'alias',
      'unique_id',
      'config',
      'columns',
      'resource_type',
      'package_name',
      'original_file_path',
      'description',
      'tags',
      'meta',
      'depends_on',
      'refs',
      'sources',
    ].map((name) => [name, null]),
  ),
};

/** The members of a name of the context that can be told, with the parameters of those that are called. */
export function membersOf(name: string): Table | undefined {
  return Object.hasOwn(members, name) ? members[name] : undefined;
}

const filters: ReadonlySet<string> = new Set(builtins.filters);
const tests: ReadonlySet<string> = new Set(builtins.tests);

export const jinjaFilters: readonly string[] = builtins.filters;

export const jinjaTests: readonly string[] = builtins.tests;

export function isFilter(name: string): boolean {
  return filters.has(name);
}

/** True for what may stand behind `is`. */
export function isJinjaTest(name: string): boolean {
  return tests.has(name);
}

/** The materializations that dbt and its adapters bring. */
export const materializations: readonly string[] = [...builtins.materializations, 'ephemeral'];

/** Every name of the context, for a completion. */
export function* contextNamesOf(): Iterable<string> {
  for (const name of Object.keys(context)) if (!name.startsWith('_')) yield name;
}

const warningNames: ReadonlySet<string> = new Set(builtins.warnings);

/** The events that `warn_error_options` may name, those of dbt v2 too. */
export function dbtWarnings(): ReadonlySet<string> {
  return warningNames;
}
