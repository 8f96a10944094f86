import type { Report, Rule } from '../../../core/rule.ts';
import { closest } from '../../../core/closest.ts';
import { pairsOf, type Node, type ScalarNode } from '../../../core/tree.ts';
import type { MeltanoModel } from '../model.ts';

/** Meltano reads its own settings on its way to every command, and stops at one that it cannot read: `cli: { log_level: loud }`. */
export const projectSetting: Rule<MeltanoModel> = {
  id: 'meltano/invalid-project-setting',
  severity: 'error',
  check({ tree, model }, report) {
    if (model.kind !== 'project' && model.kind !== 'included') return;
    for (const [name, value] of settingsIn(tree, '')) {
      if (value.text.includes('$') || value.value === null) continue;
      checkOptions(name, value, report);
      if (
        integers.has(name) &&
        typeof value.value === 'string' &&
        !/^\s*[-+]?\d+(?:_\d+)*\s*$/.test(value.text)
      )
        report(value, `\`${name}\` must be a whole number, not \`${value.text}\``);
      if (name === 'state_backend.uri') checkBackend(value, report);
      if (name === 'database_uri' && typeof value.value === 'string' && !/^[\w+]+:\/\//.test(value.text))
        report(value, '`database_uri` is no address of a database; begin with its kind, as in `sqlite:///`');
    }
  },
};

function checkOptions(name: string, value: ScalarNode, report: Report): void {
  const allowed = Object.hasOwn(options, name) ? options[name] : undefined;
  if (!allowed || allowed.includes(String(value.value))) return;
  const near = closest(value.text.toLowerCase(), allowed);
  report(
    value,
    `\`${value.text}\` is no value for \`${name}\`; ${near ? `did you mean \`${near}\`?` : `use one of ${allowed.join(', ')}`}`,
  );
}

/** An add-on may serve others, which nobody can see from here. */
function checkBackend(value: ScalarNode, report: Report): void {
  if (value.text === 'systemdb') return;
  const scheme = /^([\w+.-]+):/.exec(value.text)?.[1];
  if (scheme !== undefined && backends.includes(scheme)) return;
  report(
    value,
    `Meltano itself keeps state in none of this kind; use \`systemdb\` or one of ${backends.map((each) => `\`${each}://\``).join(', ')}, or install the add-on that serves it`,
    { severity: 'warning' },
  );
}

const options: Readonly<Record<string, readonly string[]>> = {
  'cli.log_level': ['debug', 'info', 'warning', 'error', 'critical', 'disabled'],
  'cli.log_format': ['colored', 'uncolored', 'json', 'key_value', 'plain'],
};

const integers: ReadonlySet<string> = new Set([
  'database_max_retries',
  'database_retry_timeout',
  'elt.buffer_size',
  'state_backend.lock_timeout_seconds',
  'state_backend.lock_retry_seconds',
]);

const backends = ['file', 's3', 'gs', 'azure'];

const groups: ReadonlySet<string> = new Set(['cli', 'state_backend', 'elt']);

/** Settings by their whole names: `cli: { log_level: … }` is `cli.log_level: …` too. */
function* settingsIn(node: Node | undefined, prefix: string): Iterable<readonly [string, ScalarNode]> {
  for (const { key, value } of pairsOf(node)) {
    const name = prefix + key.text;
    if (value.kind === 'scalar') yield [name, value];
    else if (prefix === '' && groups.has(name)) yield* settingsIn(value, `${name}.`);
  }
}
