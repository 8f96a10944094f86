import { fileURLToPath } from 'node:url';
import {
  testsRequest,
  type TestProjectAnswer,
  type TestsParams,
} from '../../../server/src/protocol/test-requests.ts';

/** Where something is written; `line` and `column` are one-based. */
export interface WrittenPlace {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/** Asks for the projects, or for the tests of one. */
export type AskForTests = (params: TestsParams) => Promise<readonly TestProjectAnswer[] | undefined>;

/** Where the test is written that a tool calls by one of these names in the project of a folder; undefined where nobody knows. */
export async function placeOfTest(
  ask: AskForTests,
  folder: string,
  names: readonly string[],
): Promise<WrittenPlace | undefined> {
  const projects = await ask({});
  const project = projects?.find(({ projectUri }) => fileURLToPath(projectUri) === folder);
  if (!project) return undefined;
  const { projectUri } = project;
  const answers = await ask({ projectUri });
  const tests = answers?.find((answer) => answer.projectUri === projectUri)?.tests ?? [];
  const test = tests.find((each) => each.names.some((name) => names.includes(name)));
  if (!test) return undefined;
  const { line, character } = test.range.start;
  return { path: fileURLToPath(test.uri), line: line + 1, column: character + 1 };
}

/** The request that asks the language server. */
export const testsOf =
  (server: { request<Answer>(method: string, params: unknown): Promise<Answer | undefined> }): AskForTests =>
  (params) =>
    server.request<readonly TestProjectAnswer[]>(testsRequest, params);
