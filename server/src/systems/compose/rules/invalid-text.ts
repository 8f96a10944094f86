import type { Report, Rule } from '../../../core/rule.ts';
import { get, itemsOf, nodeAt, pairsOf, type Node } from '../../../core/tree.ts';
import { ifStarted, textAt, textsIn, type ComposeModel } from '../model.ts';

/** Texts that its schema takes and Compose itself does not: durations, sizes, a health check's first word. */
export const invalidText: Rule<ComposeModel> = {
  id: 'compose/invalid-value',
  severity: 'error',
  check({ model }, report) {
    for (const { value } of model.services) checkService(value, report);
  },
};

const duration = /^(?:0|[+-]?(?:\d+(?:\.\d+)?(?:ns|us|µs|ms|s|m|h|d|w|y))+)$/u;
const size = /^\d+(?:\.\d+)?\s*(?:[kmgtp]i?b?|b)?$/iu;

function checkService(service: Node, report: Report): void {
  const check = get(service, 'healthcheck');
  for (const key of ['interval', 'timeout', 'start_period', 'start_interval'])
    checkText(get(check, key), duration, 'is no duration; write one such as `30s` or `1m30s`', report);
  checkText(get(service, 'stop_grace_period'), duration, 'is no duration; write one such as `30s`', report);
  for (const key of ['mem_limit', 'mem_reservation', 'shm_size'])
    checkText(get(service, key), size, 'is no size; write one such as `512m` or `2g`', report);
  checkText(
    nodeAt(service, ['deploy', 'resources', 'limits', 'memory']),
    size,
    'is no size; write one such as `512m` or `2g`',
    report,
  );
  checkText(get(check, 'retries'), /^\d+$/u, 'is no number; write how often to try', report);
  for (const key of ['tty', 'privileged', 'read_only', 'init', 'stdin_open', 'oom_kill_disable'])
    checkText(
      get(service, key),
      /^(?:true|false|y|yes|n|no|on|off|0|1|t|f)$/iu,
      'is neither `true` nor `false`; write one of them',
      report,
    );
  for (const scale of [get(service, 'scale'), nodeAt(service, ['deploy', 'replicas'])])
    if (scale?.kind === 'scalar' && Number(scale.text) < 0)
      report(scale, `\`${scale.text}\` is no number of containers; write \`0\` or more`);
  const mild: Report = (at, message) => report(at, message, ifStarted(service));
  checkHealthcheck(get(check, 'test'), mild);
  checkLists(service, report);
}

function checkHealthcheck(test: Node | undefined, report: Report): void {
  const [first] = itemsOf(test);
  if (first?.kind !== 'scalar' || /^(?:CMD|CMD-SHELL|NONE)$/u.test(first.text) || first.text.includes('$'))
    return;
  report(first, '`test` begins with `CMD`, `CMD-SHELL` or `NONE`; put `CMD` in front');
}

function checkLists(service: Node, report: Report): void {
  for (const item of textsIn(get(service, 'extra_hosts')))
    if (!/[=:]/u.test(item.text) && !item.text.includes('$'))
      report(item, `\`${item.text}\` has no address; write \`${item.text}=192.168.0.1\``);
  const build = get(service, 'build');
  const platform = textAt(service, 'platform');
  const platforms = textsIn(get(build, 'platforms'));
  if (platform && platforms.length > 0 && ![platform, ...platforms].some(({ text }) => text.includes('$')))
    if (!platforms.some(({ text }) => text === platform.text))
      report(
        platform,
        `\`${platform.text}\` is not among the platforms that the image is built for; add it to \`build.platforms\``,
      );
  for (const { key, value } of pairsOf(get(build, 'args')))
    if (value.kind !== 'scalar') report(key, `\`${key.text}\` takes one value; write a text`);
}

function checkText(node: Node | undefined, pattern: RegExp, fault: string, report: Report): void {
  if (node?.kind !== 'scalar' || typeof node.value !== 'string' || node.text.includes('$')) return;
  if (!pattern.test(node.text)) report(node, `\`${node.text}\` ${fault}`);
}
