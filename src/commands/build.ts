import {
  type BuildOptions,
  type BuiltTwice,
  build,
  buildTwice,
  builtTwiceExitCode,
  type OpenProject,
  openProject,
} from '../api/index.js';
import { type Diagnostic, ExitCode, PkgrError } from '../diagnostics/index.js';
import { type EngineCommandOptions, engineOptions } from './engine-options.js';
import { leavesOut, leftOut } from './left-out.js';
import { comparisonJson, printComparison } from './print-comparison.js';
import { failureDiagnostics, printResults, resultsJson } from './print-results.js';
import { printVerdicts, verdictDiagnostics } from './print-verdicts.js';
import { createProgressView, noProgressView } from './progress-view.js';
import { type ManifestOptions, projectOptions, sayDiagnostics } from './project-options.js';
import type { Terminal } from './terminal.js';

export interface BuildCommandOptions extends ManifestOptions, EngineCommandOptions {
  /** Without it: what the manifest prefers, or docker. */
  readonly engine?: 'docker' | 'host';
  readonly verify?: boolean;
  readonly checkReproducible?: boolean;
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
  const { checkReproducible: twice = false } = options;
  const building = twice ? buildTwice(open, request) : buildOnce(open, request);
  const done = await building.finally(() => view.clear());
  const { built: result, failedFirst, diagnostics } = done;
  const seconds = (performance.now() - started) / 1000;
  const unbuilt = { ...result, units: [...result.units, ...failedFirst] };
  const goesOn = leavesOut(open, unbuilt);
  const failures = failureDiagnostics(unbuilt).map((failure): Diagnostic => {
    return goesOn ? { ...failure, severity: 'warning' } : failure;
  });
  const { verdicts = [], findings } = result;
  const told = [...failures, ...(goesOn ? leftOut(open, unbuilt) : [])];
  const judged = [...findings, ...verdictDiagnostics(verdicts)];
  sayDiagnostics([...told, ...judged, ...diagnostics], terminal);
  if (verdicts.length > 0) terminal.say(printVerdicts(verdicts));
  terminal.say(printResults(result, seconds));
  if (twice) terminal.say(printComparison(done));
  if (options.json)
    terminal.result(resultsJson(result, twice ? { reproducible: comparisonJson(done) } : {}));
  else {
    for (const each of result.units) if (each.kind !== 'failed') terminal.result(each.unit.zip);
  }
  const units = result.units.filter(({ kind }) => kind !== 'failed');
  const counted = goesOn ? { ...done, built: { ...result, units }, failedFirst: [] } : done;
  const exitCode = builtTwiceExitCode(counted);
  if (exitCode !== ExitCode.done) throw new PkgrError([], exitCode);
}

/** A build with nothing to compare it with. */
async function buildOnce(open: OpenProject, request: BuildOptions): Promise<BuiltTwice> {
  const built = await build(open, request);
  return { built, same: [], different: [], diagnostics: [], failedFirst: [] };
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
