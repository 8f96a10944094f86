import { checkNamespace } from '../../core/evidence.ts';
import type { FailureReports, Report, ReportedFailure } from '../../core/failure-reports.ts';
import { isObject, objectOf, type JsonObject } from '../../core/json.ts';
import { folderOf } from '../../core/path.ts';
import { SourceFile } from '../../core/source-file.ts';
import { get, itemsOf, stringOf, toValue, type Node, type ScalarNode } from '../../core/tree.ts';
import { parseYaml } from '../../core/yaml/parse-yaml.ts';
import { validationsCheck } from './checks.ts';

const below = '/uncommitted/validations';

/** What validations found, at the expectations that were not met. */
export const validationFailures: FailureReports = {
  folders: (facts) =>
    [...facts.all(checkNamespace)]
      .filter(({ name }) => name === validationsCheck)
      .map(({ path }) => `${folderOf(path)}${below}`),
  failures: failuresIn,
};

function failuresIn(report: Report, read: (path: string) => string): readonly ReportedFailure[] {
  const source = new SourceFile(report.path, report.text);
  const tree = treeOf(report.text);
  if (!hasFailed(tree)) return [];
  const name = stringOf(get(tree, 'suite_name') ?? get(get(tree, 'meta'), 'expectation_suite_name'))?.text;
  const suite = name === undefined ? undefined : openSuite(suitePath(report.path, name), read);
  return itemsOf(get(tree, 'results')).flatMap((result) => {
    if (!hasFailed(result)) return [];
    const config = get(result, 'expectation_config');
    const place = suite?.placeOf(config) ?? {
      path: report.path,
      line: lineOf(source, kindOf(config) ?? result),
    };
    return [{ message: messageOf(name, objectOf(valueOf(result)) ?? {}), ...place }];
  });
}

/** A suite in memory alone has no file. */
function openSuite(
  path: string,
  read: (path: string) => string,
): { placeOf(config: Node | undefined): Omit<ReportedFailure, 'message'> | undefined } | undefined {
  const text = read(path);
  if (text === '') return undefined;
  const source = new SourceFile(path, text);
  const expectations = itemsOf(get(treeOf(text), 'expectations'));
  return {
    placeOf(config) {
      const id = stringOf(get(config, 'id'))?.text;
      const found =
        expectations.find((each) => id !== undefined && stringOf(get(each, 'id'))?.text === id) ??
        expectations.find((each) => isSame(each, config));
      return found && { path, line: lineOf(source, kindOf(found) ?? found) };
    },
  };
}

/** `orders.daily` lies in `expectations/orders/daily.json` of the context. */
function suitePath(report: string, name: string): string {
  const context = report.slice(0, report.indexOf(below));
  return `${context}/expectations/${name.replaceAll('.', '/')}.json`;
}

/** Before version 1 expectations had no ids. */
function isSame(expectation: Node, config: Node | undefined): boolean {
  const kwargs = (node: Node | undefined): string => {
    const { batch_id: _, ...rest } = objectOf(valueOf(get(node, 'kwargs'))) ?? {};
    return JSON.stringify(
      Object.fromEntries(
        Object.keys(rest)
          .toSorted()
          .map((key) => [key, rest[key]]),
      ),
    );
  };
  return kindOf(expectation)?.text === kindOf(config)?.text && kwargs(expectation) === kwargs(config);
}

function hasFailed(result: Node | undefined): boolean {
  return valueOf(get(result, 'success')) === false;
}

function kindOf(config: Node | undefined): ScalarNode | undefined {
  return stringOf(get(config, 'type') ?? get(config, 'expectation_type'));
}

function messageOf(suite: string | undefined, result: JsonObject): string {
  const config = objectOf(result['expectation_config']) ?? {};
  const { batch_id: _, ...kwargs } = objectOf(config['kwargs']) ?? {};
  const told = Object.entries(kwargs).map(([name, value]) => `${name}: ${shown(value)}`);
  const kind = shown(config['type'] ?? config['expectation_type'] ?? 'an expectation');
  const expectation = `${suite === undefined ? '' : `${suite}: `}${kind}(${told.join(', ')})`;
  const raised = exceptionIn(objectOf(result['exception_info']) ?? {});
  return raised === undefined
    ? `${expectation} was not met${seen(objectOf(result['result']) ?? {})}`
    : `${expectation} could not be told: ${raised}`;
}

function seen(result: JsonObject): string {
  const { element_count: all, unexpected_count: unexpected, observed_value: observed } = result;
  const list = result['partial_unexpected_list'];
  const some = Array.isArray(list) ? list.slice(0, mostValues).map(shown) : [];
  if (typeof unexpected === 'number' && typeof all === 'number')
    return `: ${unexpected} of ${all} values${some.length === 0 ? '' : ` (${some.join(', ')}${unexpected > some.length ? ', …' : ''})`}`;
  return observed === undefined ? '' : `: it was ${shown(observed)}`;
}

/** One, or one for each metric. */
function exceptionIn(info: JsonObject): string | undefined {
  const all = 'raised_exception' in info ? [info] : Object.values(info).filter(isObject);
  const raised = all.find((each) => each['raised_exception'] === true);
  return raised && shown(raised['exception_message'] ?? 'it raised an exception');
}

/** Limit: so many unexpected values are told. */
const mostValues = 5;

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function treeOf(text: string): Node | undefined {
  return parseYaml(text, { version: '1.2', duplicateKeys: 'refuse' }).tree;
}

function lineOf(source: SourceFile, { span }: Node): number {
  return source.positionAt(span.start).line + 1;
}

function valueOf(node: Node | undefined): unknown {
  return node && toValue(node);
}
