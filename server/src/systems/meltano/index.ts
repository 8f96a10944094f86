import { defineSystem, type ParsedFile } from '../../core/system.ts';
import type { Rule } from '../../core/rule.ts';
import { completeMeltano } from './complete.ts';
import { hoverMeltano } from './hover.ts';
import { interpretMeltano } from './interpret.ts';
import { claimMeltano, openMeltanoProject } from './layout.ts';
import type { MeltanoModel } from './model.ts';
import { nameKinds } from './names.ts';
import { keepsName, namedAfter } from './named-after.ts';
import { parseMeltano } from './parse.ts';
import { invalidScheduleInterval } from './rules/invalid-schedule-interval.ts';
import { jobGrammar } from './rules/job-grammar.ts';
import { reservedColon } from './rules/reserved-colon.ts';
import { shape } from './rules/shape.ts';
import { secretsOf } from './secrets.ts';
import { installTool, stepsOf } from './steps.ts';
import { outlineOf } from './symbols.ts';

type File = ParsedFile<MeltanoModel>;

/** Meltano: a project's `meltano.yml`, the files it includes and the lock files of its plugins. */
export const meltano = defineSystem({
  id: 'meltano',
  title: 'Meltano',
  icon: 'arrow-swap',
  markers: ['meltano.yml'],
  tool: { executable: 'meltano', distributions: ['meltano'], install: installTool },
  names: nameKinds,
  rules: [shape, jobGrammar, invalidScheduleInterval, reservedColon] as readonly Rule[],
  openProject: openMeltanoProject,
  claim: claimMeltano,
  parse: parseMeltano,
  steps: stepsOf,
  interpret: interpretMeltano,
  complete: (file, offset) => completeMeltano(file as File, offset),
  hover: (file, offset) => hoverMeltano(file as File, offset),
  symbols: (file) => outlineOf(file as File),
  keepsName,
  namedAfter,
  secrets: (file) => secretsOf(file as File),
});
