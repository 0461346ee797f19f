import { resolve } from 'node:path';
import {
  type BuildOptions,
  build,
  buildExitCode,
  namedContexts,
  openProject,
} from '../api/index.js';
import { type Diagnostic, ExitCode, PkgrError } from '../diagnostics/index.js';
import { failureDiagnostics, printResults, resultsJson } from './print-results.js';
import { createProgressView, noProgressView } from './progress-view.js';
import { type ManifestOptions, projectOptions, sayDiagnostics } from './project-options.js';
import type { Terminal } from './terminal.js';

export interface BuildCommandOptions extends ManifestOptions {
  /** Without it: what the manifest prefers, or docker. */
  readonly engine?: 'docker' | 'host';
  /** False with --no-cache. */
  readonly cache: boolean;
  readonly builder?: string;
  readonly netrc?: string;
  readonly buildContext: readonly string[];
  readonly json?: boolean;
  readonly debug?: boolean;
  readonly skipClean?: boolean;
  readonly functionName?: string;
}

/** `pkgr build`: the zips, a line for each unit, and a summary. */
export async function buildCommand(
  names: readonly string[],
  options: BuildCommandOptions,
  terminal: Terminal,
): Promise<void> {
  const started = performance.now();
  const open = await openProject(projectOptions(options, terminal));
  sayDiagnostics(open.diagnostics, terminal);
  const view = options.debug ? noProgressView : await createProgressView(terminal);
  const request: BuildOptions = {
    engine: options.engine ?? open.project.preferences.engine ?? 'docker',
    units: names,
    environment: terminal.env,
    namedContexts: namedContexts([
      ...(terminal.env.PKGR_BUILD_CONTEXTS ?? '').split('\n'),
      ...options.buildContext,
    ]),
    noCache: !options.cache,
    signal: terminal.signal,
    skipClean: options.skipClean === true,
    ...(options.functionName !== undefined && { functionName: options.functionName }),
    ...(options.debug && { debug: (line: string) => terminal.say(line) }),
    onActivity: (activity) => view.show(activity),
    onNotices: (notices) => sayDiagnostics(notices, terminal),
    ...(options.builder !== undefined && { builder: options.builder }),
    ...(options.netrc !== undefined && { netrc: resolve(terminal.cwd, options.netrc) }),
  };
  const result = await build(open, request).finally(() => view.clear());
  const seconds = (performance.now() - started) / 1000;
  // The manifest may wish that a unit which fails is left out, and nothing more.
  const isTolerant = open.project.preferences.abortsOnFailure === false;
  const failures = failureDiagnostics(result).map((failure): Diagnostic => {
    return isTolerant ? { ...failure, severity: 'warning' } : failure;
  });
  sayDiagnostics([...failures, ...result.findings], terminal);
  terminal.say(printResults(result, seconds));
  if (options.json) terminal.result(resultsJson(result));
  else {
    for (const each of result.units) if (each.kind !== 'failed') terminal.result(each.unit.zip);
  }
  const counted = isTolerant ? result.units.filter(({ kind }) => kind !== 'failed') : result.units;
  const exitCode = buildExitCode({ ...result, units: counted });
  if (exitCode !== ExitCode.done) throw new PkgrError([], exitCode);
}
