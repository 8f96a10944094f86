import { baseName, resolvePath } from '../../core/path.ts';
import { referencesIn } from '../../core/references.ts';
import type { Rule } from '../../core/rule.ts';
import { completeBySchema, hoverBySchema } from '../../core/schema/schema-assist.ts';
import { isSecretKey, isWorthHiding } from '../../core/secret-key.ts';
import { loginPasswords } from '../../core/secret-looks.ts';
import type { SourceFile } from '../../core/source-file.ts';
import { defineSystem, type Claim, type Parsed, type ParsedFile, type Project } from '../../core/system.ts';
import { touches } from '../../core/span.ts';
import { get, type Pair } from '../../core/tree.ts';
import { parseYaml, type YamlResult } from '../../core/yaml/parse-yaml.ts';
import { checksOf, waiversOf } from './checks.ts';
import { commandLinesOf } from './command-lines.ts';
import { completeSystems } from './complete-systems.ts';
import { completeVariables } from './complete-variables.ts';
import { penstockFacts, selectionsOf, unreadable } from './facts.ts';
import { readPenstock, type PenstockModel } from './model.ts';
import { namedAfter } from './named-after.ts';
import { nameKinds } from './names.ts';
import { invalidCheck } from './rules/invalid-check.ts';
import { invalidDate } from './rules/invalid-date.ts';
import { invalidDuration } from './rules/invalid-duration.ts';
import { invalidParameter } from './rules/invalid-parameter.ts';
import { invalidReference } from './rules/invalid-reference.ts';
import { needsCycle } from './rules/needs-cycle.ts';
import { noSelection } from './rules/no-selection.ts';
import { notForPipeline } from './rules/not-for-pipeline.ts';
import { shape } from './rules/shape.ts';
import { unknownCode } from './rules/unknown-code.ts';
import { unknownSystem } from './rules/unknown-system.ts';
import { unreadableCommand } from './rules/unreadable-command.ts';
import { unusedParameter } from './rules/unused-parameter.ts';
import { waiverWithoutName } from './rules/waiver-without-name.ts';
import { penstockSchema, publishedSchema } from './schema.ts';
import { stepsOf } from './steps.ts';
import { toldSteps } from './told-steps.ts';
import { duckdbFileKind } from '../../core/shared-names.ts';
import { outlineOf } from './symbols.ts';

/** Penstock's own file: pipelines across tools, and which document is the plan. */
export const penstock = defineSystem({
  id: 'penstock',
  title: 'Pipelines',
  icon: 'git-merge',
  markers: ['penstock.yaml'],
  ownSchema: publishedSchema,
  names: [...nameKinds, duckdbFileKind],
  rules: [
    shape,
    needsCycle,
    unknownCode,
    unknownSystem,
    unreadableCommand,
    invalidDuration,
    invalidReference,
    invalidParameter,
    unusedParameter,
    notForPipeline,
    invalidCheck,
    invalidDate,
    waiverWithoutName,
  ] as readonly Rule[],
  factRules: [noSelection],
  openProject: (marker, place) => {
    const { plans, statusWords, severity, versions } = readPenstock(read(marker).tree);
    return {
      name: baseName(place.root),
      data: undefined,
      plans: plans.map((document) => resolvePath(place.root, document.text)),
      ...(Object.keys(statusWords).length > 0 ? { statusWords } : {}),
      severity,
      ...(Object.keys(versions).length > 0 ? { versions } : {}),
    };
  },
  claim(path, project): Claim | undefined {
    return path === project.marker
      ? { kind: 'penstock', format: 'yaml', readsText: true, priority: 10 }
      : undefined;
  },
  parse: parsePenstock,
  steps: stepsOf,
  toldSteps: (file) => toldSteps((file as ParsedFile<PenstockModel>).model),
  checks: checksOf,
  waivers: waiversOf,
  complete: (file, offset, facts) => [
    ...completeBySchema(file, penstockSchema, offset),
    ...completeSystems(file as ParsedFile<PenstockModel>, offset),
    ...completeVariables(file as ParsedFile<PenstockModel>, offset, facts),
  ],
  hover: (file, offset) => hoverBySchema(file, penstockSchema, offset),
  symbols: (file) => outlineOf((file as ParsedFile<PenstockModel>).model),
  namedAfter,
  variableReference: (name, file, offset) =>
    variablesOf((file as ParsedFile<PenstockModel>).model).some(({ value }) => touches(value.span, offset))
      ? `\${${name}}`
      : undefined,
  secrets: (file) => secretsOf((file as ParsedFile<PenstockModel>).model),
});

function read(source: SourceFile): YamlResult {
  return parseYaml(source.text, { version: '1.2', duplicateKeys: 'refuse' });
}

function parsePenstock(source: SourceFile, _claim: Claim, project: Project): Parsed<PenstockModel> {
  const { tree, problems } = read(source);
  const model = readPenstock(tree);
  const isBroken = problems.some((problem) => (problem.severity ?? 'error') === 'error');
  const facts = [...penstockFacts(source, project, model), ...(isBroken ? unreadable(project, model) : [])];
  const selections = selectionsOf(project, model, { isBroken });
  const lines = commandLinesOf(model, source, project);
  // What cannot be read whole may say more of where its commands run.
  const commandLines = isBroken ? lines.map(({ program, words }) => ({ program, words })) : lines;
  return { ...(tree ? { tree } : {}), model, problems, facts, selections, commandLines };
}

/** The variables that pipelines and their steps set, whose values may refer to others. */
function variablesOf({ pipelines }: PenstockModel): readonly Pair[] {
  return pipelines.flatMap(({ env, entries }) => [...env, ...entries.flatMap((entry) => entry.env)]);
}

function secretsOf(model: PenstockModel): readonly string[] {
  const logins = model.checks.flatMap(({ kinds }) =>
    kinds.flatMap(({ key, value }) => {
      const url = key.text === 'http' ? (value.kind === 'map' ? get(value, 'url') : value) : undefined;
      return url?.kind === 'scalar' ? loginPasswords(url.text) : [];
    }),
  );
  const variables = variablesOf(model).flatMap(({ key, value }) =>
    value.kind === 'scalar' &&
    isSecretKey(key.text) &&
    isWorthHiding(value.text) &&
    referencesIn(value.text).length === 0
      ? value.text
      : [],
  );
  const written = logins.filter((login) => isWorthHiding(login) && referencesIn(login).length === 0);
  return [...variables, ...written];
}
