/** How commands talk: results go to stdout, everything for people to stderr. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly stderr: NodeJS.WriteStream;
  /** Whether stderr is a terminal that can be redrawn: not in CI, not with TERM=dumb. */
  readonly isLive: boolean;
  /** Characters in a line of stdout; absent when it is no terminal. */
  readonly columns?: number;
  /** Whether stdout shows colours: a terminal, no NO_COLOR (https://no-color.org), no TERM=dumb. */
  readonly hasColors: boolean;
  /** Aborted by the first SIGINT, SIGTERM or SIGHUP. */
  readonly signal: AbortSignal;
  /** A line or lines for people. */
  say(text: string): void;
  /** A line or lines that another program may read. */
  result(text: string): void;
  close(): void;
}
