import type { FactReader } from '../../core/fact-index.ts';
import type { Definition, Located } from '../../core/facts.ts';
import type { RenamedName } from '../../core/system.ts';
import { namespaces } from './names.ts';
import { pluginTypes } from './plugin-types.ts';
import { catalogStep, commandStep, configStep, jobStep, loadOf, pluginStep } from './step-names.ts';

const plugins: ReadonlySet<string> = new Set(pluginTypes.map((type) => type.namespace));

/** What is called after a job, a plugin or a plugin's command: its steps, and a plugin's commands. */
export function namedAfter(
  definition: Located<Definition>,
  newName: string,
  facts: FactReader,
): readonly RenamedName[] {
  const { namespace, name } = definition;
  if (namespace === namespaces.job) return [step(jobStep(name), jobStep(newName))];
  if (namespace === namespaces.command) return [commandSteps(name, newName)];
  if (!plugins.has(namespace)) return [];
  const commands = [...facts.all(namespaces.command, definition.scope)].filter((each) =>
    each.name.startsWith(`${name}:`),
  );
  return [
    ...[pluginStep, loadOf, catalogStep, configStep].map((of) => step(of(name), of(newName))),
    ...commands.flatMap((each) => {
      const to = newName + each.name.slice(name.length);
      return [{ key: each, to }, commandSteps(each.name, to)];
    }),
  ];
}

/** Meltano finds a plugin that says nothing of where it comes from by its name, in the lock file. */
export function keepsName(definition: Located<Definition>, facts: FactReader): string | undefined {
  const type = pluginTypes.find((each) => each.namespace === definition.namespace);
  const { data, name, scope } = definition;
  if (!type || data?.['inherit_from'] !== undefined || data?.['namespace'] !== undefined) return undefined;
  return facts.definitions({ namespace: type.locks, scope, name }).length === 0
    ? undefined
    : `Meltano finds the ${type.what} \`${name}\` in its lock file by this name; say \`inherit_from: ${name}\` first, then rename it`;
}

function commandSteps(command: string, to: string): RenamedName {
  return step(stepOf(command), stepOf(to));
}

function stepOf(command: string): string {
  const [plugin = '', own = ''] = command.split(':');
  return commandStep(plugin, own);
}

function step(name: string, to: string): RenamedName {
  return { key: { namespace: 'step', scope: '', name }, to };
}
