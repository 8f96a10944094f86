import { byPlace, checkFile } from './check-file.ts';
import type { Fact } from './facts.ts';
import type { FileText } from './files.ts';
import type { Finding } from './finding.ts';
import type { KeptReading } from './kept.ts';
import type { Claimed, ClaimOf } from './project-map.ts';
import { factsWithSelections } from './selection.ts';
import type { SourceFile } from './source-file.ts';
import { findSecrets } from './tracked-secrets.ts';
import { readSuppressions, type Suppression } from './suppressions.ts';
import type { Claim, ParsedFile, Project, System } from './system.ts';
import { foretellYaml } from './yaml/yaml-file.ts';

/** What is known of each file that a system claims. */
export interface FileState {
  readonly source: SourceFile;
  readonly claim: Claim;
  readonly system: System;
  readonly project: Project;
  /** What it is to other projects that read it, too. */
  readonly also?: readonly ClaimOf[] | undefined;
  /** From the file alone: syntax, schema, file rules. */
  readonly findings: readonly Finding[];
  readonly suppressions: readonly Suppression[];
  /** Whether it holds values that must not be shown. */
  readonly hasSecrets: boolean;
  /** As its claim has it. */
  readonly isAside?: boolean;
  /** What is wrong in it hangs on the day. */
  readonly isDated?: boolean;
}

/** Which errors a file has of itself, wherever they stand: what broke, or was mended, makes it another text. */
export function errorsIn(state: FileState | undefined): string {
  const errors = state?.findings.filter(({ severity }) => severity === 'error') ?? [];
  return errors.map(({ code }) => code).join();
}

export interface Reading {
  readonly state: FileState;
  readonly facts: readonly Fact[];
  /** Undefined for a file that is too large to be parsed. */
  readonly file?: ParsedFile;
}

/** Parses and checks a file as the system that claims it does. */
export function readFile(
  source: SourceFile,
  { system, claim, project, also }: Claimed,
  read: Exclude<FileText, { kind: 'missing' }>,
  systems: readonly System[],
  onRuleError: (rule: string, error: unknown) => void,
): Reading {
  const aside = claim.isAside ? { isAside: true } : {};
  const dated = system.datedRules && claim.format === 'markdown' ? { isDated: true } : {};
  const own = { source, claim, system, project, suppressions: [], hasSecrets: false, ...aside, ...dated };
  const state = also ? { ...own, also } : own;
  if (read.kind === 'too-large')
    return { state: { ...state, findings: claim.isGenerated ? [] : [tooLarge(read.bytes)] }, facts: [] };
  if (read.yaml) foretellYaml(source, read.yaml);
  const parsed = system.parse(source, claim, project);
  const besides = systems.flatMap((each) => each.factsBesides?.(source, claim) ?? []);
  const written = factsWithSelections(parsed, source, systems);
  const named = besides.length === 0 ? written : written.concat(besides);
  const facts = also ? [...named, ...also.flatMap((each) => factsFor(each, source, state))] : named;
  const file: ParsedFile = { ...parsed, facts: named, source, claim, project };
  const secrets = system.secrets?.(file) ?? [];
  const hasSecrets = secrets.length > 0;
  if (project.vendored || claim.isGenerated)
    return { state: { ...state, findings: [], hasSecrets }, facts, file };
  const checked = checkFile(file, system, onRuleError);
  const seen = findSecrets(file, secrets);
  const findings = seen.length === 0 ? checked : [...checked, ...seen].sort(byPlace);
  const suppressions = readSuppressions(file);
  return { state: { ...state, findings, suppressions, hasSecrets }, facts, file };
}

/** What the file says of the names of another project; what it says of everybody's is said once. */
function factsFor(
  { claim, project }: ClaimOf,
  source: SourceFile,
  own: Pick<FileState, 'system' | 'project'>,
): readonly Fact[] {
  const { scope } = project;
  if (scope === own.project.scope) return [];
  return own.system.parse(source, claim, project).facts.filter((fact) => fact.scope === scope);
}

/** A file that was read at an earlier start; whose it is, and its text, is looked up when somebody asks. */
export class RestoredState implements FileState {
  readonly source: SourceFile;
  readonly #kept: KeptReading;
  readonly #owner: () => readonly [System, Project];
  readonly #also: () => readonly ClaimOf[] | undefined;

  constructor(
    source: SourceFile,
    kept: KeptReading,
    {
      owner,
      also,
    }: {
      readonly owner: () => readonly [System, Project];
      readonly also: () => readonly ClaimOf[] | undefined;
    },
  ) {
    this.source = source;
    this.#kept = kept;
    this.#owner = owner;
    this.#also = also;
  }

  get also(): readonly ClaimOf[] | undefined {
    return this.#also();
  }

  get claim(): Claim {
    return this.#kept.claim;
  }
  get isAside(): boolean {
    return this.#kept.isAside ?? false;
  }
  get isDated(): boolean {
    return this.#kept.isDated ?? false;
  }
  get system(): System {
    return this.#owner()[0];
  }
  get project(): Project {
    return this.#owner()[1];
  }
  get findings(): readonly Finding[] {
    return this.#kept.findings;
  }
  get suppressions(): readonly Suppression[] {
    return this.#kept.suppressions;
  }
  get hasSecrets(): boolean {
    return this.#kept.hasSecrets;
  }
}

function tooLarge(bytes: number): Finding {
  return {
    code: 'file/too-large',
    severity: 'information',
    span: { start: 0, end: 0 },
    message: `this file is ${Math.round(bytes / 1e6)} MB and was not checked; generated data is better kept out of configuration`,
  };
}
