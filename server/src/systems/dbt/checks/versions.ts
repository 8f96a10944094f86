import { findPair, get, itemsOf, type Node, type ScalarNode } from '../../../core/tree.ts';
import { isTemplate, plainScalar, replacing, type Check } from './check.ts';

/** The versions of a model: each once, and the latest among them. */
export function checkVersions(check: Check, entry: Node): void {
  const list = findPair(entry, 'versions');
  const versions = itemsOf(list?.value).flatMap((each) => plainScalar(get(each, 'v')) ?? []);
  const seen = new Map<string, ScalarNode>();
  for (const version of versions) {
    const first = seen.get(version.text);
    if (!first) seen.set(version.text, version);
    else {
      const message = `version \`${version.text}\` stands twice, which dbt refuses; remove or rename one of the two`;
      const related = [{ path: check.source.path, span: first.span, message: 'it stands here first' }];
      check.report(version, message, { code: 'dbt/duplicate-version', severity: 'error', related });
    }
  }
  for (const each of itemsOf(list?.value)) checkIncludes(check, each);
  checkLatest(check, entry, versions, list !== undefined && versions.length < itemsOf(list.value).length);
}

function checkLatest(check: Check, entry: Node, versions: readonly ScalarNode[], isPartial: boolean): void {
  const latest = plainScalar(get(entry, 'latest_version'));
  if (!latest || isPartial) return;
  // dbt v2 compares texts, v1 values: `"2"` is no version of `v: 2`.
  const isSecond = check.version.major >= 2;
  const alike = versions.find((each) => each.text === latest.text);
  if (alike && (isSecond || alike.value === latest.value)) return;
  if (isSecond && versions.length === 0) return;
  const options = { code: 'dbt/undefined-version', severity: 'error' } as const;
  if (versions.length === 0) {
    const message = `\`latest_version\` is \`${latest.text}\`, but the model has no versions; list them under \`versions:\`, or remove the key`;
    check.report(latest, message, options);
    return;
  }
  const known = versions.map((each) => `\`${each.text}\``).join(', ');
  if (alike) {
    const written = typeof alike.value === 'string' ? `"${alike.text}"` : alike.text;
    const message = `\`latest_version\` is ${typeof latest.value === 'string' ? 'a string' : 'a number'} and \`v\` is not, so dbt v1 does not find it; write \`${written}\``;
    const quoted = latest.style === 'single' || latest.style === 'double';
    const span = quoted ? { start: latest.span.start - 1, end: latest.span.end + 1 } : latest.span;
    check.report(latest, message, {
      ...options,
      fixes: replacing(`Change to \`${written}\``, check.source, span, written),
    });
    return;
  }
  check.report(latest, `no version of the model is \`${latest.text}\`; it has ${known}`, options);
}

/** A version takes over columns by one `include`, not several, and leaves out some of all alone. */
function checkIncludes(check: Check, version: Node): void {
  for (const column of itemsOf(get(version, 'columns'))) {
    const exclude = findPair(column, 'exclude');
    if (get(column, 'include')?.kind !== 'seq' || itemsOf(exclude?.value).length === 0) continue;
    const message =
      '`exclude` takes columns from all, and `include` beside it names some; leave `exclude` out, or write `include: all`';
    const severity = check.version.major >= 2 ? 'warning' : 'error';
    check.report(exclude!.key, message, { code: 'dbt/conflicting-keys', severity });
  }
  const includes = itemsOf(get(version, 'columns')).flatMap((each) => findPair(each, 'include') ?? []);
  const second = includes[1];
  if (!second || isTemplate(second.value)) return;
  const message = '`include` stands twice among the columns of this version, which dbt refuses; keep one';
  // dbt v2 takes the last of them.
  const severity = check.version.major >= 2 ? 'warning' : 'error';
  check.report(second.key, message, { code: 'dbt/conflicting-keys', severity });
}
