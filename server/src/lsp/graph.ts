import type { Platform } from '../core/platform.ts';
import type { Step } from '../core/step.ts';
import { isInside } from '../core/path.ts';
import { finderOf } from '../core/told-options.ts';
import type { Location } from '../core/span.ts';
import { findNodes } from '../language/find-nodes.ts';
import { partOf } from '../language/graph-part.ts';
import { groupsOf, viewOf, type GraphBox, type GraphGroup, type GroupBox } from '../language/graph-view.ts';
import { platformGraph, type PlatformGraph, type PlatformNode } from '../language/platform-graph.ts';
import {
  graphRequest,
  graphSearchRequest,
  pipelineGraphRequest,
  type GraphAnswer,
  type GraphBoxAnswer,
  type GraphFoundAnswer,
  type GraphParams,
  type GraphSearchParams,
  type GraphSystemAnswer,
  type PipelineGraphAnswer,
  type PipelineGraphParams,
  type PipelineStepAnswer,
} from '../protocol/graph-requests.ts';
import { rangeIn, toPath, toUri } from './convert.ts';
import type { Feature } from './feature.ts';
import { runSafe } from './run-safe.ts';
import { shownSteps } from './shown-steps.ts';

/** Limit: a longer list of what was found is not read. */
const mostFound = 100;

export const registerGraph: Feature = ({ connection, session, history, log }) => {
  // Made of every fact there is, and asked for again and again while somebody looks around.
  let known: PlatformGraph | undefined;
  session.onChanged(() => (known = undefined));
  const graphOf = (platform: Platform): PlatformGraph => (known ??= platformGraph(platform));
  connection.onRequest(graphRequest, (params: GraphParams, token) =>
    runSafe<GraphAnswer>(
      'the platform graph',
      async () => {
        const platform = await session.settled(token);
        return graphAnswer(platform, graphOf(platform), params);
      },
      { fallback: { systems: [], boxes: [], edges: [], total: 0 }, log, token },
    ),
  );
  connection.onRequest(graphSearchRequest, ({ text, limit }: GraphSearchParams, token) =>
    runSafe<GraphFoundAnswer[]>(
      'a search in the platform graph',
      async () => {
        const platform = await session.settled(token);
        const found = findNodes(graphOf(platform), text, Math.min(limit, mostFound));
        return found.map((node) => foundAnswer(platform, node));
      },
      { fallback: [], log, token },
    ),
  );
  connection.onRequest(pipelineGraphRequest, (params: PipelineGraphParams, token) =>
    runSafe<PipelineGraphAnswer | null>(
      'the graph of a pipeline',
      async () => {
        const platform = await session.settled(token);
        return pipelineAnswer(platform, params, shownSteps(platform, history));
      },
      { fallback: null, log, token },
    ),
  );
  return {};
};

function graphAnswer(platform: Platform, graph: PlatformGraph, params: GraphParams): GraphAnswer {
  const hidden = new Set(params.hidden);
  const index = graph.nodes.findIndex(({ id }) => id === params.around);
  const shown = platform.systems.map(({ id }) => id).filter((id) => !hidden.has(id));
  const part = partOf(graph, {
    ...(index < 0 ? {} : { around: [index] }),
    ...(hidden.size === 0 ? {} : { systems: new Set(shown) }),
  });
  const openings = { opened: new Set(params.opened), closed: new Set(params.closed) };
  const { boxes, edges } = viewOf(part, openings);
  const attention = new Map(params.attention?.map((thing, at) => [thingKey(thing), at]));
  return {
    systems: systemAnswers(platform, graph.nodes),
    boxes: boxes.flatMap((box) => boxAnswer(platform, box, attention)),
    edges,
    total: part.nodes.length,
    ...(index < 0 ? {} : { around: { id: graph.nodes[index]!.id, label: graph.nodes[index]!.label } }),
  };
}

function systemAnswers(
  platform: Platform,
  nodes: readonly { readonly systems: readonly string[] }[],
): readonly GraphSystemAnswer[] {
  const counts = new Map<string, number>();
  for (const { systems } of nodes) for (const id of systems) counts.set(id, (counts.get(id) ?? 0) + 1);
  return platform.systems.flatMap(({ id, title, icon }) => {
    const count = counts.get(id);
    return count === undefined ? [] : [{ id, title, icon, count }];
  });
}

