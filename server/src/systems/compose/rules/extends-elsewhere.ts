import type { FactReader } from '../../../core/fact-index.ts';
import type { Located, Use } from '../../../core/facts.ts';
import type { Fix } from '../../../core/finding.ts';
import { folderOf, pathFrom } from '../../../core/path.ts';
import type { BetweenRule } from '../../../core/rule.ts';
import { includedNamespace, serviceNamespace } from '../../../core/services.ts';
import { namespaces } from '../names.ts';

/**
 * What a service takes over stands in the same file or in one that it includes, or in the very file that `extends`
 * names: Compose merges files only afterwards. Of what nobody defines the names themselves tell.
 */
export const extendsElsewhere: BetweenRule = {
  id: 'compose/undefined-service',
  severity: 'error',
  over: [serviceNamespace, includedNamespace, namespaces.file],
  check({ facts, path }, known, report) {
    for (const use of facts) {
      if (use.fact !== 'use' || use.role !== 'extends' || use.name === '') continue;
      const all = known.reached(keyOf(use)).flatMap((key) => known.definitions(key));
      const [other] = all;
      const file = use.within?.name;
      const seen = file === undefined ? filesWith(path, known) : fileAlone(file, known);
      if (!other || !seen || all.some((each) => seen.has(each.path))) continue;
      const name = `\`${use.name}\``;
      const there = `\`${pathFrom(folderOf(path), other.path)}\``;
      const message =
        file === undefined
          ? `Compose looks for ${name} in this file and what it includes, and it is defined in ${there}; name the file with \`extends: { file, service }\``
          : `Compose looks for ${name} in the file that is named, and it is defined in ${there}; name that one`;
      const fixes = use.data?.['short'] === undefined ? [] : [nameFile(use, path, other)];
      report(use, message, { fixes, related: [{ ...other, message: `${name} is defined here` }] });
    }
  },
};

function keyOf({ scope, name }: Use): { namespace: string; scope: string; name: string } {
  return { namespace: serviceNamespace, scope, name };
}

/** A file and all that it includes; undefined where not all of it is read. */
function filesWith(path: string, known: FactReader): ReadonlySet<string> | undefined {
  const files = new Set([path]);
  for (const file of files) {
    if (!isWhole(file, known)) return undefined;
    for (const fact of known.of(file))
      if (fact.fact === 'definition' && fact.namespace === includedNamespace) files.add(fact.name);
  }
  return files;
}

function fileAlone(path: string, known: FactReader): ReadonlySet<string> | undefined {
  return isWhole(path, known) ? new Set([path]) : undefined;
}

/** Whether all that the file says is read, and what it includes can be told. */
function isWhole(path: string, known: FactReader): boolean {
  const facts = known.of(path);
  const isOpen = facts.some(
    (fact) =>
      fact.fact === 'hole' &&
      fact.namespace === serviceNamespace &&
      fact.until === undefined &&
      fact.beyond === undefined,
  );
  return facts.length > 0 && !isOpen;
}

function nameFile({ span, name }: Use, path: string, other: Located<unknown>): Fix {
  const file = pathFrom(folderOf(path), other.path);
  const written = [file, name].map((text) => (/^[\w./-]+$/u.test(text) ? text : JSON.stringify(text)));
  const newText = `{ file: ${written[0]}, service: ${written[1]} }`;
  return { title: `Take it over from \`${file}\``, edits: [{ path, span, newText }], certain: false };
}
