import type { Selection, Step } from '../../core/step.ts';
import type { SelectedName, StepSelection } from '../../core/step-selection.ts';
import { openSelection } from './select/selection-book.ts';
import { selectedFile } from './selected-files.ts';
import { defaultMethod, readSpec } from './selector-spec.ts';
import { namesInSpec, nodeNamespaces } from './spec-names.ts';
import { takesSelection } from './step-names.ts';

/** The role of a name in `--select`: where it is not there dbt warns and selects nothing. */
export const selected = 'selected';

/** What dbt takes as `--select` and `--exclude`. */
export const dbtSelection: StepSelection = { names: selectedNames, narrow, open: openSelection };

/** Blanks stand between what is joined, commas between what must hold at once. */
export function selectedNames(text: string, step: string): readonly SelectedName[] {
  if (!takesSelection(step)) return [];
  if (text === '') return [{ namespaces: nodeNamespaces, name: '', role: selected, at: 0 }];
  return [...text.matchAll(/[^\s,]+/g)].flatMap((part) => namesOf(part[0], part.index));
}

function namesOf(text: string, at: number): readonly SelectedName[] {
  const spec = readSpec(text);
  const { method = defaultMethod(spec.value), value } = spec;
  const place = at + spec.at;
  const file = selectedFile(method, value);
  if (file) return [{ ...file, role: 'deferred', at: place + file.at }];
  // Without a selector of that name dbt does not begin.
  const role = method === 'selector' ? 'plain' : selected;
  return namesInSpec(method, value).map(({ isPart, ...name }) => ({
    ...name,
    role: isPart ? 'deferred' : role,
    at: place + name.at,
  }));
}

function narrow(step: Step, { select, exclude }: Selection): Step | { readonly refused: string } {
  const { work } = step;
  if (work.kind !== 'command' || !takesSelection(step.id))
    return {
      refused: `\`${step.id}\` takes no selection; name a step that runs many nodes, as \`dbt:build\``,
    };
  const why = whyNoSelection([...select, ...exclude]);
  if (why !== undefined) return { refused: why };
  return { ...step, work: { ...work, args: [...work.args, ...selectArguments(select, exclude)] } };
}

/** Why dbt would take one of the texts for something else, in a sentence; undefined where it would not. */
export function whyNoSelection(texts: readonly string[]): string | undefined {
  const option = texts.find((text) => text.trimStart().startsWith('-'));
  return option === undefined
    ? undefined
    : `\`${option}\` is an option of dbt, which a selection cannot be; take it out`;
}

/** The words that tell dbt what is selected, and what is not. */
export function selectArguments(select: readonly string[], exclude: readonly string[]): readonly string[] {
  return [...included(select, exclude), ...(exclude.length > 0 ? ['--exclude', ...exclude] : [])];
}

/** Before 1.12 a selector can be named in an option of its own alone. */
function included(select: readonly string[], exclude: readonly string[]): readonly string[] {
  const [only, ...others] = select;
  const selector = /^selector:([\w-]+)$/.exec(only?.trim() ?? '')?.[1];
  if (selector !== undefined && others.length === 0 && exclude.length === 0) return ['--selector', selector];
  return select.length > 0 ? ['--select', ...select] : [];
}
