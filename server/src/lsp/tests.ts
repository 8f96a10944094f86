import { RequestType } from 'vscode-languageserver/node';
import { isInside } from '../core/path.ts';
import type { Platform } from '../core/platform.ts';
import { ownName } from '../core/step-name.ts';
import { placeOfSubject, testedProjects, TestList, type FoundTest } from '../language/tests-of.ts';
import {
  testsRequest,
  type TestAnswer,
  type TestProjectAnswer,
  type TestsParams,
} from '../protocol/test-requests.ts';
import { rangeIn, toUri } from './convert.ts';
import type { Feature } from './feature.ts';
import { runSafe } from './run-safe.ts';

export const registerTests: Feature = ({ connection, session, log }) => {
  const list = new TestList();
  connection.onRequest(
    new RequestType<TestsParams, TestProjectAnswer[], void>(testsRequest),
    (params, token) =>
      runSafe<TestProjectAnswer[]>(
        'tests',
        async () => testAnswers(await session.settled(token), list, params.projectUri),
        { fallback: [], log, token },
      ),
  );
  return {};
};

function testAnswers(platform: Platform, list: TestList, wanted: string | undefined): TestProjectAnswer[] {
  return testedProjects(platform, platform.steps()).flatMap(({ project, step }) => {
    const folder = platform.folders.find((each) => isInside(project.root, each));
    const system = platform.system(project.system);
    if (folder === undefined || !system) return [];
    const projectUri = toUri(project.root);
    const tests = projectUri === wanted ? list.of(platform, project) : [];
    return [
      {
        name: project.name,
        systemTitle: system.title,
        projectUri,
        folderUri: toUri(folder),
        openUri: toUri(project.marker ?? project.root),
        step: ownName(step),
        at: step.label === undefined ? '' : `@${step.label}`,
        tests: tests.map((test) => testAnswer(platform, test)),
      },
    ];
  });
}

function testAnswer(platform: Platform, test: FoundTest): TestAnswer {
  const { label, what, names, selection, path, span, subject } = test;
  const head = { label, what, names, selection, uri: toUri(path), range: rangeIn(platform, path, span) };
  if (!subject) return head;
  const place = placeOfSubject(platform, test, subject);
  return {
    ...head,
    subject: {
      name: subject.name,
      what: subject.what,
      selection: subject.selection,
      uri: toUri(place.path),
      range: rangeIn(platform, place.path, place.span),
    },
  };
}
