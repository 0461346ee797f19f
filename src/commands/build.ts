import { type BuildOptions, build, buildExitCode, openProject } from '../api/index.js';
import { type Diagnostic, ExitCode, PkgrError } from '../diagnostics/index.js';
import { type EngineCommandOptions, engineOptions } from './engine-options.js';
import { failureDiagnostics, printResults, resultsJson } from './print-results.js';
import { printVerdicts, verdictDiagnostics } from './print-verdicts.js';
import { createProgressView, noProgressView } from './progress-view.js';
import { type ManifestOptions, projectOptions, sayDiagnostics } from './project-options.js';
import type { Terminal } from './terminal.js';

export interface BuildCommandOptions extends ManifestOptions, EngineCommandOptions {
  /** Without it: what the manifest prefers, or docker. */
  readonly engine?: 'docker' | 'host';
  readonly verify?: boolean;
  readonly json?: boolean;
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
  const engine = options.engine ?? open.project.preferences.engine ?? 'docker';
  if (engine === 'host' && options.verify) throw verifyingTakesDocker();
  sayDiagnostics(open.diagnostics, terminal);
  const view = options.debug ? noProgressView : await createProgressView(terminal);
  const request: BuildOptions = {
    ...engineOptions(options, terminal, view),
    engine,
    units: names,
    verify: options.verify === true,
    skipClean: options.skipClean === true,
    ...(options.functionName !== undefined && { functionName: options.functionName }),
    onNotices: (notices) => sayDiagnostics(notices, terminal),
  };
  const result = await build(open, request).finally(() => view.clear());
  const seconds = (performance.now() - started) / 1000;
  // The manifest may wish that a unit which fails is left out, and nothing more.
  const isTolerant = open.project.preferences.abortsOnFailure === false;
  const failures = failureDiagnostics(result).map((failure): Diagnostic => {
    return isTolerant ? { ...failure, severity: 'warning' } : failure;
  });
  const { verdicts = [], findings } = result;
  sayDiagnostics([...failures, ...findings, ...verdictDiagnostics(verdicts)], terminal);
  if (verdicts.length > 0) terminal.say(printVerdicts(verdicts));
  terminal.say(printResults(result, seconds));
  if (options.json) terminal.result(resultsJson(result));
  else {
    for (const each of result.units) if (each.kind !== 'failed') terminal.result(each.unit.zip);
  }
  const counted = isTolerant ? result.units.filter(({ kind }) => kind !== 'failed') : result.units;
  const exitCode = buildExitCode({ ...result, units: counted });
  if (exitCode !== ExitCode.done) throw new PkgrError([], exitCode);
}

/** What is verified is verified in an image. */
function verifyingTakesDocker(): PkgrError {
  return new PkgrError([
    {
      code: 'needs-docker',
      severity: 'error',
      message: '--verify imports functions in the image of their runtime, which takes Docker',
      hint: 'leave out --engine host, or --verify',
    },
  ]);
}
