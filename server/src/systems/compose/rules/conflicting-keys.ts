import type { Report, Rule } from '../../../core/rule.ts';
import { findPair, get, itemsOf, nodeAt, type Node, type Pair } from '../../../core/tree.ts';
import { ifStarted, type ComposeModel } from '../model.ts';

/** Keys of which Compose takes one only: `network_mode` and `networks`. */
export const conflictingKeys: Rule<ComposeModel> = {
  id: 'compose/conflicting-keys',
  severity: 'error',
  check({ model }, report) {
    for (const { value } of model.services)
      checkService(value, (at, message) => report(at, message, ifStarted(value)));
    checkJobs(model, report);
    for (const { value } of model.secrets) checkOneOf(value, ['file', 'environment'], 'secret', report);
    for (const { value } of model.configs)
      checkOneOf(value, ['file', 'environment', 'content'], 'config', report);
    for (const { value } of model.volumes) checkExternal(value, report);
  },
};

function checkService(service: Node, report: Report): void {
  const mode = findPair(service, 'network_mode');
  const networks = findPair(service, 'networks');
  if (mode && networks && size(networks.value) > 0)
    report(
      later(mode, networks).key,
      '`network_mode` and `networks` exclude each other; remove one of the two',
    );
  const build = get(service, 'build');
  const [file, inline] = [findPair(build, 'dockerfile'), findPair(build, 'dockerfile_inline')];
  if (file && inline)
    report(
      later(file, inline).key,
      '`dockerfile` and `dockerfile_inline` exclude each other; remove one of the two',
    );
  for (const [key, path] of limits) checkTwice(service, key, path, report);
  checkName(service, report);
  const devices = itemsOf(nodeAt(service, ['deploy', 'resources', 'reservations', 'devices']));
  for (const device of [...itemsOf(get(service, 'gpus')), ...devices]) {
    const [count, ids] = [findPair(device, 'count'), findPair(device, 'device_ids')];
    if (count && ids)
      report(later(count, ids).key, '`count` and `device_ids` exclude each other; remove one of the two');
  }
}

/** One name may be one thing only. */
function checkJobs({ services, jobs }: ComposeModel, report: Report): void {
  const names = new Set(services.map(({ key }) => key.text));
  for (const { key } of jobs)
    if (names.has(key.text))
      report(key, `\`${key.text}\` is both a service and a job; rename one of the two`);
}

/** What can be said at two places, and must then be the same. */
const limits: readonly (readonly [string, readonly string[]])[] = [
  ['scale', ['deploy', 'replicas']],
  ['cpus', ['deploy', 'resources', 'limits', 'cpus']],
  ['mem_limit', ['deploy', 'resources', 'limits', 'memory']],
  ['mem_reservation', ['deploy', 'resources', 'reservations', 'memory']],
  ['pids_limit', ['deploy', 'resources', 'limits', 'pids']],
];

function checkTwice(service: Node, key: string, path: readonly string[], report: Report): void {
  const [one, other] = [get(service, key), nodeAt(service, path)];
  if (one?.kind !== 'scalar' || other?.kind !== 'scalar' || isOpen(one.text) || isOpen(other.text)) return;
  if (amount(one.text) === amount(other.text)) return;
  report(other, `\`${key}\` says \`${one.text}\`, and Compose refuses two values; say it at one place`);
}

function checkName(service: Node, report: Report): void {
  const name = findPair(service, 'container_name');
  const count = get(service, 'scale') ?? nodeAt(service, ['deploy', 'replicas']);
  if (name && count?.kind === 'scalar' && Number(count.text) > 1)
    report(name.key, `${count.text} containers cannot share one \`container_name\`; remove it`);
}

function checkOneOf(node: Node, keys: readonly string[], what: string, report: Report): void {
  const found = keys.flatMap((key) => findPair(node, key) ?? []);
  const [, second] = found.toSorted((a, b) => a.key.span.start - b.key.span.start);
  const list = keys.map((key) => `\`${key}\``).join(' and ');
  if (second) report(second.key, `a ${what} takes only one of ${list}; remove the others`);
}

/** What is made elsewhere is only named here. */
function checkExternal(node: Node, report: Report): void {
  const external = get(node, 'external');
  if (node.kind !== 'map' || external?.kind !== 'scalar' || external.value !== true) return;
  for (const { key } of node.pairs)
    if (!['name', 'external'].includes(key.text) && !key.text.startsWith('x-'))
      report(
        key,
        `what is \`external\` is made elsewhere, so \`${key.text}\` cannot be set here; remove one of the two`,
      );
}

function later(one: Pair, other: Pair): Pair {
  return one.key.span.start > other.key.span.start ? one : other;
}

function size(node: Node): number {
  return node.kind === 'map' ? node.pairs.length : itemsOf(node).length;
}

function isOpen(text: string): boolean {
  return text.includes('$');
}

/** `1g` and `1024m` are one amount. */
function amount(text: string): string {
  const found = /^([\d.]+)\s*([kmgtp]?)i?b?$/i.exec(text.trim());
  if (!found) return text;
  return String(Number(found[1]) * 1024 ** ' kmgtp'.indexOf(found[2]!.toLowerCase() || ' '));
}
