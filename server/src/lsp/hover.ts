import { MarkupKind, type Hover } from 'vscode-languageserver/node';
import type { LastRun } from '../core/last-run.ts';
import type { Platform } from '../core/platform.ts';
import { describeRun, latestRun } from '../language/describe-run.ts';
import { hover, type Ran } from '../language/hover.ts';
import { evidenceAt } from './evidence-at.ts';
import type { Feature, FeatureHost } from './feature.ts';
import { placeOf } from './place.ts';
import { runSafe } from './run-safe.ts';

export const registerHover: Feature = (host) => {
  const { connection, session, log } = host;
  connection.onHover((params, token) =>
    runSafe(
      'hover',
      async () => {
        const place = await placeOf(session, params, token);
        const found = place && hover(place.platform, place.path, place.offset);
        const { latest } = host.readiness;
        const evidence = place && latest && evidenceAt(latest, place);
        if (!found) return evidence === undefined ? null : markdown(evidence);
        const range = place.source.rangeOf(found.span);
        const run = found.ran && (await lastRun(found.ran, place.platform, host));
        const told = run ? [describeRun(run, Date.now())] : [];
        const shown = evidence === undefined ? [] : [evidence];
        return { ...markdown([found.markdown, ...told, ...shown].join('\n\n')), range };
      },
      { fallback: null, log, token },
    ),
  );
  return { hoverProvider: true };
};

function markdown(value: string): Hover {
  return { contents: { kind: MarkupKind.Markdown, value } };
}

/** What the tool left behind of a thing's last run, and what the history of runs tells of it: the later one. */
async function lastRun(
  ran: Ran,
  platform: Platform,
  { artifacts, history }: FeatureHost,
): Promise<LastRun | undefined> {
  const { project } = ran;
  const place = { root: 'id' in ran ? project.scope : project.root };
  const followed = await ('id' in ran ? history?.last(place, ran.id) : history?.lastOfStep(place, ran.step));
  const system = platform.system(project.system);
  const left =
    'id' in ran && system?.lastRun
      ? system.lastRun(ran.id, project, await artifacts.of(system.artifacts?.(project, 'hover') ?? []))
      : undefined;
  const run = latestRun(followed, left);
  if (run?.message === undefined) return run;
  const { message, ...rest } = run;
  // A database may say what nobody is to see.
  return history ? { ...rest, message: history.masking(place, platform.secrets())(message) } : rest;
}