function boxAnswer(
  platform: Platform,
  box: GraphBox,
  attention: ReadonlyMap<string, number>,
): readonly GraphBoxAnswer[] {
  if (box.kind === 'group') return [groupAnswer(box, platform, attention)];
  const { node, id } = box;
  const { label, systems, shelves, step, definition } = node;
  const thing = thingOf(platform, node);
  const around = closable(box.group);
  return [
    {
      kind: 'node',
      id,
      label,
      systems,
      path: shelves,
      ...thing,
      uri: toUri(definition.path),
      range: rangeIn(platform, definition.path, definition.span),
      ...(around ? { group: around.id } : {}),
      ...(step === undefined ? {} : { step }),
    },
  ];
}

function groupAnswer(
  { group, id, members }: GroupBox,
  platform: Platform,
  attention: ReadonlyMap<string, number>,
): GraphBoxAnswer {
  const counts = new Map<string, number>();
  const found: number[] = [];
  for (const member of members) {
    const { what } = member.definition;
    counts.set(what, (counts.get(what) ?? 0) + 1);
    const at = attention.size > 0 ? attention.get(thingKey(thingOf(platform, member))) : undefined;
    if (at !== undefined) found.push(at);
  }
  const holds = [...counts].map(([what, count]) => ({ what, count })).sort((a, b) => b.count - a.count);
  const around = group.parent && closable(group.parent);
  return {
    kind: 'group',
    id,
    label: group.label,
    systems: group.system === undefined ? [] : [group.system],
    path: pathOf(group),
    holds,
    attention: found.sort((a, b) => a - b),
    ...(around ? { group: around.id } : {}),
  };
}

/** The innermost group that hides something when it is closed. */
function closable(group: GraphGroup): GraphGroup | undefined {
  return group.isSingle && group.parent ? closable(group.parent) : group;
}

function pathOf(group: GraphGroup): readonly string[] {
  return [...(group.parent ? pathOf(group.parent) : []), group.label];
}

function thingOf(platform: Platform, { definition }: PlatformNode) {
  const root = platform.projectOf(definition.path)?.root ?? '';
  return { projectUri: toUri(root), what: definition.what, name: definition.name };
}

function thingKey({ projectUri, what, name }: NonNullable<GraphParams['attention']>[number]): string {
  return `${projectUri}\n${what}\n${name}`;
}

function foundAnswer(platform: Platform, node: PlatformNode): GraphFoundAnswer {
  const [system] = node.systems;
  return {
    id: node.id,
    label: node.label,
    what: node.definition.what,
    system: platform.system(system ?? '')?.title ?? '',
    path: node.shelves,
    groups: groupsOf(node).map(({ id }) => id),
  };
}

function pipelineAnswer(
  platform: Platform,
  { step, folderUri }: PipelineGraphParams,
  shown: (step: Step) => Step,
): PipelineGraphAnswer | null {
  const steps = platform.steps();
  const folder = folderUri === undefined ? undefined : toPath(folderUri);
  const pipeline = steps.find(
    ({ id, project }) => id === step && (folder === undefined || isInside(project, folder)),
  );
  if (pipeline?.work.kind !== 'pipeline') return null;
  const own = platform.folders.find((each) => isInside(pipeline.project, each));
  const find = finderOf(platform);
  const answers = pipeline.work.steps.map((entry): PipelineStepAnswer => {
    const meant = find(entry.step, pipeline);
    return {
      id: entry.id,
      step: entry.step,
      title: meant ? shown(meant).title : entry.step,
      kind: meant?.kind ?? 'step',
      needs: entry.needs,
      ...(meant ? { system: meant.system } : {}),
      ...placeOf(platform, meant?.location),
    };
  });
  const named = answers.map(({ system }) => ({ systems: system === undefined ? [] : [system] }));
  return {
    title: shown(pipeline).title,
    folderUri: toUri(own ?? pipeline.project),
    systems: systemAnswers(platform, named),
    steps: answers,
    ...placeOf(platform, pipeline.location),
  };
}

function placeOf(
  platform: Platform,
  location: Location | undefined,
): Pick<PipelineStepAnswer, 'uri' | 'range'> {
  if (!location) return {};
  return { uri: toUri(location.path), range: rangeIn(platform, location.path, location.span) };
}
