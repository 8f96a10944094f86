import * as vscode from 'vscode';
import { whyNoValue } from '../../../server/src/core/parameters.ts';
import {
  stepOptionsRequest,
  type StepAnswer,
  type StepOptionsAnswer,
  type StepParams,
} from '../../../server/src/protocol/requests.ts';
import type { Parameter } from '../../../server/src/core/step.ts';
import { isSecretName } from '../../../server/src/runs/secret-values.ts';
import type { ExtensionHost } from '../host.ts';
import type { Questions } from '../questions.ts';
import { askSelection } from './ask-selection.ts';
import { OptionForm } from './option-form.ts';
import { LastValues } from './parameter-values.ts';

/** A step by its name, with what is known of it where it is listed. */
export type StepToRun = Pick<StepAnswer, 'id' | 'folderUri' | 'parameters' | 'asksFirst'>;

/** What somebody wants of the form: a run with these values, or its command. */
export interface Wanted {
  readonly what: 'run' | 'copy';
  /** The step to run; another one where the tool shall tell what is selected. */
  readonly step: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * Shows all that may be set for a run of a step, with the values of the last time, until somebody runs it;
 * undefined where they thought better of it.
 */
export async function askOptions(
  host: ExtensionHost,
  { id, folderUri }: StepToRun,
): Promise<Wanted | undefined> {
  const { context, questions, server } = host;
  const params: StepParams = { step: id, folderUri };
  const found = await server.request<StepOptionsAnswer | null>(stepOptionsRequest, params);
  if (!found) throw new Error(`there is no step ${id} in this workspace any more`);
  const kept = new LastValues(context.workspaceState);
  const form = new OptionForm(found.parameters, kept.of(id, folderUri));
  for (;;) {
    const choice = await showForm(questions, form, { id, title: found.title });
    if (choice === undefined) return undefined;
    if (typeof choice === 'object') {
      if (choice.type === 'selection') {
        const toolStep = await select(host, form, choice, { id, folderUri });
        if (toolStep === undefined) continue;
        await kept.keep(id, folderUri, form.values);
        const parameters = await toldTo(host, form, { step: toolStep, folderUri });
        return { what: 'run', step: toolStep, parameters };
      } else await ask(questions, form, choice, id);
      continue;
    }
    const { missing } = form;
    if (missing && choice === 'run') {
      if (!(await ask(questions, form, missing, id))) return undefined;
      continue;
    }
    await kept.keep(id, folderUri, form.values);
    return { what: choice, step: id, parameters: form.values };
  }
}

/** What the step that tells of a selection takes of what is set, and the selection itself also where it is the step's own. */
async function toldTo(
  host: ExtensionHost,
  form: OptionForm,
  step: StepParams,
): Promise<Readonly<Record<string, string>>> {
  const found = await host.server.request<StepOptionsAnswer | null>(stepOptionsRequest, step);
  const names = new Set((found?.parameters ?? []).map(({ name }) => name));
  return Object.fromEntries(
    form.parameters.flatMap((each) => {
      const value = each.type === 'selection' ? form.valueOf(each) : (form.values[each.name] ?? '');
      return names.has(each.name) && value !== '' ? [[each.name, value] as const] : [];
    }),
  );
}

/** Asks for a selection; the step to run where the tool itself shall tell what it means. */
async function select(
  host: ExtensionHost,
  form: OptionForm,
  parameter: Parameter,
  { id: step, folderUri }: StepToRun,
): Promise<string | undefined> {
  const { name, description: prompt = '' } = parameter;
  const value = form.valueOf(parameter);
  const question = { step, folderUri, name, prompt, value, parameters: form.values };
  const answer = await askSelection(host, question);
  if (answer) form.set(parameter, answer.text);
  return answer?.toolStep;
}

interface FormItem extends vscode.QuickPickItem {
  readonly parameter?: Parameter;
}

const resetAll: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('clear-all'),
  tooltip: 'Reset All',
};
const copy: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('copy'),
  tooltip: 'Copy Command',
};
const reset: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('discard'), tooltip: 'Reset' };

