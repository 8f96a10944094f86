import { dirname, relative, resolve } from 'node:path';
import type { Plan } from '../core/plan.ts';
import { joinPlans } from '../core/plan-set.ts';
import type { Platform } from '../core/platform.ts';
import { SourceFile } from '../core/source-file.ts';
import type { System } from '../core/system.ts';
import { textAt } from '../files/disk.ts';
import { fromFsPath, toFsPath } from '../files/node-files.ts';
import { finishedDocument, planDocument, type PlanDocument } from '../language/edit-plan.ts';
import type { CliHost } from './host.ts';
import { readAlone } from './read-alone.ts';

/** A planning document and what it says. */
export interface OpenPlan extends PlanDocument {
  readonly plan: Plan;
}

/** What is read for a plan: what a document that is named belongs to, as a check of it reads, else the working directory. */
export function openPlatform(
  file: string | undefined,
  { io, openFolder, openWorkspace }: Pick<CliHost, 'io' | 'openFolder' | 'openWorkspace'>,
): Promise<Platform> {
  return file === undefined ? openFolder(io.cwd) : openWorkspace(dirname(resolve(io.cwd, file)));
}

/** The planning documents of a folder, read anew on request. */
export class PlanDocuments {
  readonly #platform: Platform;
  readonly #systems: readonly System[];
  readonly #cwd: string;

  constructor(platform: Platform, systems: readonly System[], cwd: string) {
    this.#platform = platform;
    this.#systems = systems;
    this.#cwd = cwd;
  }

  /** Those that hold tasks, in the order of a plan: what is outstanding first. */
  all(): readonly string[] {
    const plans = [...this.#platform.paths()].flatMap((path) => {
      const document = planDocument(this.#platform, path);
      return document?.system.readPlan?.(document.file) ?? [];
    });
    return joinPlans(plans).documents.map(({ path }) => path);
  }

  /** The path of a file as somebody typed it. */
  named(file: string): string {
    return fromFsPath(resolve(this.#cwd, file));
  }

  /** A document as it lies on disk now; one that nobody found counts when tasks are in it. */
  open(path: string): OpenPlan | undefined {
    this.#platform.update([path]);
    const document = planDocument(this.#platform, path) ?? this.#read(path);
    const plan = document?.system.readPlan?.(document.file);
    return document && plan && { ...document, plan };
  }

  /** Where finished tasks of a document go. */
  finished(path: string): string | undefined {
    return finishedDocument(this.#platform, path)?.file.source.path;
  }

  /** A path as it is shown. */
  place(path: string): string {
    return relative(this.#cwd, toFsPath(path)).replaceAll('\\', '/');
  }

  #read(path: string): PlanDocument | undefined {
    for (const system of this.#systems) {
      const claim = system.editPlan && system.claimPlan?.(path);
      const text = claim && textAt(toFsPath(path));
      if (claim && text !== undefined)
        return {
          system,
          file: readAlone(system, new SourceFile(path, text), { claim, platform: this.#platform }),
        };
    }
    return undefined;
  }
}
