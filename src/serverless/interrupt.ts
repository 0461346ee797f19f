const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Lets work end in order when the process is told to end: its signal is aborted first, and when the
 * work is over the process gets the same signal again, as if nobody had held it up.
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const abort = new AbortController();
  let received: NodeJS.Signals | undefined;
  const onSignal = (name: NodeJS.Signals) => {
    received ??= name;
    abort.abort();
  };
  for (const name of endingSignals) process.on(name, onSignal);
  try {
    return await work(abort.signal);
  } finally {
    for (const name of endingSignals) process.off(name, onSignal);
    if (received !== undefined) process.kill(process.pid, received);
  }
}
