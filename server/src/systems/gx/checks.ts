import {
  aboutNothing,
  checkFact,
  checkNamespace,
  type Check,
  type Judgement,
  type ReadFile,
} from '../../core/evidence.ts';
import type { Definition } from '../../core/facts.ts';
import type { FactReader } from '../../core/fact-index.ts';
import { objectInPython, objectOf, textOf, type JsonObject } from '../../core/json.ts';
import { folderOf } from '../../core/path.ts';
import type { Project } from '../../core/system.ts';

/** The check that each context of Great Expectations states. */
export const validationsCheck = 'gx:validations';
const name = validationsCheck;
const title = 'The last validation of every suite succeeded';

/** That the context's validations can be named. */
export function checkFacts(project: Project): readonly Definition[] {
  return [checkFact(name, project.scope, title)];
}

/** The results that each context keeps below `uncommitted/`, where it is told nothing else. */
export function gxChecks({ scope }: Project, facts: FactReader): readonly Check[] {
  const contexts = [...facts.all(checkNamespace, scope)].filter((fact) => fact.name === name);
  return contexts.map(({ path }): Check => ({
    id: name,
    title,
    probe: {
      kind: 'artifact',
      patterns: ['uncommitted/validations/**/*.json'],
      made: 'run a checkpoint',
      judge: judgeValidations,
    },
    about: { ...aboutNothing, systems: ['gx'] },
    weight: 1,
    folder: folderOf(path),
  }));
}

interface Validation {
  readonly suite: string;
  /** What it was held against: the source of the data and its table or files; '' where nothing tells. */
  readonly data: string;
  readonly success: boolean;
  readonly timeMs: number;
  readonly evaluated: number;
  readonly met: number;
  readonly path: string;
}

/** Of each suite and what it was held against the newest result counts; where that one is broken, no older one does. */
export function judgeValidations(files: readonly ReadFile[]): Judgement {
  const expected = 'the last validation of every suite succeeded';
  const newest = new Map<string, Validation>();
  let broken: string | undefined;
  for (const series of Map.groupBy(files, seriesOf).values()) {
    const results = series.map((file) => ({ file, said: objectInPython(file.text) }));
    const last = results.reduce((a, b) => (b.file.modifiedMs < a.file.modifiedMs ? a : b));
    if (!last.said) {
      broken ??= last.file.path;
      continue;
    }
    for (const { file, said } of results) {
      const read = said && readValidation(file, said);
      if (!read) continue;
      const key = JSON.stringify([read.suite, read.data]);
      const known = newest.get(key);
      if (!known || known.timeMs <= read.timeMs) newest.set(key, read);
    }
  }
  const all = [...newest.values()];
  const failed = all.filter(({ success }) => !success);
  if (broken !== undefined && failed.length === 0)
    return {
      state: 'unknown',
      expected,
      seen: 'the newest result is not whole',
      where: broken,
      next: 'run the checkpoint again',
    };
  if (all.length === 0)
    return { state: 'unknown', expected, seen: 'no result of a validation', next: 'run a checkpoint' };
  const sinceMs = Math.min(...all.map(({ timeMs }) => timeMs));
  const count = new Set(all.map(({ suite }) => suite)).size;
  const suites = `${count} ${count === 1 ? 'suite' : 'suites'}`;
  if (failed.length === 0)
    return {
      state: 'passed',
      expected,
      seen: `${suites}, all succeeded`,
      sinceMs,
      next: 'run the checkpoint again',
    };
  const said = failed.map(
    ({ suite, data, met, evaluated }) =>
      `\`${suite}\`${data === '' ? '' : ` on \`${data}\``} (${met} of ${evaluated} expectations met)`,
  );
  return {
    state: 'failed',
    expected,
    seen: `${suites}, failed: ${said.join(', ')}`,
    where: failed[0]!.path,
    sinceMs,
    next: 'look at what was not expected, mend it and run the checkpoint again',
  };
}

/** `<suite>/<run>/<time>/<data>.json`: what the results of one suite on the same data have in common. */
function seriesOf({ path }: ReadFile): string {
  return path.replace(/(?:\/[^/]+){2}(\/[^/]+)$/, '$1');
}

function readValidation({ path, modifiedMs }: ReadFile, read: JsonObject): Validation | undefined {
  if (typeof read['success'] !== 'boolean') return undefined;
  const statistics = objectOf(read['statistics']);
  const meta = objectOf(read['meta']);
  const runId = objectOf(meta?.['run_id']);
  // Versions before 1 keep the name in `meta`.
  const suite = read['suite_name'] ?? meta?.['expectation_suite_name'];
  const batch = objectOf(meta?.['active_batch_definition']);
  const names = [textOf(batch?.['datasource_name']), textOf(batch?.['data_asset_name'])];
  const time = Date.parse(String(runId?.['run_time']));
  return {
    suite: typeof suite === 'string' ? suite : 'suite',
    data: names.filter((each) => each !== undefined).join('.'),
    success: read['success'],
    timeMs: Number.isNaN(time) ? modifiedMs : time,
    evaluated: Number(statistics?.['evaluated_expectations'] ?? 0),
    met: Number(statistics?.['successful_expectations'] ?? 0),
    path,
  };
}
