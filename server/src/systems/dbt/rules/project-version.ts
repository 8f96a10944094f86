import type { Rule } from '../../../core/rule.ts';
import { get } from '../../../core/tree.ts';
import { isSecondLine } from '../version.ts';

const number = String.raw`(?:0|[1-9]\d*)`;
const word = String.raw`(?:${number}|\d*[a-zA-Z-][0-9a-zA-Z-]*)`;
const build = String.raw`(?:\+[0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*)?`;
const form = new RegExp(
  String.raw`^${number}\.${number}(?:\.${number}(?:-${word}(?:\.${word})*)?${build})?$`,
);

/** The project's own version is two or three numbers, where it is a text; dbt v2 takes any. */
export const projectVersion: Rule = {
  id: 'dbt/invalid-value',
  severity: 'error',
  check({ claim, tree, project }, report) {
    const version = claim.kind === 'project' && !isSecondLine(project) ? get(tree, 'version') : undefined;
    if (version?.kind !== 'scalar' || typeof version.value !== 'string') return;
    if (version.text.includes('{{') || form.test(version.text)) return;
    const what = version.text === '' ? 'an empty text' : `\`${version.text}\``;
    report(
      version,
      `${what} is no version of a project; write two or three numbers with dots between them, such as \`1.0.0\``,
    );
  },
};
