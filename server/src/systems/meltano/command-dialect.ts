import type { Project } from '../../core/system.ts';
import { fits, readSpecifier } from './version-specifier.ts';

/** How the command line of a project's Meltano spells what steps start. */
export interface CommandDialect {
  /** Stands ahead of all else: what happens is told as JSON, where Meltano can. */
  readonly log: readonly string[];
  /** Leaves plugins as they are; what installs nothing unasked has no word for it. */
  readonly asInstalled: readonly string[];
  /** Locks all plugins. */
  readonly lock: readonly string[];
  /** Connects with an extractor's configuration. */
  readonly test: (extractor: string) => readonly string[];
}

const ofExtractor = '--plugin-type=extractor';

/** The dialect of the Meltano in force. */
export function commandDialect(project: Project): CommandDialect {
  const asInstalled = isFrom(project, '3.5') ? ['--no-install'] : [];
  const isFourth = isFrom(project, '4');
  return {
    log: isFrom(project, '3.7') ? ['--log-format=json'] : [],
    asInstalled,
    lock: isFourth ? ['lock'] : ['lock', '--all'],
    test: (extractor) =>
      isFourth
        ? ['config', 'test', ...asInstalled, ofExtractor, extractor]
        : ['config', ofExtractor, extractor, 'test', ...asInstalled],
  };
}

/** `config list` of the extractor that such a test is of. */
export function listOf(test: readonly string[]): readonly string[] {
  const words = test.filter((word) => word !== '--no-install');
  return words.with(words[1] === 'test' ? 1 : -1, 'list');
}

/** Whether the Meltano in force is this one or a later one, as it is where nothing tells. */
export function isFrom({ version }: Project, first: string): boolean {
  return version === undefined || fits(version.version, readSpecifier(`>=${first}`) ?? []);
}
