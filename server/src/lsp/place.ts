import type { Artifact } from '../core/artifact.ts';
import type { CancellationToken } from '../core/cancellation.ts';
import type { Platform } from '../core/platform.ts';
import type { SourceFile } from '../core/source-file.ts';
import type { Position } from '../core/span.ts';
import { toPath } from './convert.ts';
import type { Session } from './session.ts';

/** A file that a system claims, as it is now. */
export interface FilePlace {
  readonly platform: Platform;
  readonly path: string;
  readonly source: SourceFile;
}

/** An offset in such a file. */
export interface Place extends FilePlace {
  readonly offset: number;
}

interface DocumentParams {
  readonly textDocument: { readonly uri: string };
}

/** Undefined for what nobody claims: other files, buffers without a file, old versions of a file. */
export async function fileOf(
  session: Session,
  { textDocument }: DocumentParams,
  token: CancellationToken,
): Promise<FilePlace | undefined> {
  const platform = await session.now(token);
  const path = toPath(textDocument.uri);
  const source = platform.source(path);
  return source && { platform, path, source };
}

export async function placeOf(
  session: Session,
  params: DocumentParams & { readonly position: Position },
  token: CancellationToken,
): Promise<Place | undefined> {
  const file = await fileOf(session, params, token);
  return file && { ...file, offset: file.source.offsetAt(params.position) };
}

/** What tools left behind of the project that a file is in. */
export function artifactsOf(
  platform: Platform,
  path: string,
  question: 'completion' | 'hover',
): readonly Artifact[] {
  const project = platform.projectOf(path);
  return (project && platform.systemOf(path)?.artifacts?.(project, question)) ?? [];
}
