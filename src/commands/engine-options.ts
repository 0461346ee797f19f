import { resolve } from 'node:path';
import { builderNames, namedContexts } from '../api/index.js';
import type { ProgressView } from './progress-view.js';
import type { Terminal } from './terminal.js';

/** Options of every command that uses the engine. */
export interface EngineCommandOptions {
  /** False with --no-cache. */
  readonly cache: boolean;
  readonly builder?: string;
  readonly netrc?: string;
  readonly buildContext: readonly string[];
  readonly cacheFrom: readonly string[];
  readonly cacheTo: readonly string[];
  readonly debug?: boolean;
}

/** The same as the API takes them. */
export function engineOptions(
  options: EngineCommandOptions,
  terminal: Terminal,
  view: ProgressView,
) {
  return {
    environment: terminal.env,
    namedContexts: namedContexts([
      ...(terminal.env.PKGR_BUILD_CONTEXTS ?? '').split('\n'),
      ...options.buildContext,
    ]),
    noCache: !options.cache,
    signal: terminal.signal,
    ...(options.debug && { debug: (line: string) => terminal.say(line) }),
    onActivity: view.show,
    cacheFrom: options.cacheFrom,
    cacheTo: options.cacheTo,
    ...(options.builder !== undefined && { builders: builderNames(options.builder) }),
    ...(options.netrc !== undefined && { netrc: resolve(terminal.cwd, options.netrc) }),
  };
}
