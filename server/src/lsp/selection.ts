import { RequestType } from 'vscode-languageserver/node';
import type { Platform } from '../core/platform.ts';
import type { Step } from '../core/step.ts';
import type { SelectionBook } from '../core/step-selection.ts';
import { findStep } from '../core/find-step.ts';
import type { StepParams } from '../protocol/requests.ts';
import {
  selectionChoicesRequest,
  selectionRequest,
  type SelectionAnswer,
  type SelectionChoiceAnswer,
  type SelectionParams,
} from '../protocol/selection-requests.ts';
import { toPath } from './convert.ts';
import type { Feature } from './feature.ts';
import { runSafe } from './run-safe.ts';

export const registerSelection: Feature = ({ connection, session, log }) => {
  // While somebody types a selection, the project is read once.
  let opened: { readonly key: string; readonly book: SelectionBook | undefined } | undefined;
  session.onChanged(() => {
    opened = undefined;
  });
  const bookOf = (platform: Platform, params: StepParams, parameters: SelectionParams['parameters']) => {
    const { select: _, exclude: __, ...others } = parameters;
    const key = JSON.stringify([params.step, params.folderUri, others]);
    if (opened?.key !== key) opened = { key, book: openBook(platform, params, others) };
    return opened.book;
  };
  connection.onRequest(
    new RequestType<SelectionParams, SelectionAnswer | null, void>(selectionRequest),
    (params, token) =>
      runSafe<SelectionAnswer | null>(
        'selection',
        async () => {
          const { select, exclude, parameters } = params;
          const book = bookOf(await session.settled(token), params, parameters);
          if (!book) return null;
          const label = /@.*$/su.exec(params.step)?.[0] ?? '';
          const toolStep = `${book.toolStep}${label}`;
          return { ...book.read({ select: textsOf(select), exclude: textsOf(exclude) }), toolStep };
        },
        { fallback: null, log, token },
      ),
  );
  connection.onRequest(
    new RequestType<StepParams, SelectionChoiceAnswer[], void>(selectionChoicesRequest),
    (params, token) =>
      runSafe<SelectionChoiceAnswer[]>(
        'choices of a selection',
        async () => [...(bookOf(await session.settled(token), params, {})?.choices ?? [])],
        { fallback: [], log, token },
      ),
  );
  return {};
};

function textsOf(text: string): readonly string[] {
  return text.trim() === '' ? [] : [text.trim()];
}

function openBook(
  platform: Platform,
  { step: name, folderUri }: StepParams,
  parameters: Readonly<Record<string, string>>,
): SelectionBook | undefined {
  const folder = toPath(folderUri);
  const at = { folder, cwd: folder, forms: platform.stepList };
  const step: Step | undefined = findStep(name, platform.steps(), at).step;
  if (!step) return undefined;
  const around = { projects: platform.projects(), facts: platform.facts };
  const told = platform.stepList.withOptions(step, new Map(Object.entries(parameters)), around);
  const files = () =>
    [...platform.paths()].flatMap((path) =>
      platform.systemOf(path)?.id === step.system ? (platform.parsed(path) ?? []) : [],
    );
  return platform.stepList.openSelection('refused' in told ? step : told, { ...around, files });
}
