import { systemShape, sharedShape } from '../shared/graph/icons.ts';
import type { NodeLook } from '../shared/graph/node-shape.ts';
import type { BoxView, EdgeView, GraphView } from './protocol.ts';

/** Systems beyond these share colours; each has an icon and a name besides. */
export const colours = 6;

/** A graph as the extension told it, with what its boxes look and sound like. Knows no page. */
export class GraphModel {
  readonly graph: GraphView;
  readonly #boxes: ReadonlyMap<string, BoxView>;
  readonly #edges: ReadonlyMap<string, EdgeView>;
  readonly #systems: ReadonlyMap<string, number>;

  constructor(graph: GraphView) {
    this.graph = graph;
    this.#boxes = new Map(graph.boxes.map((box) => [box.id, box]));
    this.#edges = new Map(graph.edges.map((edge) => [`${edge.from}\n${edge.to}`, edge]));
    this.#systems = new Map(graph.systems.map(({ id }, at) => [id, at]));
  }

  box(id: string | undefined): BoxView | undefined {
    return id === undefined ? undefined : this.#boxes.get(id);
  }

  edge(from: string, to: string): EdgeView | undefined {
    return this.#edges.get(`${from}\n${to}`);
  }

  /** `system-2`: gives a box its colour; undefined for what several systems share. */
  colourClass({ system }: BoxView): string | undefined {
    const at = system === undefined ? undefined : this.#systems.get(system);
    return at === undefined ? undefined : `system-${at % colours}`;
  }

  systemTitle({ system }: BoxView): string {
    return this.graph.systems.find(({ id }) => id === system)?.title ?? 'shared';
  }

  look(box: BoxView): NodeLook {
    const colour = this.colourClass(box);
    const icon = this.graph.systems.find(({ id }) => id === box.system)?.icon;
    return {
      name: box.label,
      note: noteOf(box),
      icon: icon === undefined ? sharedShape() : systemShape(icon),
      state: stateOf(box),
      tooltip: this.#tooltip(box),
      classes: [box.kind, ...(colour === undefined ? [] : [colour])],
    };
  }

  /** What is read aloud: what it is, of which system, where it stands, how it went. */
  spoken(id: string): string {
    const box = this.#boxes.get(id);
    if (!box) return '';
    const parts = [box.label, box.note, this.systemTitle(box)];
    const place = placeOf(box);
    if (place !== '') parts.push(place);
    if (box.run) parts.push(`last run ${box.run.status}`);
    for (const { status, count } of box.attention ?? []) parts.push(`${count} ${status}`);
    if (box.kind === 'group') parts.push('collapsed');
    return parts.join(', ');
  }

  /** One sentence on the whole. */
  summary(): string {
    const { title, total, boxes } = this.graph;
    const shown = boxes.filter(({ kind }) => kind === 'node').length;
    const groups = boxes.length - shown;
    const collapsed = groups === 0 ? '' : ` in ${boxes.length} boxes, ${groups} of them collapsed`;
    return `${title}: ${total} ${total === 1 ? 'thing' : 'things'}${collapsed}`;
  }

  #tooltip(box: BoxView): string {
    const lines = [`${box.label} (${box.note}, ${this.systemTitle(box)})`];
    if (placeOf(box) !== '') lines.push(placeOf(box));
    if (box.run) lines.push(`${box.run.step}: ${box.run.status}, ${box.run.when}`);
    if (box.run?.message !== undefined) lines.push(box.run.message);
    for (const { status, count } of box.attention ?? []) lines.push(`${count} ${status}`);
    return lines.join('\n');
  }
}

/** The state that a box shows: of a group the worst of what is in it. */
function stateOf({ run, attention }: BoxView): NodeLook['state'] {
  return run?.status ?? attention?.[0]?.status;
}

/** Where a box stands, without its own name. */
export function placeOf({ path, kind }: BoxView): string {
  return (kind === 'group' ? path.slice(0, -1) : path).join(' / ');
}

/** Groups of one name are told apart by what they stand in. */
function noteOf(box: BoxView): string {
  const around = box.kind === 'group' ? box.path.at(-2) : undefined;
  return around === undefined ? box.note : `${box.note} · ${around}`;
}
