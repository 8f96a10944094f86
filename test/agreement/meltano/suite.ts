import type { Edit, Kind, KindGroup, Suite } from '../kind.ts';
import { base } from './base.ts';
import { environmentKinds } from './kinds/environments.ts';
import { includeKinds } from './kinds/includes.ts';
import { jobKinds } from './kinds/jobs.ts';
import { lockKinds } from './kinds/locks.ts';
import { loggingKinds } from './kinds/logging.ts';
import { pluginKinds } from './kinds/plugins.ts';
import { projectKinds } from './kinds/project.ts';
import { scheduleKinds } from './kinds/schedules.ts';
import { settingKinds } from './kinds/settings.ts';
import { valueKinds } from './kinds/values.ts';
import { everything } from './oracle.ts';

/** Plugins that can be run as they are: there is nothing to install, and no catalog to ask for. */
const invokable: Edit = (files) => ({
  ...files,
  'meltano.yml': files['meltano.yml']!.replace(/^ *pip_url: (?:tap-shop|dbt-core).*\n/gm, '').replace(
    '        - catalog\n        - discover\n',
    '',
  ),
});

function groupOf(title: string, kinds: readonly Kind[]): KindGroup {
  const runs = /^(?:--environment=\w+ )?(?:invoke|run --no-install|schedule run) /;
  return {
    title,
    kinds: kinds.map((kind) =>
      runs.test(kind.options.found ?? '') ? { ...kind, edits: [invokable, ...kind.edits] } : kind,
    ),
  };
}

/** What Meltano is asked: `found` of a kind is a whole command line. */
export const meltanoSuite: Suite = {
  tool: 'Meltano',
  base,
  groups: [
    groupOf('meltano.yml', projectKinds),
    groupOf('Included files', includeKinds),
    groupOf('Plugins', pluginKinds),
    groupOf('Settings and commands', settingKinds),
    groupOf('Values of settings', valueKinds),
    groupOf('Lock files', lockKinds),
    groupOf('Environments', environmentKinds),
    groupOf('Jobs', jobKinds),
    groupOf('Schedules', scheduleKinds),
    groupOf('logging.yaml and .env', loggingKinds),
  ],
  command: ({ sort, options: { found } }) => {
    if (sort === 'odd') return found === undefined ? everything : [...everything, found];
    return [found ?? 'job list'];
  },
};
