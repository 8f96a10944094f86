import { knownThings } from '../core/known-things.ts';
import type { Plan } from '../core/plan.ts';
import { PlanOrderer, type PlanOrder } from '../core/plan-next.ts';
import { joinPlans, type PlanSet } from '../core/plan-set.ts';
import type { Platform } from '../core/platform.ts';
import type { SourceFile } from '../core/source-file.ts';

/** All planning documents of a platform as one plan, in order, each with the text that it was read from. */
export interface PlatformPlan {
  readonly set: PlanSet;
  readonly order: PlanOrder;
  readonly sources: ReadonlyMap<Plan, SourceFile>;
}

/** Joins the plans of a platform and tells what their items wait for over all of them; true until the platform is asked anew. */
export function platformPlan(platform: Platform): PlatformPlan {
  const sources = new Map<Plan, SourceFile>();
  for (const path of platform.paths()) {
    const system = platform.systemOf(path);
    if (!system?.readPlan) continue;
    const file = platform.parsed(path);
    const plan = file && system.readPlan(file);
    if (plan) sources.set(plan, file.source);
  }
  const set = joinPlans(sources.keys());
  const orderer = platform.facts.kept(PlanOrderer, () => new PlanOrderer());
  const order = orderer.order(set, knownThings(platform.facts, platform.systems));
  return { set, order, sources };
}
