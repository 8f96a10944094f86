import { environmentFileNamespace } from '../../../core/environment.ts';
import type { FactReader } from '../../../core/fact-index.ts';
import { baseName, resolvePath } from '../../../core/path.ts';
import type { FactRule } from '../../../core/rule.ts';
import { includedNamespace } from '../../../core/services.ts';

/**
 * A file of variables that is not there: Compose refuses to start the service. Such files are seldom tracked, so
 * that a fresh clone lacks them and nothing is wrong with it; hence a warning.
 */
export const missingEnvFile: FactRule = {
  id: 'compose/missing-env-file',
  severity: 'warning',
  check(file, known, report) {
    for (const fact of file.facts) {
      if (fact.fact !== 'use' || fact.role !== 'env-file') continue;
      // Files of other names are not read here, so nobody knows of them.
      const isRead = /^\.env(?:\.|$)|\.env$/u.test(baseName(fact.name));
      const isThere = (name: string): boolean =>
        known.isDefined({ namespace: environmentFileNamespace, scope: '', name });
      // That a folder is none `compose/missing-file` tells.
      if (!isRead || isThere(fact.name) || file.isFolder(fact.name)) continue;
      // Who includes the file may have its paths taken from another folder.
      const folders = foldersFor(file.path, known);
      if (folders.some((folder) => isThere(resolvePath(folder, fact.data?.['path'] ?? fact.name)))) continue;
      report(
        fact,
        `the file \`${baseName(fact.name)}\` is not there, and Compose refuses to start without it; make it, or set \`required: false\``,
      );
    }
  },
};

/** Where relative paths of a file are taken from by those that include it. */
function foldersFor(path: string, known: FactReader): readonly string[] {
  const all = known.definitions({ namespace: includedNamespace, scope: '', name: path });
  return all.flatMap(({ data }) => data?.['folder'] ?? []);
}
