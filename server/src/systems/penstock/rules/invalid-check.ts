import { readAddress } from '../../../core/address.ts';
import type { Rule } from '../../../core/rule.ts';
import { get, pairsOf, type Node, type Pair } from '../../../core/tree.ts';
import { checkKinds } from '../checks-model.ts';
import type { PenstockModel } from '../model.ts';
import { addressOf, isHttp } from '../probe-of.ts';

/** A check that says nothing of how it is proved, or two ways at once, and an address that leads nowhere: `port: db`. */
export const invalidCheck: Rule<PenstockModel> = {
  id: 'penstock/invalid-check',
  severity: 'error',
  check({ model }, report) {
    for (const { pair, kinds } of model.checks) {
      const [first, ...others] = kinds;
      // A key that is not known may be the one that says it, and is a finding of its own.
      if (
        !first &&
        pairsOf(pair.value).every(({ key }) => options.has(key.text)) &&
        pair.value.kind === 'map'
      )
        report(
          pair.key,
          `nothing says how \`${pair.key.text}\` is proved; add one of ${checkKinds.map((kind) => `\`${kind}\``).join(', ')}`,
        );
      for (const other of others)
        report(
          other.key,
          `a check asks one thing, and this one has \`${first!.key.text}\` already; make \`${other.key.text}\` a check of its own`,
        );
      for (const kind of kinds) {
        const wrong = whyWrong(kind);
        if (wrong) report(wrong.at, wrong.message);
      }
    }
  },
};

const options: ReadonlySet<string> = new Set([
  'title',
  'items',
  'systems',
  'categories',
  'weight',
  'timeout',
  'max-age',
]);

const services: ReadonlySet<string> = new Set(['redis', 'postgres', 'kafka', 'elasticsearch']);

function whyWrong({ key, value }: Pair): { readonly at: Node; readonly message: string } | undefined {
  if (key.text === 'http') {
    const url = value.kind === 'map' ? get(value, 'url') : value;
    if (url?.kind !== 'scalar' || url.text === '' || isHttp(url.text)) return undefined;
    return {
      at: url,
      message: `\`${url.text}\` is no address that can be asked; write it whole, as \`http://localhost:9090/-/ready\``,
    };
  }
  const usual = services.has(key.text) ? 1 : undefined;
  if ((usual === undefined && key.text !== 'port') || value.kind !== 'scalar' || value.value === null)
    return undefined;
  // That no port has such a number the schema says.
  if (addressOf(value, usual) || typeof value.value === 'number') return undefined;
  // As in `redis://:password@cache:6379/0`; what stands before the sign is not told again.
  const [, asked] = /@([^@/?#]+)[^@]*$/.exec(value.text) ?? [];
  if (asked !== undefined && readAddress(asked, usual))
    return { at: value, message: `nobody logs in to see whether it answers; write \`${asked}\` alone` };
  const advice = usual === undefined ? '`5432` or `localhost:5432`' : 'a port, `localhost:5432`, or `true`';
  return { at: value, message: `\`${value.text}\` is no address of a port; write ${advice}` };
}
