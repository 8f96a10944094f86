import type {
  ClientCapabilities,
  Connection,
  ServerCapabilities,
  TextDocuments,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { ArtifactStore } from '../files/artifact-store.ts';
import type { RunHistory } from '../core/last-run.ts';
import type { Log } from '../core/log.ts';
import type { OpenDocuments } from './open-files.ts';
import type { ReadinessSession } from './readiness-session.ts';
import type { PageOf } from './rule-pages.ts';
import type { Session } from './session.ts';

/** What a feature may use to answer. */
export interface FeatureHost {
  readonly connection: Connection;
  readonly session: Session;
  readonly documents: TextDocuments<TextDocument>;
  readonly open: OpenDocuments;
  readonly client: ClientCapabilities;
  /** What the client does when an answer names it. */
  readonly commands: ReadonlySet<string>;
  readonly pageOf: PageOf;
  /** What tools left behind, read when somebody asks. */
  readonly artifacts: ArtifactStore;
  /** What is told of runs, where anybody tells. */
  readonly history?: RunHistory;
  /** What plans claim beside what checks show. */
  readonly readiness: ReadinessSession;
  readonly log: Log;
}

/** Adds one feature's handlers and returns the capability that belongs to them, so that the two cannot drift apart. */
export type Feature = (host: FeatureHost) => ServerCapabilities;
