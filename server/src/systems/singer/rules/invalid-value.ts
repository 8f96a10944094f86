import { closest } from '../../../core/closest.ts';
import type { Report, Rule } from '../../../core/rule.ts';
import { pairsOf, type Node } from '../../../core/tree.ts';
import { allowedValues } from '../metadata-keys.ts';
import type { SingerModel } from '../model.ts';

/** A value of metadata that nobody knows: taps read the catalog and go on as if nothing were said. */
export const invalidValue: Rule<SingerModel> = {
  id: 'singer/invalid-value',
  severity: 'warning',
  check({ model, source }, report) {
    if (model.kind !== 'catalog') return;
    for (const { node, metadata } of model.streams) {
      checkKeys(node, ['replication_method'], { path: source.path, report });
      for (const { values } of metadata)
        checkKeys(values, Object.keys(allowedValues), { path: source.path, report });
    }
  },
};

function checkKeys(
  node: Node | undefined,
  keys: readonly string[],
  { path, report }: { readonly path: string; readonly report: Report },
): void {
  for (const { key, value } of pairsOf(node)) {
    const allowed = keys.includes(key.text) ? allowedValues[key.text] : undefined;
    if (!allowed || (value.kind === 'scalar' && value.value === null)) continue;
    if (value.kind === 'scalar' && allowed.some((each) => each === value.value)) continue;
    const texts = allowed.map(String);
    const text = value.kind === 'scalar' ? value.text : '';
    const list = `${texts
      .slice(0, -1)
      .map((each) => `\`${each}\``)
      .join(', ')} or \`${texts.at(-1)}\``;
    const meant = typeof allowed[0] === 'string' ? closest(text, texts) : undefined;
    const fixes =
      meant === undefined
        ? []
        : [
            {
              title: `Change to \`${meant}\``,
              edits: [{ path, span: value.span, newText: meant }],
              certain: false,
            },
          ];
    const what = text === '' ? `this is no value` : `\`${text}\` is no value`;
    report(
      value,
      `${what} for \`${key.text}\`; ${meant === undefined ? `use ${list}` : `did you mean \`${meant}\`?`}`,
      { fixes },
    );
  }
}
