import { RequestType } from 'vscode-languageserver/node';
import { isInside } from '../core/path.ts';
import type { Platform } from '../core/platform.ts';
import { ownName } from '../core/step-name.ts';
import {
  maskRequest,
  previewRequest,
  type MaskParams,
  type PreviewAnswer,
  type PreviewParams,
} from '../protocol/requests.ts';
import { toPath, toUri } from './convert.ts';
import type { Feature } from './feature.ts';
import { runSafe } from './run-safe.ts';

export const registerPreview: Feature = ({ connection, session, history, log }) => {
  connection.onRequest(new RequestType<PreviewParams, PreviewAnswer, void>(previewRequest), (params, token) =>
    runSafe<PreviewAnswer>(
      'preview',
      async () => previewAnswer(await session.settled(token), toPath(params.uri)),
      { fallback: nothing('Penstock could not find out; its log says why.'), log, token },
    ),
  );
  connection.onRequest(new RequestType<MaskParams, string | null, void>(maskRequest), (params, token) =>
    runSafe<string | null>(
      'mask',
      async () => {
        const platform = await session.settled(token);
        const file = platform.parsed(toPath(params.uri));
        return file && history ? history.masking(file.project, platform.secrets())(params.text) : null;
      },
      { fallback: null, log, token },
    ),
  );
  return {};
};

function previewAnswer(platform: Platform, path: string): PreviewAnswer {
  const file = platform.parsed(path);
  const preview = file && platform.systemOf(path)?.preview?.(file);
  if (!file || !preview) return nothing('There is nothing to compile in this file.');
  if (preview.kind === 'nothing') return preview;
  const folder = platform.folders.find((each) => isInside(file.project.root, each));
  const step = stepOf(platform, preview.step, file.project.root);
  if (folder === undefined || step === undefined)
    return nothing(`There is no step \`${preview.step}\` here, so ${preview.name} cannot be compiled.`);
  const { name, language } = preview;
  return {
    kind: 'made',
    name,
    step,
    language,
    folderUri: toUri(folder),
    resultUri: toUri(preview.path),
  };
}

/** The step's whole name: with its project where several have one of that name. */
function stepOf(platform: Platform, name: string, project: string): string | undefined {
  const listed = platform.stepList.listedName(name);
  const step = platform.steps().find((each) => each.project === project && ownName(each) === listed);
  if (!step || listed === name) return step?.id;
  return platform.stepList.variants(step).find((each) => ownName(each) === name)?.id;
}

function nothing(message: string): PreviewAnswer {
  return { kind: 'nothing', message };
}
