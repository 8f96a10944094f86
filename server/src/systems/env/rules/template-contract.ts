import { environmentNamespace } from '../../../core/environment.ts';
import type { FactReader } from '../../../core/fact-index.ts';
import type { Definition, Located } from '../../../core/facts.ts';
import type { Fix } from '../../../core/finding.ts';
import { baseName, folderOf } from '../../../core/path.ts';
import type { FactRule } from '../../../core/rule.ts';
import { folderNamespace } from '../facts.ts';
import { isUnused } from './unused-variable.ts';

/**
 * A template (`.env.example`) tells a folder's users which variables they must set. Told on their own `.env`:
 * there it is mended, and who has not made one yet has nothing wrong.
 */
export const templateContract: FactRule = {
  id: 'env/missing-variable',
  severity: 'information',
  kinds: ['variables'],
  check({ path, facts }, known, report) {
    if (baseName(path) !== '.env') return;
    const use = facts.find((fact) => fact.fact === 'use' && fact.role === 'compared');
    const templates = read(known, folderOf(path), 'asked');
    const [template] = templates;
    if (use?.fact !== 'use' || !template) return;
    const set = new Set(read(known, folderOf(path), 'set').flatMap(namesIn));
    const asked = new Set(templates.flatMap(namesIn));
    for (const name of asked) {
      if (set.has(name)) continue;
      const title = `Add \`${name}\` to ${baseName(path)}`;
      report(
        { start: 0, end: 0 },
        `\`${name}\` is asked for by \`${baseName(template.path)}\` and not set here; add it`,
        {
          fixes: [addition(title, { path, end: use.data?.['end'], name })],
        },
      );
    }
    for (const fact of facts) {
      if (fact.fact !== 'definition' || fact.namespace !== environmentNamespace || asked.has(fact.name))
        continue;
      // What nobody reads need not be documented, but removed.
      if (isUnused(fact, known)) continue;
      const title = `Add \`${fact.name}\` without its value to ${baseName(template.path)}`;
      report(
        fact,
        `\`${baseName(template.path)}\` does not ask for \`${fact.name}\`, so others do not know to set it; add it there`,
        {
          code: 'env/undocumented-variable',
          severity: 'hint',
          fixes: [addition(title, { path: template.path, end: template.data?.['end'], name: fact.name })],
        },
      );
    }
  },
};

function read(known: FactReader, scope: string, name: string): readonly Located<Definition>[] {
  return known.definitions({ namespace: folderNamespace, scope, name });
}

function namesIn({ data }: Definition): readonly string[] {
  return JSON.parse(data?.['names'] ?? '[]') as readonly string[];
}

function addition(
  title: string,
  {
    path,
    end = '0',
    name,
  }: { readonly path: string; readonly end: string | undefined; readonly name: string },
): Fix {
  const at = Number.parseInt(end, 10);
  const newText = `${end.endsWith('!') ? '\n' : ''}${name}=\n`;
  return { title, edits: [{ path, span: { start: at, end: at }, newText }], certain: false };
}
