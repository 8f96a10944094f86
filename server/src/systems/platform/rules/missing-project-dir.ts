import { whereNamespaces } from '../../../core/services.ts';
import type { BetweenRule } from '../../../core/rule.ts';
import { allOf, ownOf } from '../../../core/vocabulary.ts';
import { spotIn } from '../../../core/where.ts';
import { apart, wayTo } from '../between-paths.ts';
import { byPlace } from '../by-place.ts';

/**
 * A plugin that is told to run a transformation in a folder where none lies: `project_dir: transform`, and the
 * project is in `dbt/`. It fails only when the job has come that far.
 */
export const missingProjectDir: BetweenRule = {
  id: 'platform/missing-project-dir',
  severity: 'warning',
  over: ['transform.wanted', 'transform.place', ...whereNamespaces],
  check({ path, facts: own }, facts, report) {
    for (const wanted of ownOf(own, 'transform.wanted')) {
      const { project, system, holds, opener } = wanted.data;
      const places = allOf(facts, 'transform.place').filter(({ data }) => data.holds === holds);
      const spot = spotIn({ root: project, system }, wanted.data.path, facts);
      // Where there is none at all it may be made, or lie where nobody looks.
      if (places.length === 0 || spot?.at !== 'workspace') continue;
      if (places.some(({ name }) => name === spot.path)) continue;
      const [nearest] = places.toSorted(byPlace);
      const [here, there] = apart(`${spot.path}/x`, nearest!.path).map(
        (each) => each.replace(/\/?x$/, '') || '.',
      );
      const what = holds === 'project' ? 'a dbt project' : 'a `profiles.yml`';
      const way = wayTo(nearest!.name, project) || '.';
      const fixes =
        wanted.span.end - wanted.span.start > 0 && !wanted.data.path.startsWith('/')
          ? [
              {
                title: `Change to \`${way}\``,
                edits: [{ path, span: wanted.span, newText: way }],
                certain: false,
              },
            ]
          : [];
      report(
        wanted,
        `\`${here}\` does not hold ${what}, which ${opener} takes from there; name the folder of \`${there}\``,
        {
          related: [{ path: nearest!.path, span: nearest!.span, message: 'this one lies here' }],
          fixes,
        },
      );
    }
  },
};
