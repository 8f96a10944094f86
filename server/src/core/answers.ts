/** Answers that are kept, each with the questions that it rests on, so that what has another answer now takes them along. */
export class Answers<Who, Answer> {
  readonly #known = new Map<Who, { readonly answer: Answer; readonly questions: ReadonlySet<string> }>();
  readonly #asking = new Map<string, Set<Who>>();
  #questions: Set<string> | undefined;

  /** The answer of one, made where it is not known; `note` tells the questions that the making asks. */
  of(who: Who, make: (who: Who) => Answer): Answer {
    const known = this.#known.get(who);
    if (known) return known.answer;
    const questions = (this.#questions = new Set<string>());
    const answer = make(who);
    this.#questions = undefined;
    this.#known.set(who, { answer, questions });
    for (const question of questions) {
      const others = this.#asking.get(question);
      if (others) others.add(who);
      else this.#asking.set(question, new Set([who]));
    }
    return answer;
  }

  note(question: string): void {
    this.#questions?.add(question);
  }

  /** Whose answers rest on one of these questions. */
  *asking(questions: Iterable<string>): Iterable<Who> {
    for (const question of questions) yield* this.#asking.get(question) ?? [];
  }

  forget(who: Who): void {
    const known = this.#known.get(who);
    if (!known) return;
    this.#known.delete(who);
    for (const question of known.questions) {
      const others = this.#asking.get(question)!;
      others.delete(who);
      if (others.size === 0) this.#asking.delete(question);
    }
  }
}
