import type { Use } from '../../core/facts.ts';
import type { SourceFile } from '../../core/source-file.ts';
import type { Claim, Parsed, Project } from '../../core/system.ts';
import { findCalls, keyword, type Call } from './calls.ts';
import type { ResourcePlace } from './claim.ts';
import type { Token } from './jinja.ts';
import { layoutOf, mayBeDisabled } from './layout.ts';
import { scanPython } from './python-words.ts';
import { refUses, sourceUses, type Role } from './references.ts';
import { modelStepNames } from './step-names.ts';
import type { SqlConfig } from './sql-config.ts';
import { configUses, modelDefinition, type PlacedCall } from './sql.ts';
import { unlessSwitchedOff } from './switched-off.ts';

export interface PythonModel {
  readonly kind: 'python';
  readonly config: SqlConfig;
  readonly words: readonly Token[];
  /** Calls of what hangs on `dbt`. */
  readonly calls: readonly PlacedCall[];
}

/** Reads a Python model: what it takes by `dbt.ref` and `dbt.source`, and its own configuration. */
export function parsePython(source: SourceFile, claim: Claim, project: Project): Parsed<PythonModel> {
  const place = claim.data as ResourcePlace;
  const words = scanPython(source.text);
  // dbt reads the text and does not run it, so every call counts.
  const calls = [...findCalls(words)]
    .filter((call) => call.owner === 'dbt' || isConfigMember(call, words))
    .map((call): PlacedCall => ({ ...call, at: 'plain' }));
  const config = readConfig(calls);
  const isOff = config.mayBeDisabled || mayBeDisabled(layoutOf(project), 'models', place.folders, place.name);
  const role: Role = isOff ? 'deferred' : 'plain';
  const uses = calls.flatMap((call): readonly Use[] => {
    if (call.owner !== 'dbt') return [];
    if (call.name.text === 'ref') return refUses(call, project, role);
    if (call.name.text === 'config') return configUses(call, project, role);
    return call.name.text === 'source' ? sourceUses(call, project, role) : [];
  });
  return {
    model: { kind: 'python', config, words, calls },
    problems: [],
    facts: [
      modelDefinition(place, config, project, isOff),
      ...modelStepNames(place, project),
      ...unlessSwitchedOff(uses, place.name, project),
    ],
  };
}

/** `dbt.config.get(…)` */
function isConfigMember({ owner, index }: Call, words: readonly Token[]): boolean {
  return owner === 'config' && words[index - 3]?.text === '.' && words[index - 4]?.text === 'dbt';
}

function readConfig(calls: readonly Call[]): SqlConfig {
  const configs = calls.filter((call) => call.name.text === 'config' && call.owner === 'dbt');
  const materialized = configs
    .map((call) => keyword(call, 'materialized')?.literal?.text)
    .find((text) => text !== undefined);
  return { materialized, mayBeDisabled: configs.some((call) => isOff(call)) };
}

function isOff(call: Call): boolean {
  const enabled = keyword(call, 'enabled');
  return enabled !== undefined && enabled.only?.text !== 'True';
}
