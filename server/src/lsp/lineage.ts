import {
  SymbolKind,
  type CallHierarchyIncomingCall,
  type CallHierarchyItem,
  type CallHierarchyOutgoingCall,
} from 'vscode-languageserver/node';
import type { Definition, Located, NameKey } from '../core/facts.ts';
import type { Platform } from '../core/platform.ts';
import { factAt } from '../language/fact-at.ts';
import { idOf, keyOf, Lineage, type LineageNode, type Neighbour } from '../language/lineage.ts';
import {
  lineageRequest,
  type LineageAnswer,
  type LineageNodeAnswer,
  type LineageParams,
} from '../protocol/requests.ts';
import { rangeIn, toLocation, toPath, toUri } from './convert.ts';
import type { Feature } from './feature.ts';
import { runSafe } from './run-safe.ts';

/** Limit: nobody reads a graph that is deeper, and a client may ask for anything. */
const deepest = 50;

export const registerLineage: Feature = ({ connection, session, log }) => {
  connection.onRequest(lineageRequest, (params: LineageParams, token) =>
    runSafe<LineageAnswer | null>(
      'lineage',
      async () => lineageAnswer(await session.settled(token), params),
      { fallback: null, log, token },
    ),
  );
  return {};
};

/** The lineage in the words of LSP: whoever uses a node calls it. */
export const registerCallHierarchy: Feature = ({ connection, session, log }) => {
  connection.languages.callHierarchy.onPrepare(({ textDocument, position }, token) =>
    runSafe<CallHierarchyItem[] | null>(
      'call hierarchy',
      async () => {
        const platform = await session.settled(token);
        const path = toPath(textDocument.uri);
        const source = platform.source(path);
        const definition = source && nodeUnder(platform, path, source.offsetAt(position));
        return definition ? [itemOf(definition, platform)] : null;
      },
      { fallback: null, log, token },
    ),
  );
  connection.languages.callHierarchy.onIncomingCalls(({ item }, token) =>
    runSafe<CallHierarchyIncomingCall[]>(
      'incoming calls',
      async () => {
        const platform = await session.settled(token);
        return neighboursOf(item, platform, 'downstream').map((neighbour) => ({
          from: itemOf(neighbour.definition, platform),
          fromRanges: rangesOf(neighbour, neighbour.definition.path, platform),
        }));
      },
      { fallback: [], log, token },
    ),
  );
  connection.languages.callHierarchy.onOutgoingCalls(({ item }, token) =>
    runSafe<CallHierarchyOutgoingCall[]>(
      'outgoing calls',
      async () => {
        const platform = await session.settled(token);
        return neighboursOf(item, platform, 'upstream').map((neighbour) => ({
          to: itemOf(neighbour.definition, platform),
          fromRanges: rangesOf(neighbour, toPath(item.uri), platform),
        }));
      },
      { fallback: [], log, token },
    ),
  );
  return { callHierarchyProvider: true };
};

function lineageAnswer(platform: Platform, params: LineageParams): LineageAnswer | null {
  const lineage = new Lineage(platform);
  const focus = focusOf(platform, lineage, params);
  const graph =
    focus &&
    lineage.around({
      focus,
      upstream: depthOf(params.upstream),
      downstream: depthOf(params.downstream),
      expanded: {
        upstream: new Set(params.expanded?.upstream),
        downstream: new Set(params.expanded?.downstream),
      },
    });
  return graph
    ? {
        focus: graph.focus,
        nodes: graph.nodes.flatMap((node) => nodeAnswer(platform, node)),
        edges: graph.edges,
      }
    : null;
}

function focusOf(platform: Platform, lineage: Lineage, params: LineageParams): NameKey | undefined {
  if (params.node !== undefined) return keyOf(params.node);
  if (params.uri === undefined) return undefined;
  const path = toPath(params.uri);
  const source = platform.source(path);
  // An entry begins with its line, though its name comes later in it.
  const line = params.position?.line ?? 0;
  return lineage.nodeAt(path, source?.offsetAt({ line, character: Number.MAX_SAFE_INTEGER }) ?? 0);
}

function depthOf(value: unknown): number {
  return typeof value === 'number' && value > 0 ? Math.min(deepest, Math.floor(value)) : 0;
}

function nodeAnswer(platform: Platform, node: LineageNode): LineageNodeAnswer[] {
  const { id, definition, side, distance, hidden } = node;
  const system = platform.systemOf(definition.path);
  const project = platform.projectOf(definition.path);
  if (!system || !project) return [];
  const detail = materializationOf(definition, platform);
  return [
    {
      id,
      name: definition.name,
      what: definition.what,
      system: system.id,
      systemTitle: system.title,
      projectUri: toUri(project.root),
      uri: toUri(definition.path),
      range: rangeIn(platform, definition.path, definition.span),
      side,
      distance,
      hidden,
      ...(detail === undefined ? {} : { detail }),
    },
  ];
}

/** What the file says of itself counts before what is said of it elsewhere, and that before what its folder is given. */
function materializationOf(definition: Located<Definition>, platform: Platform): string | undefined {
  const own = definition.data?.['materialized'];
  if (own !== undefined) return own;
  const said = platform.facts
    .uses(definition)
    .find((use) => use.role === 'properties' && use.data?.['materialized'] !== undefined);
  // An empty one is computed.
  return (said?.data?.['materialized'] ?? definition.data?.['materializedByFolder']) || undefined;
}

/** The node that is named at an offset, else the one that the place is about. */
function nodeUnder(platform: Platform, path: string, offset: number): Located<Definition> | undefined {
  const lineage = new Lineage(platform);
  const fact = factAt(platform.facts, path, offset);
  const named = fact?.fact === 'use' ? lineage.named(fact) : fact && lineage.definition(fact);
  const key = named ?? lineage.nodeAt(path, offset);
  return key && lineage.definition(key);
}

function itemOf(definition: Located<Definition>, platform: Platform): CallHierarchyItem {
  const { uri, range } = toLocation(definition, platform);
  return {
    name: definition.name,
    kind: SymbolKind.Object,
    detail: definition.what,
    uri,
    range,
    selectionRange: range,
    data: idOf(definition),
  };
}

function neighboursOf(
  item: CallHierarchyItem,
  platform: Platform,
  direction: 'upstream' | 'downstream',
): readonly Neighbour[] {
  const key = typeof item.data === 'string' ? keyOf(item.data) : undefined;
  return key ? new Lineage(platform).neighbours(key, direction) : [];
}

/** LSP wants ranges of one file only. */
function rangesOf(
  { places }: Neighbour,
  path: string,
  platform: Platform,
): CallHierarchyIncomingCall['fromRanges'] {
  return places.filter((place) => place.path === path).map(({ span }) => rangeIn(platform, path, span));
}
