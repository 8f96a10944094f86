import { isEcho } from './protocol.ts';

/** The editor as a page sees it. A test gives another one. */
export interface Host<To, From, State> {
  post(message: From): void;
  onMessage(listener: (message: To) => void): void;
  /** What was saved before the page was last thrown away. */
  readonly saved: State | undefined;
  save(state: State): void;
}

interface EditorApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): EditorApi;

/** The only place that talks to the editor; may be called once a page. */
export function connectHost<To, From, State>(): Host<To, From, State> {
  const api = acquireVsCodeApi();
  return {
    post: (message) => api.postMessage(message),
    onMessage: (listener) =>
      window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
        if (isEcho(data)) api.postMessage(data);
        else listener(data as To);
      }),
    saved: api.getState() as State | undefined,
    save: (state) => api.setState(state),
  };
}
