import type { Report, Rule } from '../../../core/rule.ts';
import { get, itemsOf, type Node, type Pair } from '../../../core/tree.ts';
import type { ComposeModel } from '../model.ts';
import { ifStarted, textAt } from '../model.ts';

/** What Compose cannot do without, and its schema does not ask for. */
export const missingKey: Rule<ComposeModel> = {
  id: 'compose/missing-key',
  severity: 'error',
  check({ model, claim }, report) {
    // A file that is laid over another says only what differs.
    if (claim.kind === 'main') {
      checkSources(model.secrets, ['file', 'environment'], report);
      checkSources(model.configs, ['file', 'environment', 'content'], report);
    }
    for (const { value } of model.services) {
      for (const port of itemsOf(get(value, 'ports')))
        if (isWithout(port, 'target'))
          report(port, 'a port needs `target`, its number inside the container; add it');
      for (const mount of itemsOf(get(value, 'volumes'))) checkMount(mount, report);
      for (const watch of itemsOf(get(get(value, 'develop'), 'watch'))) {
        const action = textAt(watch, 'action')?.text ?? '';
        if (action.includes('sync') && isWithout(watch, 'target'))
          report(
            watch,
            `\`${action}\` needs \`target\`, the path inside the container; add it`,
            ifStarted(value),
          );
      }
    }
  },
};

function checkSources(pairs: readonly Pair[], keys: readonly string[], report: Report): void {
  for (const { key, value } of pairs) {
    if (value.kind !== 'map') continue;
    if ([...keys, 'external', 'driver', 'template_driver'].some((name) => get(value, name) !== undefined))
      continue;
    const list = keys.map((name) => `\`${name}\``).join(' or ');
    report(key, `\`${key.text}\` says nowhere what it holds; add ${list}, or \`external: true\``);
  }
}

function checkMount(mount: Node, report: Report): void {
  if (isWithout(mount, 'target'))
    report(mount, 'a mount needs `target`, its path inside the container; add it');
  const source = get(mount, 'source');
  const isEmpty = source === undefined || (source.kind === 'scalar' && source.text === '');
  if (textAt(mount, 'type')?.text === 'bind' && isEmpty)
    report(mount, 'a bind mount needs `source`, the folder or file that it shows; add it');
}

function isWithout(node: Node, key: string): boolean {
  return node.kind === 'map' && get(node, key) === undefined;
}
