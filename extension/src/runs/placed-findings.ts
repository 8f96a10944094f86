import { placeOfTest, type AskForTests } from '../testing/test-place.ts';
import type { RunFinding } from './run-findings.ts';

/** The findings of tests at the lines where these are written, which runs do not tell; as they are where nobody knows. */
export async function placedFindings(
  findings: readonly RunFinding[],
  askForTests: AskForTests,
): Promise<readonly RunFinding[]> {
  const ask = eachOnce(askForTests);
  return Promise.all(
    findings.map(async (finding) => {
      const { test } = finding;
      const place = test && (await placeOfTest(ask, test.cwd, test.names));
      return place ? { ...finding, path: place.path, line: place.line - 1 } : finding;
    }),
  );
}

/** However many tests have failed, their projects are asked for once. */
function eachOnce(ask: AskForTests): AskForTests {
  const asked = new Map<string, ReturnType<AskForTests>>();
  return (params) => {
    const key = JSON.stringify(params);
    const answer = asked.get(key) ?? ask(params);
    asked.set(key, answer);
    return answer;
  };
}
