import type { Report, Rule } from '../../../core/rule.ts';
import { findPair, get, itemsOf, type Node } from '../../../core/tree.ts';
import type { MeltanoModel } from '../model.ts';

/**
 * Patterns of `include_paths` are looked up inside the project. One that Meltano cannot look up ends every command,
 * as does a file outside: `include_paths: [../shared/*.yml]`. What an included file includes is never read.
 */
export const includePath: Rule<MeltanoModel> = {
  id: 'meltano/include-path',
  severity: 'error',
  check({ tree, model }, report) {
    if (model.kind === 'included') {
      const nested = findPair(tree, 'include_paths');
      if (nested)
        report(nested.key, 'Meltano reads `include_paths` in meltano.yml alone; name the files there', {
          severity: 'warning',
        });
    }
    if (model.kind !== 'project') return;
    for (const item of itemsOf(get(tree, 'include_paths'))) checkPattern(item, report);
  },
};

function checkPattern(item: Node, report: Report): void {
  if (item.kind !== 'scalar' || typeof item.value !== 'string')
    return report(item, 'a path to include must be a text; put it in quotes');
  const segments = item.text.split('/');
  if (item.text === '') return report(item, 'Meltano refuses an empty path to include; remove it');
  if (item.text.startsWith('/') || /^[A-Za-z]:[\\/]/.test(item.text))
    return report(
      item,
      'Meltano refuses a path from the root; write it relative to the folder of meltano.yml',
    );
  if (segments.includes('..'))
    return report(
      item,
      'Meltano refuses files outside of the project; keep what is included below meltano.yml',
      {
        severity: 'warning',
      },
    );
  if (segments.some((segment) => segment !== '**' && segment.includes('**')))
    report(item, '`**` must stand between slashes alone; write it as in `config/**/*.yml`');
}
