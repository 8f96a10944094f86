import type { CancellationToken, Pause } from '../core/cancellation.ts';
import { costOf, type Check, type Cost } from '../core/evidence.ts';
import type { Platform } from '../core/platform.ts';
import type { FindingSettings } from '../language/diagnose.ts';
import type { CheckRunner, ProbeLimits } from './check-runner.ts';
import { findChecks } from './find-checks.ts';
import { judgeByFacts } from './judge-by-facts.ts';
import { plansOf, projectStates } from './read-platform.ts';
import { asksTrust, type Answer } from './settle.ts';
import { takeSnapshot, type ReadinessSnapshot } from './snapshot.ts';

export interface BoardOptions {
  readonly runner: CheckRunner;
  readonly pause: Pause;
  readonly now: () => number;
}

/** What somebody wants to be looked at now. */
export interface Wanted {
  readonly settings: FindingSettings;
  readonly limits: ProbeLimits;
  readonly token: CancellationToken;
  /** Checks that cost no more than one of these. */
  readonly costs: ReadonlySet<Cost>;
  /** These checks whatever they cost, by their ids. */
  readonly checks?: ReadonlySet<string>;
  /** Looks only at what nobody has looked at before; what facts tell is told anew in any case. */
  readonly onlyNew?: ReadonlySet<Cost>;
}

/** Keeps what checks answered, so that who asks again need not look again. */
export class ReadinessBoard {
  readonly #options: BoardOptions;
  /** Titles as they may be shown: made anew where somebody looks, since what is secret stands in files. */
  readonly #titles = new Map<string, string>();
  readonly #answers = new Map<string, { readonly asked: string; readonly answer: Answer }>();

  constructor(options: BoardOptions) {
    this.#options = options;
  }

  /** Where the platform stands, after everything that is wanted has been looked at. Rejects only when cancelled. */
  async snapshot(platform: Platform, wanted: Wanted): Promise<ReadinessSnapshot> {
    const { runner, pause, now } = this.#options;
    const { settings, limits, token } = wanted;
    const projects = await projectStates(platform, settings, { pause, token });
    const { checks, waivers } = findChecks(platform, projects);
    this.#forgetOthers(checks);
    const waiting: Check[] = [];
    for (const check of checks) {
      const beganMs = now();
      const judgement = judgeByFacts(check, platform, projects);
      if (judgement) this.#keep(check, { judgement, checkedMs: now(), durationMs: now() - beganMs });
      else if (this.#isWanted(check, wanted)) waiting.push(check);
    }
    if (waiting.length > 0) {
      this.#titles.clear();
      await runner.run(waiting, {
        limits,
        facts: platform.facts,
        token,
        onAnswer: (check, answer) => this.#keep(check, answer),
      });
    }
    const answers = new Map([...this.#answers].map(([id, { answer }]) => [id, answer]));
    const plans = plansOf(platform);
    const { isTrusted } = limits;
    const shown = checks.map((check) => this.#shown(check, limits));
    return takeSnapshot({ plans, projects, checks: shown, waivers, answers, isTrusted, nowMs: now() });
  }

  #shown(check: Check, limits: ProbeLimits): Check {
    const { runner } = this.#options;
    const key = `${check.folder}\0${check.title}`;
    let title = this.#titles.get(key);
    if (title === undefined)
      this.#titles.set(key, (title = runner.shownTitle?.(check, limits) ?? check.title));
    return title === check.title ? check : { ...check, title };
  }

  #isWanted(check: Check, { limits, costs, checks, onlyNew }: Wanted): boolean {
    if (!limits.isTrusted && asksTrust(check)) return false;
    if (checks) return checks.has(check.id);
    const cost = costOf(check.probe);
    return costs.has(cost) && !(onlyNew?.has(cost) === true && this.#answers.has(check.id));
  }

  #keep(check: Check, answer: Answer): void {
    this.#answers.set(check.id, { asked: askedBy(check), answer });
  }

  /** An answer is one to the question as it was then. */
  #forgetOthers(checks: readonly Check[]): void {
    const asked = new Map(checks.map((check) => [check.id, askedBy(check)]));
    for (const [id, known] of this.#answers) if (asked.get(id) !== known.asked) this.#answers.delete(id);
  }
}

function askedBy({ probe, folder, wrong }: Check): string {
  return JSON.stringify([probe, folder, wrong]);
}
