// docs/benchmarks.md, made of docs/benchmarks.json: what each part found when it was last measured.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/project.mjs';
import { askedTable } from './asked.mjs';
import { sectionOf } from './report.mjs';

const page = join(root, 'docs', 'benchmarks.md');
const figures = join(root, 'docs', 'benchmarks.json');
/** The parts as the page has them, one after the other. */
export const partNames = ['models', 'yaml', 'runs', 'panel', 'plan'];

/** Writes what one part found; what was found of the others stays as it was. */
export function keepPart(name, found) {
  const known = existsSync(figures) ? JSON.parse(readFileSync(figures, 'utf8')) : {};
  const all = { ...known, [name]: found };
  const parts = partNames.flatMap((each) => (all[each] ? [[each, all[each]]] : []));
  writeFileSync(figures, `${JSON.stringify(Object.fromEntries(parts), null, 2)}\n`);
  writeFileSync(page, pageOf(parts.map(([, part]) => part)));
}

/** `parts`: of each its tables, its wishes, and when and on what they were measured. */
function pageOf(parts) {
  const tables = parts.flatMap((part) =>
    part.tables.map((table) => ({ ...table, about: [...table.about, `Measured on ${part.measuredOn}`] })),
  );
  const asked = askedTable(parts.flatMap(({ wishes }) => wishes));
  return `# Benchmarks

Written by \`npm run bench\`, each part when it was last measured.
Compare ratios, not milliseconds: a slower machine has a slower floor.

${[...tables, asked].map(sectionOf).join('\n')}
The projects come from \`scripts/generate-project.mjs\` (seed 1): chains of \`ref()\`, sources, four tests a model, descriptions of every column, one properties file per ten models and one of a thousand lines.
`;
}
