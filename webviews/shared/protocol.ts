/** Asks a page of ours whether it has taken all that was said to it before; the page sends it back. */
export interface Echo {
  readonly kind: 'echo';
  readonly count: number;
}

export function isEcho(message: unknown): message is Echo {
  return typeof message === 'object' && message !== null && 'kind' in message && message.kind === 'echo';
}
