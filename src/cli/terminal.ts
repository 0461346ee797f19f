import type { Terminal } from '../commands/terminal.js';

/** The part of the process that commands see. */
export interface ProcessLike {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  cwd(): string;
  on(event: NodeJS.Signals, listener: () => void): unknown;
  off(event: NodeJS.Signals, listener: () => void): unknown;
}

const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export function createTerminal(host: ProcessLike): Terminal {
  const abort = new AbortController();
  const onSignal = () => abort.abort();
  for (const name of endingSignals) host.on(name, onSignal);
  // Whoever reads may go away early (`pkgr build | head`); that ends nothing here.
  const ignore = () => {};
  host.stdout.on('error', ignore);
  host.stderr.on('error', ignore);
  return {
    env: host.env,
    cwd: host.cwd(),
    stderr: host.stderr,
    isLive: host.stderr.isTTY === true && !host.env.CI && host.env.TERM !== 'dumb',
    ...(host.stdout.isTTY && { columns: host.stdout.columns }),
    hasColors: host.stdout.isTTY === true && !host.env.NO_COLOR && host.env.TERM !== 'dumb',
    signal: abort.signal,
    say: (text) => void host.stderr.write(`${text}\n`),
    result: (text) => void host.stdout.write(`${text}\n`),
    close() {
      // Errors of the streams stay ignored: that of the last line comes after this.
      for (const name of endingSignals) host.off(name, onSignal);
    },
  };
}
