import { defineSystem, type ParsedFile } from '../../core/system.ts';
import { pathValuesIn } from '../../core/path-values.ts';
import type { Rule } from '../../core/rule.ts';
import { duckdbFileKind } from '../../core/shared-names.ts';
import { meltanoActions } from './actions.ts';
import { meltanoChecks } from './checks.ts';
import { meltanoCommands } from './command-words.ts';
import { completeMeltano } from './complete.ts';
import { meltanoFlows } from './flows.ts';
import { hintsOf } from './hints.ts';
import { hoverMeltano } from './hover.ts';
import { interpretMeltano } from './interpret.ts';
import { claimMeltano, layoutFiles, openMeltanoProject } from './layout.ts';
import { linksOf } from './links.ts';
import { narrowedModel, type MeltanoModel } from './model.ts';
import { nameKinds } from './names.ts';
import { keepsName, namedAfter } from './named-after.ts';
import { parseMeltano } from './parse.ts';
import { commandArguments } from './rules/command-arguments.ts';
import { conflictingSetting } from './rules/conflicting-setting.ts';
import { deprecatedKey } from './rules/deprecated-key.ts';
import { includeMatchesNothing } from './rules/include-matches-nothing.ts';
import { includePath } from './rules/include-path.ts';
import { inheritCycle } from './rules/inherit-cycle.ts';
import { invalidLock } from './rules/invalid-lock.ts';
import { invalidScheduleInterval } from './rules/invalid-schedule-interval.ts';
import { invalidSettingValue } from './rules/invalid-setting-value.ts';
import { jobGrammar } from './rules/job-grammar.ts';
import { jobSequence } from './rules/job-sequence.ts';
import { missingSetting } from './rules/missing-setting.ts';
import { reservedColon } from './rules/reserved-colon.ts';
import { settingDefault } from './rules/setting-default.ts';
import { shape } from './rules/shape.ts';
import { sharedState } from './rules/shared-state.ts';
import { unknownSetting } from './rules/unknown-setting.ts';
import { unmatchedSelect } from './rules/unmatched-select.ts';
import { loggingConfig } from './rules/logging-config.ts';
import { missingLock } from './rules/missing-lock.ts';
import { pipUrl } from './rules/pip-url.ts';
import { projectSetting } from './rules/project-setting.ts';
import { pythonValue } from './rules/python-value.ts';
import { unmetVersion } from './rules/unmet-version.ts';
import { secretsOf } from './secrets.ts';
import { defineSetting } from './settings/setting-at.ts';
import { meltanoStepOptions } from './step-options.ts';
import { installTool, meltanoStepVariants, stepsOf } from './steps.ts';
import { outlineOf } from './symbols.ts';

type File = ParsedFile<MeltanoModel>;

/** Meltano: a project's `meltano.yml`, the files it includes and the lock files of its plugins. */
export const meltano = defineSystem({
  id: 'meltano',
  title: 'Meltano',
  icon: 'arrow-swap',
  markers: ['meltano.yml'],
  tool: { executable: 'meltano', distributions: ['meltano'], install: installTool },
  setUp: ({ root }) => [{ what: 'variables', places: [{ path: `${root}/.env` }] }],
  names: [...nameKinds, duckdbFileKind],
  rules: [
    shape,
    jobGrammar,
    invalidScheduleInterval,
    reservedColon,
    includePath,
    unmetVersion,
    projectSetting,
    deprecatedKey,
    pipUrl,
    pythonValue,
    loggingConfig,
    commandArguments,
    settingDefault,
  ] as readonly Rule[],
  factRules: [
    unknownSetting,
    invalidSettingValue,
    conflictingSetting,
    missingSetting,
    unmatchedSelect,
    inheritCycle,
    invalidLock,
    missingLock,
    includeMatchesNothing,
  ],
  betweenRules: [jobSequence, sharedState],
  narrowed: (file, narrow) => ({ ...file, model: narrowedModel((file as File).model, narrow) }),
  layoutFiles,
  openProject: openMeltanoProject,
  claim: claimMeltano,
  parse: parseMeltano,
  flows: meltanoFlows,
  steps: stepsOf,
  variants: meltanoStepVariants,
  options: meltanoStepOptions,
  checks: meltanoChecks,
  interpret: interpretMeltano,
  commands: meltanoCommands,
  complete: (file, offset, facts) => completeMeltano(file as File, offset, facts),
  hover: (file, offset, facts) => hoverMeltano(file as File, offset, facts),
  define: (file, offset, facts) => defineSetting(file as File, offset, facts),
  hints: (file, request) => hintsOf(file as File, request),
  links: (file, facts) => linksOf(file as File, facts),
  paths: ({ source, tree, claim }) => (tree && claim.kind !== 'lock' ? pathValuesIn(source, tree) : []),
  actions: (file, request) => meltanoActions(file as File, request),
  symbols: (file) => outlineOf(file as File),
  keepsName,
  namedAfter,
  variableReference: (name, { claim: { kind } }) => (kind === 'lock' ? undefined : `$${name}`),
  secrets: (file, facts) => secretsOf(file as File, facts),
  maybeSecret: ['project', 'included'],
});
