import { get, itemsOf, type Node } from '../../core/tree.ts';
import { plainText } from './entries.ts';

/** The columns of a version: those of its model that it takes, and its own. */
export function columnsOfVersion(model: Node, version: Node): readonly Node[] {
  const own = itemsOf(get(version, 'columns'));
  const choice = own.find((column) => get(column, 'include') !== undefined);
  const taken = itemsOf(get(model, 'columns')).filter((column) => takes(choice, get(column, 'name')));
  return [...taken, ...own.filter((column) => column !== choice)];
}

/** All columns are taken where nothing is said. */
function takes(choice: Node | undefined, column: Node | undefined): boolean {
  if (!choice) return true;
  const name = plainText(column);
  const isNamed = (list: Node | undefined): boolean =>
    itemsOf(list).some((item) => name !== undefined && plainText(item) === name);
  const include = get(choice, 'include');
  return (include?.kind !== 'seq' || isNamed(include)) && !isNamed(get(choice, 'exclude'));
}

/** The entry that tells the tests of a version as a whole: its own, else its model. */
export function testedAs(model: Node, version: Node): Node {
  return (get(version, 'data_tests') ?? get(version, 'tests')) ? version : model;
}
