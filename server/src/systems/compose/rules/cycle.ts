import type { Report, Rule } from '../../../core/rule.ts';
import { get, type Node, type ScalarNode } from '../../../core/tree.ts';
import { ifStarted, namesIn, textAt, textsIn, type ComposeModel } from '../model.ts';

/** Services that wait for each other in a circle, or take each other over: Compose starts none of them. */
export const cycle: Rule<ComposeModel> = {
  id: 'compose/dependency-cycle',
  severity: 'error',
  check({ model }, report) {
    find(
      model,
      waitsFor,
      (names) => `${chain(names)} wait for each other, so none can start; remove one of the dependencies`,
      report,
    );
    find(
      model,
      takesOver,
      (names) => `${chain(names)} take each other over; remove one of the \`extends\``,
      report,
    );
  },
};

interface Edge {
  readonly to: string;
  readonly at: ScalarNode;
}

function waitsFor(service: Node): readonly Edge[] {
  const shared = ['network_mode', 'ipc', 'pid', 'uts', 'cgroup'].flatMap((key) => textAt(service, key) ?? []);
  return [
    ...namesIn(get(service, 'depends_on')).map((at) => ({ to: at.text, at })),
    ...[...textsIn(get(service, 'links')), ...textsIn(get(service, 'volumes_from'))].map((at) => ({
      to: at.text.split(':')[0]!,
      at,
    })),
    ...shared.flatMap((at) => (at.text.startsWith('service:') ? [{ to: at.text.slice(8), at }] : [])),
  ];
}

function takesOver(service: Node): readonly Edge[] {
  const node = get(service, 'extends');
  const at = node?.kind === 'scalar' ? node : get(node, 'file') ? undefined : textAt(node, 'service');
  return at ? [{ to: at.text, at }] : [];
}

/** Reports each circle once, at the step that leads back to where it began. */
function find(
  { services }: ComposeModel,
  edgesOf: (service: Node) => readonly Edge[],
  say: (names: readonly string[]) => string,
  report: Report,
): void {
  const nodes = new Map(services.map(({ key, value }) => [key.text, value]));
  const mildest = (names: readonly string[]): ReturnType<typeof ifStarted> =>
    names.map((name) => ifStarted(nodes.get(name)!)).find(({ severity }) => severity) ?? {};
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (name: string): void => {
    path.push(name);
    for (const { to, at } of edgesOf(nodes.get(name)!)) {
      const from = path.indexOf(to);
      if (from >= 0) report(at, say(path.slice(from)), mildest(path.slice(from)));
      else if (nodes.has(to) && !done.has(to)) visit(to);
    }
    path.pop();
    done.add(name);
  };
  for (const name of nodes.keys()) if (!done.has(name)) visit(name);
}

/** `a` → `b` → `a`. */
export function chain(names: readonly string[]): string {
  return [...names, names[0]!].map((name) => `\`${name}\``).join(' → ');
}
