import type { Row, TableBlock } from './markdown.ts';
import type { ColumnShape } from './model.ts';

/** How wide the cells of a column are, when they are all equally wide, as an editor or as a person sees them. */
export function shapeOfColumn(table: TableBlock, column: number, text: string): ColumnShape {
  // Cells of a column are few texts, each many times.
  const rooms = new Set<string>();
  let count = 0;
  const look = ({ cells }: Row): void => {
    const room = cells[column]?.room;
    if (!room) return;
    count++;
    rooms.add(text.slice(room.start, room.end));
  };
  look(table.header);
  table.rows.forEach(look);
  for (const by of ['display', 'units'] as const) {
    const sizes = new Set([...rooms].map((room) => measure(room, by)));
    if (count > 1 && sizes.size === 1) return { width: { by, size: [...sizes][0]! } };
  }
  return { width: undefined };
}

export function measure(text: string, by: 'units' | 'display'): number {
  return by === 'units' ? text.length : displayWidth(text);
}

const wide =
  /^(?:\p{Emoji_Presentation}|[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60])/u;

/** Columns of a fixed-width font: emoji and East Asian characters take two, joiners and accents none. */
function displayWidth(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length;
  let width = 0;
  for (const [cluster] of text.matchAll(/\P{M}(?:\p{M}|\u200D)*/gu)) {
    width += wide.test(cluster) || cluster.includes('\uFE0F') ? 2 : 1;
  }
  return width;
}
