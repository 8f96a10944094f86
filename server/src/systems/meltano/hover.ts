import type { FactReader } from '../../core/fact-index.ts';
import { hoverBySchema } from '../../core/schema/schema-assist.ts';
import { touches } from '../../core/span.ts';
import type { HoverText, ParsedFile } from '../../core/system.ts';
import { readCron } from './cron-times.ts';
import { inWords } from './cron-words.ts';
import type { MeltanoModel, ProjectModel } from './model.ts';
import { projectSchema } from './schema.ts';
import { hoverSetting } from './settings/setting-at.ts';

/** What the setting or interval under the cursor is; of any other key what Meltano's schema says. */
export function hoverMeltano(
  file: ParsedFile<MeltanoModel>,
  offset: number,
  facts: FactReader,
): HoverText | undefined {
  if (file.model.kind === 'lock' || file.model.kind === 'logging') return undefined;
  return (
    hoverInterval(file.model, offset) ??
    hoverSetting(file, offset, facts) ??
    hoverBySchema(file, projectSchema, offset)
  );
}

/** When a schedule runs, in words. */
function hoverInterval({ schedules }: ProjectModel, offset: number): HoverText | undefined {
  const interval = schedules.find((each) => each.interval && touches(each.interval.span, offset))?.interval;
  const cron = interval && readCron(interval.text);
  if (!interval || !cron) return undefined;
  const markdown = `Runs ${inWords(cron)}, in UTC unless your orchestrator is told another time zone.`;
  return { span: interval.span, markdown };
}
