import { slotSpan } from '../../core/slot.ts';
import { touches } from '../../core/span.ts';
import type { ParsedFile, Suggestion } from '../../core/system.ts';
import { slotOf } from './checks-model.ts';
import type { PenstockModel } from './model.ts';
import { systemIds } from './system-ids.ts';

/** The systems that a check can be about, or whose configuration it can hold to be valid. */
export function completeSystems(
  { model, source }: ParsedFile<PenstockModel>,
  offset: number,
): readonly Suggestion[] {
  const written = model.checks.flatMap(({ systems, kinds }) => [
    ...systems,
    ...kinds.flatMap(({ key, value }) => (key.text === 'valid' ? (slotOf(value) ?? []) : [])),
  ]);
  const span = written.map((node) => slotSpan(source, node)).find((each) => touches(each, offset));
  return span ? systemIds.map((id) => ({ label: id, kind: 'value', detail: 'system', span })) : [];
}
