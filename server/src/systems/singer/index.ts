import type { Rule } from '../../core/rule.ts';
import { defineSystem, type ParsedFile } from '../../core/system.ts';
import { completeSinger, hoverSinger, outlineSinger } from './assist.ts';
import { claimSinger } from './claim.ts';
import type { SingerModel } from './model.ts';
import { parseSinger } from './parse.ts';
import { duplicateStream } from './rules/duplicate-stream.ts';
import { invalidCatalog } from './rules/invalid-catalog.ts';
import { invalidState } from './rules/invalid-state.ts';
import { invalidValue } from './rules/invalid-value.ts';
import { missingSchema } from './rules/missing-schema.ts';
import { undefinedProperty } from './rules/undefined-property.ts';

type File = ParsedFile<SingerModel>;

/** Singer's taps and targets: catalogs and states, whoever runs them. */
export const singer = defineSystem({
  id: 'singer',
  title: 'Singer',
  icon: 'plug',
  markers: [],
  names: [],
  rules: [
    invalidCatalog,
    missingSchema,
    undefinedProperty,
    duplicateStream,
    invalidValue,
    invalidState,
  ] as readonly Rule[],
  inExcluded: ['.meltano/run/*/tap.properties.json'],
  claim: (path, _project, head) => claimSinger(path, head),
  parse: parseSinger,
  complete: (file, offset) => completeSinger(file as File, offset),
  hover: (file, offset) => hoverSinger(file as File, offset),
  symbols: (file) => outlineSinger(file as File),
});
