import type { LogLevel, LogSearch, PanelState, TimeStamps } from './protocol.ts';

/** What a person has set for the output. */
export interface LogSettings {
  readonly search: LogSearch;
  readonly onlyMatching: boolean;
  readonly level: LogLevel;
  readonly onlySelected: boolean;
  readonly follow: boolean;
  readonly times: TimeStamps;
  readonly wrap: boolean;
}

/** The settings that were saved, else what most people want; anything may have been saved by another version. */
export function settingsOf(saved: Partial<PanelState> | undefined): LogSettings {
  const search = typeof saved?.search === 'object' ? saved.search : undefined;
  return {
    search: {
      text: search?.text ?? '',
      regex: search?.regex ?? false,
      matchCase: search?.matchCase ?? false,
      wholeWord: search?.wholeWord ?? false,
    },
    onlyMatching: saved?.onlyMatching ?? false,
    // What a terminal would show; dbt's debug lines are many times the rest.
    level: saved?.level ?? 'info',
    onlySelected: saved?.onlySelected ?? false,
    follow: saved?.follow ?? true,
    times: typeof saved?.times === 'string' ? saved.times : 'off',
    wrap: saved?.wrap ?? false,
  };
}
