import type {
  SelectionAnswer,
  SelectionChoiceAnswer,
} from '../../../server/src/protocol/selection-requests.ts';

/** Limit: more names than these are counted alone. */
const mostNames = 8;

/** What is being typed at the end of a selection, without the operators before it. */
export function fragmentOf(text: string): string {
  return /(?:^|[\s,])@?(?:\d*\+)?([^\s,]*)$/u.exec(text)?.[1] ?? '';
}

/** The selection with what is being typed completed; its operators stay. */
export function withChoice(text: string, choice: string): string {
  const fragment = fragmentOf(text);
  const before = text.slice(0, text.length - fragment.length);
  // A choice may bring an operator along that stands there already.
  return /[+@]$/u.test(before) ? before + choice.replace(/^[+@]/u, '') : before + choice;
}

/** The choices that hold what is being typed; those that begin with it come first. */
export function choicesFor(
  text: string,
  choices: readonly SelectionChoiceAnswer[],
): readonly SelectionChoiceAnswer[] {
  const wanted = fragmentOf(text).toLowerCase();
  if (wanted === '') return choices;
  const begins = ({ text: own }: SelectionChoiceAnswer): boolean => own.toLowerCase().startsWith(wanted);
  const holds = choices.filter((each) => each.text.toLowerCase().includes(wanted));
  return [...holds.filter(begins), ...holds.filter((each) => !begins(each))];
}

/** `12: 4 models, 8 tests`, and the names in a line of their own. */
export function describeReading({ things, doubts }: Omit<SelectionAnswer, 'toolStep'>): {
  readonly count: string;
  readonly names: string;
} {
  const kinds = new Map<string, number>();
  for (const { what } of things) kinds.set(what, (kinds.get(what) ?? 0) + 1);
  const parts = [...kinds].map(([what, count]) => `${count} ${what}${count === 1 ? '' : 's'}`);
  const total = parts.length === 1 ? parts[0]! : `${things.length}: ${parts.join(', ')}`;
  const shown = things.slice(0, mostNames).map(({ name }) => name);
  const more = things.length > shown.length ? [`and ${things.length - shown.length} more`] : [];
  const count = things.length === 0 ? 'nothing' : total;
  return {
    count: doubts.length === 0 ? count : `perhaps ${count}`,
    names: doubts.length === 0 ? [...shown, ...more].join(', ') : `Not certain: ${doubts.join('; ')}`,
  };
}
