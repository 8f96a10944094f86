import type { Definition, Fact } from '../../core/facts.ts';
import type { Claim, Parsed, Project } from '../../core/system.ts';
import type { ResourcePlace } from './claim.ts';
import { layoutOf, type DbtLayout } from './layout.ts';

/** Folders that hold resources: `models/shop/staging`, by section of dbt_project.yml and package. */
export const folderNamespace = 'dbt.folder';

/** Kinds of files whose folder configuration in dbt_project.yml may name, by section. */
const sections: Readonly<Record<string, 'models' | 'seeds' | 'snapshots'>> = {
  model: 'models',
  'python-model': 'models',
  seed: 'seeds',
  snapshot: 'snapshots',
};

/** True for sections whose folders are known. */
export function isFolderSection(section: string): boolean {
  return section === 'models' || section === 'seeds' || section === 'snapshots';
}

/** The file's facts, with those that say in which folders it lies. */
export function withFolders(parsed: Parsed, claim: Claim, project: Project): Parsed {
  const section = sections[claim.kind];
  if (section === undefined) return parsed;
  return {
    ...parsed,
    facts: [...parsed.facts, ...folderFacts(section, claim.data as ResourcePlace, project)],
  };
}

const atStart = { start: 0, end: 0 };

/** Its own folder and each above it; the file itself only where the project configures something of that name. */
function folderFacts(section: string, { folders, name }: ResourcePlace, project: Project): readonly Fact[] {
  const layout = layoutOf(project);
  const facts: Definition[] = [];
  const add = (path: string): void => {
    facts.push({
      fact: 'definition',
      namespace: folderNamespace,
      scope: project.scope,
      name: path,
      span: atStart,
      what: 'folder',
      implicit: true,
      exclusive: false,
    });
  };
  let path = `${section}/${layout.package}`;
  add(path);
  for (const folder of folders) add((path += `/${folder}`));
  for (const own of ownNames(section, name, layout)) add(`${path}/${own}`);
  return facts;
}

/** A snapshot's file counts as a folder. Of a version, `orders_v2`, configuration names the model. */
function ownNames(section: string, name: string, { configured }: DbtLayout): readonly string[] {
  if (section === 'snapshots') return [name];
  const known = configured[section === 'seeds' ? 'seeds' : 'models'];
  const model = name.replace(/_v\w+$/, '');
  return (model === name ? [name] : [name, model]).filter((each) => known.has(each.replaceAll('-', '_')));
}
