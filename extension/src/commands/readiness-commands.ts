import * as vscode from 'vscode';
import {
  factsAndFiles,
  type CheckAnswer,
  type RunChecksParams,
} from '../../../server/src/protocol/readiness-requests.ts';
import { CursorLines } from '../cursor/cursor-lines.ts';
import { toldOf } from '../cursor/told-of.ts';
import type { ExtensionHost } from '../host.ts';
import { figureEdits, figuresOf } from '../panels/readiness-figures.ts';
import { editPlan } from '../plan/edit-plan.ts';
import { checksMeant, needTrust } from '../readiness/checks-meant.ts';
import { checkLooks } from '../readiness/check-looks.ts';
import { dayOf } from '../readiness/days.ts';
import { takeBackWaiver as removeWaiver } from '../readiness/take-back-waiver.ts';
import { waiveCheck as writeWaiver } from '../readiness/waive-check.ts';
import { isTrusted } from '../runs/start-run.ts';

/** Shows claims and evidence side by side. */
export async function showReadiness({ readinessPanel }: ExtensionHost): Promise<void> {
  readinessPanel.show();
}

/** Looks at all checks: those that cost next to nothing, or on request also those that connect and start programs. */
export async function checkReadiness(host: ExtensionHost): Promise<void> {
  const params = await askCosts(host);
  if (!params) return;
  await lookAt(host, params);
  const { answer } = host.readiness;
  if (!answer) return;
  const show = 'Show Readiness';
  const said = `Penstock: ${answer.verdict}.`;
  if ((await vscode.window.showInformationMessage(said, show)) === show) host.readinessPanel.show();
}

/** Looks at the checks of a row, of a lens, of what the cursor is in, or at one that is picked, whatever they cost. */
export async function checkNow(host: ExtensionHost, argument: unknown): Promise<void> {
  const meant = await checksOf(host, argument);
  const checks = meant.length > 0 ? meant : await pickCheck(host, 'Which check do you want to look at?');
  const { answer } = host.readiness;
  if (checks.length === 0 || (answer && needTrust(checks, answer) && !(await isTrusted(untrusted)))) return;
  await lookAt(host, { checks });
}

const untrusted =
  'Penstock connects to nothing and starts no program in Restricted Mode. Trust this workspace to look at this.';

/** Writes into `penstock.yaml` that the team goes on without a check for a while. */
export async function waiveCheck(host: ExtensionHost, argument: unknown): Promise<void> {
  const [meant] = await checksOf(host, argument);
  const check = meant ?? (await pickCheck(host, 'Which check can the team do without?', canBeWaived))[0];
  if (check !== undefined) await writeWaiver(host, check);
}

/** Takes the waiver of a check out of `penstock.yaml`, so that it counts again. */
export async function takeBackWaiver(host: ExtensionHost, argument: unknown): Promise<void> {
  const meant = typeof argument === 'string' ? [argument] : await checksOf(host, argument);
  const waived = new Set(host.readiness.answer?.waivers.map(({ check }) => check));
  const check = meant.find((id) => waived.has(id)) ?? (await pickWaiver(host));
  if (check !== undefined) await removeWaiver(host, check);
}

/** Writes what is proven into the figures of the plan, those that somebody chooses. */
export async function writeFigures(host: ExtensionHost): Promise<void> {
  const { answer } = host.readiness;
  const plans = await host.contents.currentPlans();
  const figures = answer ? figuresOf(answer, plans) : [];
  if (figures.length === 0) {
    void vscode.window.showInformationMessage('Penstock: the figures of the plan agree with what is proven.');
    return;
  }
  const choices = figures.map((figure) => ({
    label: figure.category ?? 'Overall',
    description: `${figure.claimed} % → ${figure.percent} %`,
    detail: `${vscode.workspace.asRelativePath(vscode.Uri.parse(figure.uri))}: ${figure.because}`,
    picked: true,
    figure,
  }));
  const chosen = await host.questions.pickMany(choices, {
    title: 'Write What Is Proven into the Plan',
    placeHolder: 'Which figures are written?',
  });
  for (const [uri, those] of Map.groupBy(chosen ?? [], ({ figure }) => figure.uri)) {
    const plan = plans.find((each) => each.uri === uri);
    if (!plan) continue;
    const written = those.map(({ figure }) => figure);
    // All at once, so that one undo takes all of it back.
    const edits = figureEdits(plan, written, dayOf(new Date()));
    await editPlan(host, uri, edits);
  }
}

