import type { Rule } from '../../../core/rule.ts';
import { get, pairsOf } from '../../../core/tree.ts';
import type { SingerModel } from '../model.ts';

/** A state that taps cannot read: it is a mapping, and so are its bookmarks and each of them. */
export const invalidState: Rule<SingerModel> = {
  id: 'singer/invalid-state',
  severity: 'error',
  check({ model }, report) {
    if (model.kind !== 'state' || !model.state) return;
    const { state } = model;
    if (state.kind !== 'map')
      return report(state, 'a state is a mapping; write `{}` for one that knows nothing yet');
    const bookmarks = get(state, 'bookmarks');
    if (bookmarks && bookmarks.kind !== 'map')
      return report(bookmarks, '`bookmarks` is a mapping of streams; write `{}` where there are none');
    for (const { key, value } of pairsOf(bookmarks)) {
      if (value.kind === 'map') continue;
      report(
        value,
        `the bookmark of \`${key.text}\` is no mapping, which few taps can read; write one such as \`{ "replication_key": …, "replication_key_value": … }\``,
        { severity: 'warning' },
      );
    }
  },
};
