import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { RunEventBody } from '../run-event.ts';
import { runIdFor } from '../run-folder.ts';
import { RunModel } from '../run-state.ts';
import { RunStore } from '../run-store.ts';

/** What a run did: its step's name, how long it took, and its models with their times; a model with a message failed. */
export interface PastRun {
  readonly step: string;
  readonly at: string;
  readonly durationMs: number;
  readonly models?: Readonly<Record<string, number | { readonly message: string }>>;
}

/** Leaves a run behind as its driver does, in the history of the folder; gives its id. */
export function leaveRun(folder: string, { step, at, durationMs, models = {} }: PastRun): string {
  const start = Date.parse(at);
  const id = runIdFor(start);
  const store = new RunStore(folder);
  const file = store.logPath(id);
  mkdirSync(dirname(file), { recursive: true });
  const failed = Object.values(models).some((each) => typeof each !== 'number');
  const status = failed ? 'failed' : 'succeeded';
  const head = { id: step, step, title: `Title of ${step}`, system: 'test', needs: [] };
  const bodies: readonly RunEventBody[] = [
    { type: 'run-started', format: 1, requested: [step], title: head.title, steps: [head], pid: 1, folder },
    { type: 'step-started', step, command: ['x'], cwd: folder, pid: 1 },
    ...Object.entries(models).flatMap(([title, went]): readonly RunEventBody[] => {
      const node = `model.shop.${title}`;
      const ended =
        typeof went === 'number'
          ? ({ status: 'succeeded', durationMs: went } as const)
          : ({ status: 'failed', path: `/shop/models/${title}.sql`, line: 3, ...went } as const);
      return [
        { type: 'node-started', step, node, title, what: 'model' },
        { type: 'node-ended', step, node, ...ended },
      ];
    }),
    { type: 'step-ended', step, status, durationMs },
    { type: 'run-ended', status, durationMs },
  ];
  const model = new RunModel(id);
  const lines = bodies.map((body, seq) => {
    const event = { seq, at: new Date(start + seq).toISOString(), run: id, ...body };
    model.apply(event);
    return `${JSON.stringify(event)}\n`;
  });
  writeFileSync(file, lines.join(''));
  store.keep(model.snapshot());
  return id;
}