/** One look at the form: what is to be done, or the parameter that is to be changed. */
function showForm(
  questions: Questions,
  form: OptionForm,
  { id, title }: { readonly id: string; readonly title: string },
): Promise<'run' | 'copy' | Parameter | undefined> {
  return questions.list<FormItem, 'run' | 'copy' | Parameter>((pick, answer) => {
    pick.title = `Run ${id}`;
    pick.placeholder = 'Enter runs it; choose a parameter to change its value';
    pick.matchOnDescription = true;
    pick.ignoreFocusOut = true;
    pick.buttons = [copy, resetAll];
    const fill = (): void => {
      pick.items = itemsOf(form, title);
    };
    fill();
    pick.onDidAccept(() => {
      const { parameter } = pick.selectedItems[0] ?? {};
      if (parameter?.type === 'boolean') {
        form.toggle(parameter);
        const { name } = parameter;
        fill();
        pick.activeItems = pick.items.filter((item) => item.parameter?.name === name);
        return;
      }
      answer(parameter ?? 'run');
    });
    pick.onDidTriggerItemButton(({ item }) => {
      form.reset(item.parameter?.name);
      fill();
    });
    pick.onDidTriggerButton((button) => {
      if (button === resetAll) {
        form.reset();
        fill();
      } else answer('copy');
    });
  });
}

function itemsOf(form: OptionForm, title: string): readonly FormItem[] {
  const run: FormItem = {
    label: title,
    description: form.summary,
    iconPath: new vscode.ThemeIcon('play'),
  };
  const heading: FormItem = { label: 'Parameters', kind: vscode.QuickPickItemKind.Separator };
  return [
    run,
    heading,
    ...form.rows.map(({ name, value, about, isSet }, at): FormItem => ({
      label: name,
      description: about === '' ? value : `${value} · ${about}`,
      iconPath: new vscode.ThemeIcon(isSet ? 'circle-filled' : 'circle-outline'),
      parameter: form.parameters[at]!,
      buttons: isSet ? [reset] : [],
    })),
  ];
}

/** Asks for one value; false where somebody left it as it is. */
async function ask(
  questions: Questions,
  form: OptionForm,
  parameter: Parameter,
  title: string,
): Promise<boolean> {
  const answer = parameter.type === 'choice' ? choose : type;
  const value = await answer(questions, form, parameter, title);
  if (value === undefined) return false;
  form.set(parameter, value);
  return true;
}

async function choose(
  questions: Questions,
  form: OptionForm,
  parameter: Parameter,
  title: string,
): Promise<string | undefined> {
  const { name, description = '', options = [], default: otherwise, isOption } = parameter;
  const now = form.valueOf(parameter);
  const leave = { label: 'Leave it to the tool', value: '' };
  const items = [
    ...options.map((value) => ({
      label: value,
      ...(value === otherwise ? { description: 'default' } : {}),
      value,
    })),
    ...(isOption && otherwise === undefined ? [leave] : []),
  ];
  const sorted = [
    ...items.filter(({ value }) => value === now),
    ...items.filter(({ value }) => value !== now),
  ];
  const placeHolder = `${name}: ${description}`;
  const picked = await questions.pick(sorted, { title, placeHolder, ignoreFocusOut: true });
  return picked?.value;
}

async function type(
  questions: Questions,
  form: OptionForm,
  parameter: Parameter,
  title: string,
): Promise<string | undefined> {
  const { name, description = '', isOption } = parameter;
  const prompt = isOption ? `${name}: ${description} (empty: left to the tool)` : `${name}: ${description}`;
  return questions.text({
    title,
    prompt,
    value: form.valueOf(parameter),
    password: isSecretName(name),
    ignoreFocusOut: true,
    validateInput: (text) => {
      const why = isOption && text === '' ? undefined : whyNoValue(parameter, text);
      return why && `${why.charAt(0).toUpperCase()}${why.slice(1)}`;
    },
  });
}
