import type { Rule } from '../../../core/rule.ts';
import type { ScalarNode } from '../../../core/tree.ts';
import type { SingerModel } from '../model.ts';

/** Two streams of one `tap_stream_id`: taps keep streams by it, so the last one alone counts. */
export const duplicateStream: Rule<SingerModel> = {
  id: 'singer/duplicate-stream',
  severity: 'warning',
  check({ model, source }, report) {
    if (model.kind !== 'catalog') return;
    const seen = new Map<string, ScalarNode>();
    for (const { id } of model.streams) {
      if (!id) continue;
      const first = seen.get(id.text);
      if (first) {
        report(
          id,
          `the stream \`${id.text}\` is described twice, and the last one counts; remove one of the two`,
          {
            related: [
              { path: source.path, span: first.span, message: `\`${id.text}\` is first described here` },
            ],
          },
        );
      } else seen.set(id.text, id);
    }
  },
};
