import { isSecretKey, isWorthHiding } from '../../core/secret-key.ts';
import { defineSystem, type ParsedFile } from '../../core/system.ts';
import type { Rule } from '../../core/rule.ts';
import { completeBySchema, hoverBySchema } from '../../core/schema/schema-assist.ts';
import { composeChecks } from './checks.ts';
import { claimCompose, claimPart } from './claim.ts';
import { linkedFiles } from './file-facts.ts';
import { interpretCompose } from './interpret.ts';
import type { ComposeModel } from './model.ts';
import { nameKinds } from './names.ts';
import { parseCompose } from './parse.ts';
import { conflictingKeys } from './rules/conflicting-keys.ts';
import { cycle } from './rules/cycle.ts';
import { dependencies } from './rules/dependencies.ts';
import { doublePort } from './rules/double-port.ts';
import { includeCycle } from './rules/include-cycle.ts';
import { invalidMount } from './rules/invalid-mount.ts';
import { invalidPort } from './rules/invalid-port.ts';
import { invalidText } from './rules/invalid-text.ts';
import { invalidVariable } from './rules/invalid-variable.ts';
import { missingEnvFile } from './rules/missing-env-file.ts';
import { missingFile } from './rules/missing-file.ts';
import { missingImage } from './rules/missing-image.ts';
import { missingKey } from './rules/missing-key.ts';
import { obsoleteVersion } from './rules/obsolete-version.ts';
import { shape } from './rules/shape.ts';
import { extendsElsewhere } from './rules/extends-elsewhere.ts';
import { sharedCycle } from './rules/shared-cycle.ts';
import { composeSchema } from './schema.ts';
import { composeStepOptions } from './step-options.ts';
import { composeStepVariants, composeSteps } from './steps.ts';
import { environmentNames } from './service-data.ts';
import { outlineOf } from './symbols.ts';

type File = ParsedFile<ComposeModel>;

/** Docker Compose: which services there are, what they see of the workspace and where they are reached. */
export const compose = defineSystem({
  id: 'compose',
  title: 'Compose',
  icon: 'server-environment',
  markers: [],
  serviceClient: {
    program: 'docker',
    words: ['compose'],
    pages: {
      program: 'https://docs.docker.com/engine/install/',
      words: 'https://docs.docker.com/compose/install/',
    },
  },
  names: nameKinds,
  rules: [
    shape,
    missingKey,
    conflictingKeys,
    invalidText,
    invalidPort,
    invalidMount,
    invalidVariable,
    cycle,
    doublePort,
    obsoleteVersion,
  ] as readonly Rule[],
  factRules: [missingImage, missingEnvFile, missingFile, dependencies],
  betweenRules: [includeCycle, sharedCycle, extendsElsewhere],
  claim: (path, _project, head) => claimCompose(path, head),
  claimLinked: (path) => claimPart(path),
  linkedFiles,
  parse: parseCompose,
  checks: composeChecks,
  steps: composeSteps,
  variants: composeStepVariants,
  options: composeStepOptions,
  interpret: interpretCompose,
  complete: (file, offset) => completeBySchema(file, composeSchema, offset),
  hover: (file, offset) => hoverBySchema(file, composeSchema, offset),
  symbols: (file) => outlineOf(file as File),
  variableReference: (name) => `\${${name}}`,
  secrets: (file) => secretsOf(file as File),
});

function secretsOf({ model }: File): readonly string[] {
  return model.services.flatMap(({ value }) =>
    environmentNames(value).flatMap(({ name, value: text }) => {
      const address = /:\/\/[^:/@\s]*:([^@\s]+)@/.exec(text ?? '')?.[1];
      return [isSecretKey(name) ? text : undefined, address].filter(
        (each) => each !== undefined && isWorthHiding(each),
      ) as readonly string[];
    }),
  );
}
