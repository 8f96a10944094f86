/** The terminal as a command sees it. */
export interface CliIo {
  /** Writes to standard output as it is, bytes of UTF-8 as well; the caller ends its lines. */
  out(text: string | Buffer): void;
  /** Writes to standard error as it is. */
  err(text: string): void;
  /** Working directory (file-system path). */
  readonly cwd: string;
  /** Whether standard output shows colours and somebody wants them. */
  readonly hasColors?: boolean;
}
