import { baseName } from '../../../core/path.ts';
import type { BetweenRule } from '../../../core/rule.ts';
import type { ParsedFile } from '../../../core/system.ts';
import { allOf } from '../../../core/vocabulary.ts';
import { documentNamespace } from '../facts.ts';
import { isPlanFile } from '../item-facts.ts';
import type { PlanModel } from '../model.ts';

/** A share that the plan states and a report contradicts: 'Test coverage 82 %' where `coverage.xml` tells of 61 %. */
export const contradictedMeasure: BetweenRule = {
  id: 'plan/contradicted-measure',
  severity: 'information',
  over: [documentNamespace, 'measure'],
  check(file, facts, report) {
    if (!isPlanFile(file)) return;
    const stated = (file.parsed() as ParsedFile<PlanModel> | undefined)?.model.plan.facts ?? [];
    for (const { kind, subject, value, span } of stated) {
      if (kind !== 'measure') continue;
      const reports = allOf(facts, 'measure').filter(({ name }) => name === subject);
      const readings = reports.map(({ data }) => data.percent.split(' ').map(Number));
      const best = readings.map(([first]) => first!);
      const [seen] = best;
      // Where several reports differ, each is about a part, and nobody can tell which is meant.
      if (seen === undefined || Math.max(...best) - Math.min(...best) > 1) continue;
      const digits = value.split('.')[1]?.length ?? 0;
      // Some round, some cut.
      if (readings.flat().some((each) => Math.abs(each - Number(value)) < 10 ** -digits)) continue;
      const { path, span: place } = reports[0]!;
      const newText = seen.toFixed(digits);
      report(
        span,
        `the plan says ${value} %, \`${baseName(path)}\` tells of ${seen} %; correct the plan or measure anew`,
        {
          related: [{ path, span: place, message: `${seen} % is told here` }],
          fixes: [{ title: `Write ${newText}`, edits: [{ path: file.path, span, newText }], certain: false }],
        },
      );
    }
  },
};
