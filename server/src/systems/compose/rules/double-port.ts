import type { Rule } from '../../../core/rule.ts';
import type { Port } from '../../../core/services.ts';
import { get, itemsOf, type Node } from '../../../core/tree.ts';
import { textAt, textsIn, type ComposeModel } from '../model.ts';
import { portsOf } from '../ports.ts';

/** Two services that want one port of the host, or one container's name: the second one does not start. */
export const doublePort: Rule<ComposeModel> = {
  id: 'compose/port-taken',
  severity: 'warning',
  check({ model, source }, report) {
    const taken: Taken[] = [];
    const names = new Map<string, Node>();
    for (const { key, value } of model.services) {
      const profiles = textsIn(get(value, 'profiles')).map(({ text }) => text);
      for (const entry of itemsOf(get(value, 'ports'))) {
        for (const port of portsOf(entry)) {
          const other = taken.find((each) => each.service !== key.text && collides(each, { port, profiles }));
          if (other)
            report(
              entry,
              `the port ${port.host} of this machine is already that of \`${other.service}\`; publish another one`,
              {
                related: [
                  {
                    path: source.path,
                    span: other.at.span,
                    message: `\`${other.service}\` publishes it here`,
                  },
                ],
              },
            );
          if (other) break;
          taken.push({ port, profiles, service: key.text, at: entry });
        }
      }
      const name = textAt(value, 'container_name');
      const first = name && names.get(name.text);
      if (first)
        report(name, `another service's container is already named \`${name.text}\`; choose another name`, {
          code: 'compose/container-name-taken',
          related: [{ path: source.path, span: first.span, message: 'it is first used here' }],
        });
      else if (name && profiles.length === 0) names.set(name.text, name);
    }
  },
};

interface Wanted {
  readonly port: Port;
  readonly profiles: readonly string[];
}

interface Taken extends Wanted {
  readonly service: string;
  readonly at: Node;
}

/** Services of different profiles seldom run together. */
function collides(a: Wanted, b: Wanted): boolean {
  const together =
    a.profiles.length === 0 || b.profiles.length === 0
      ? a.profiles.length === b.profiles.length
      : a.profiles.some((profile) => b.profiles.includes(profile));
  const isAny = (address: string | undefined): boolean =>
    address === undefined || /^(?:0\.0\.0\.0|::)$/.test(address);
  const same = isAny(a.port.address) || isAny(b.port.address) || a.port.address === b.port.address;
  return (
    together &&
    same &&
    a.port.host !== undefined &&
    a.port.host === b.port.host &&
    a.port.protocol === b.port.protocol
  );
}
