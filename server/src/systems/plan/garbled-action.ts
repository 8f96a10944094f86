import { touches } from '../../core/span.ts';
import type { Action, ActionRequest, ParsedFile } from '../../core/system.ts';
import { garbledRuns } from './mojibake.ts';
import type { PlanModel } from './model.ts';

/** Where the line under the cursor is garbled: writes every garbled sign of the document as it was meant, and nothing else. */
export function repairAction({ source }: ParsedFile<PlanModel>, { span }: ActionRequest): readonly Action[] {
  const runs = garbledRuns(source.text);
  const line = source.lineSpan(source.positionAt(span.start).line);
  if (!line || !runs.some((run) => touches(line, run.span.start))) return [];
  const edits = runs.map((run) => ({ path: source.path, span: run.span, newText: run.symbol }));
  const count = `${runs.length} garbled ${runs.length === 1 ? 'sign' : 'signs'}`;
  return [{ kind: 'quickfix', title: `Repair ${count} of this document`, edits }];
}
