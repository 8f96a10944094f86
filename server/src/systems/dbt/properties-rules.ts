import type { FactRule, Rule } from '../../core/rule.ts';
import { macroDocumentation } from './rules/macro-documentation.ts';
import { microbatch } from './rules/microbatch.ts';
import { missingTimeSpine } from './rules/missing-time-spine.ts';
import { nodeTerms } from './rules/node-terms.ts';
import { properties } from './rules/properties.ts';
import { semanticManifest } from './rules/semantic-manifest.ts';
import { sourceWordsOfAdapter } from './rules/source-words.ts';
import { testArguments } from './rules/test-arguments.ts';
import { undefinedColumn } from './rules/undefined-column.ts';
import { unitTestTarget } from './rules/unit-test-target.ts';
import { versionFile } from './rules/version-file.ts';
import { wrongSection } from './rules/wrong-section.ts';

/** The rules on properties files, one file at a time. */
export const propertiesRules: readonly Rule[] = [properties];

/** The rules on what several files say of the names in properties files. */
export const propertiesFactRules: readonly FactRule[] = [
  nodeTerms,
  wrongSection,
  versionFile,
  unitTestTarget,
  testArguments,
  undefinedColumn,
  macroDocumentation,
  microbatch,
  missingTimeSpine,
  semanticManifest,
  sourceWordsOfAdapter,
];
