/** Reported as less than an error: whether dbt refuses it depends on something that the files do not say. */
export const onEnvironment = 'the variable may be set where dbt is started';
export const onVars = 'the variable may be given by `--vars`';
export const onCommand = 'the command may name another by an option';
export const onInstalled = 'the adapter may be installed where dbt is started';
export const onBranch = 'the branch may never be taken';
export const onCall = 'the macro may never be called';
export const onRelation = 'schema and alias decide whether the two become one table';
export const onReference = 'dbt only warns of it until something refers to it';
export const onTable = 'the database decides, when the test runs';

/** Left to dbt: reading the files one by one does not tell. */
const both = (reason: string): { readonly core: string; readonly v2: string } => ({
  core: reason,
  v2: reason,
});
export const relation = both('schemas and aliases are made by macros');
export const spread = both('the configuration is the sum of the project, the properties and the model');
export const rendered = both('only rendering tells');
export const warehouse = both('the warehouse knows the columns');
export const home = both('profiles.yml may lie in the home folder of whoever starts dbt');
