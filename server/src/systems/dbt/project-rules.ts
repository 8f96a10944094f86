import type { FactRule, Rule } from '../../core/rule.ts';
import { catalogs } from './rules/catalogs.ts';
import { configJinja } from './rules/config-jinja.ts';
import { configValue } from './rules/config-value.ts';
import { credentials } from './rules/credentials.ts';
import { emptyFile } from './rules/empty-file.ts';
import { emptySelection } from './rules/empty-selection.ts';
import { flagsInProfiles, flagsInTwoFiles } from './rules/flags-in-profiles.ts';
import { missingPlus } from './rules/missing-plus.ts';
import { missingProfile } from './rules/missing-profile.ts';
import { packageEntry } from './rules/package-entry.ts';
import { packageState } from './rules/package-state.ts';
import { profileOutputs } from './rules/profile-outputs.ts';
import { projectFlags } from './rules/project-flags.ts';
import { projectName } from './rules/project-name.ts';
import { projectVersion } from './rules/project-version.ts';
import { renamedProjectKey } from './rules/renamed-project-key.ts';
import { requiredVersion } from './rules/required-version.ts';
import { selectors } from './rules/selectors.ts';
import { unknownConfig } from './rules/unknown-config.ts';
import { unusedConfig } from './rules/unused-config.ts';
import { varsInTwoFiles } from './rules/vars-in-two-files.ts';
import { varsShape } from './rules/vars-shape.ts';

/** What is checked of dbt_project.yml, profiles.yml and the files beside them. */
export const projectRules: readonly Rule[] = [
  catalogs,
  configJinja,
  configValue,
  credentials,
  emptyFile,
  flagsInProfiles,
  missingPlus,
  missingProfile,
  packageEntry,
  profileOutputs,
  projectFlags,
  projectName,
  projectVersion,
  renamedProjectKey,
  requiredVersion,
  selectors,
  unknownConfig,
  varsShape,
];

export const projectFactRules: readonly FactRule[] = [
  emptySelection,
  flagsInTwoFiles,
  packageState,
  unusedConfig,
  varsInTwoFiles,
];