async function lookAt({ readiness }: ExtensionHost, params: RunChecksParams): Promise<void> {
  const done = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: 'Penstock: checking', cancellable: true },
    (_progress, token) => readiness.check(params, token),
  );
  if (!done)
    void vscode.window.showWarningMessage('Penstock: the checks could not be looked at; the log says why.');
}

/** What costs more is offered where there is any, and where somebody vouches for the workspace. */
async function askCosts({ readiness, questions }: ExtensionHost): Promise<RunChecksParams | undefined> {
  const checks = readiness.answer?.checks ?? [];
  const having = (cost: string): number => checks.filter((check) => check.cost === cost).length;
  const [network, command] = [having('network'), having('command')];
  if (!vscode.workspace.isTrusted || network + command === 0) return factsAndFiles;
  const choices = [
    { label: 'Facts and files', detail: 'Costs next to nothing', params: factsAndFiles },
    ...(network === 0
      ? []
      : [
          {
            label: 'Services, too',
            detail: `Connects ${network} ${network === 1 ? 'time' : 'times'}`,
            params: { costs: ['instant', 'seconds', 'network'] } as RunChecksParams,
          },
        ]),
    ...(command === 0
      ? []
      : [
          {
            label: 'Everything',
            detail: `Connects ${network} ${network === 1 ? 'time' : 'times'}, starts ${command} ${command === 1 ? 'program' : 'programs'}`,
            params: {},
          },
        ]),
  ];
  const chosen = await questions.pick(choices, { placeHolder: 'What is looked at?' });
  return chosen?.params;
}

/** What passes is hidden behind no waiver, and what is waived is so already. */
function canBeWaived({ state }: CheckAnswer): boolean {
  return state !== 'passed' && state !== 'not-applicable' && state !== 'waived';
}

/** What a command is about; where nothing names it, what the cursor is in as its document reads now. */
async function checksOf({ readiness }: ExtensionHost, argument: unknown): Promise<readonly string[]> {
  if (argument !== undefined) return readiness.answer ? checksMeant(argument, readiness.answer) : [];
  const cursor = CursorLines.active();
  if (!cursor) return [];
  try {
    await toldOf(cursor.document, () => readiness.refresh());
    const [line] = cursor.now;
    if (!readiness.answer || line === undefined) return [];
    return checksMeant(argument, readiness.answer, { uri: cursor.document.uri.toString(), line });
  } finally {
    cursor.dispose();
  }
}

async function pickWaiver({ readiness, questions }: ExtensionHost): Promise<string | undefined> {
  const choices = (readiness.answer?.waivers ?? []).map(({ check, reason, by, until }) => ({
    label: check,
    description: [until === undefined ? '' : `until ${until}`, by ?? '']
      .filter((each) => each !== '')
      .join(' · '),
    detail: reason,
  }));
  if (choices.length === 0) {
    void vscode.window.showInformationMessage('Penstock: no check is waived.');
    return undefined;
  }
  const options = { placeHolder: 'Which check counts again?', matchOnDetail: true };
  return (await questions.pick(choices, options))?.label;
}

async function pickCheck(
  { readiness, questions }: ExtensionHost,
  placeHolder: string,
  isOffered: (check: CheckAnswer) => boolean = () => true,
): Promise<readonly string[]> {
  const choices = (readiness.answer?.checks ?? []).filter(isOffered).map((check) => ({
    label: check.id,
    description: checkLooks[check.state].word,
    detail: check.title === check.id ? check.seen : `${check.title}: ${check.seen}`,
    iconPath: new vscode.ThemeIcon(checkLooks[check.state].icon),
  }));
  if (choices.length === 0) {
    void vscode.window.showInformationMessage('Penstock: there is no such check in this workspace.');
    return [];
  }
  const chosen = await questions.pick(choices, { placeHolder, matchOnDetail: true });
  return chosen ? [chosen.label] : [];
}
