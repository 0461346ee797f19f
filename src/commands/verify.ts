import { openProject, type VerifyOptions, verify, verifyExitCode } from '../api/index.js';
import { PkgrError } from '../diagnostics/index.js';
import { type EngineCommandOptions, engineOptions } from './engine-options.js';
import { formatSeconds } from './figures.js';
import { countVerdicts, printVerdicts, verdictDiagnostics, verdictJson } from './print-verdicts.js';
import { createProgressView, noProgressView } from './progress-view.js';
import { type ManifestOptions, projectOptions, sayDiagnostics } from './project-options.js';
import type { Terminal } from './terminal.js';

export interface VerifyCommandOptions extends ManifestOptions, EngineCommandOptions {
  readonly json?: boolean;
}

/** `pkgr verify`: whether each function can be imported in its runtime; no zip is written. */
export async function verifyCommand(
  names: readonly string[],
  options: VerifyCommandOptions,
  terminal: Terminal,
): Promise<void> {
  const started = performance.now();
  const open = await openProject(projectOptions(options, terminal));
  sayDiagnostics(open.diagnostics, terminal);
  const view = options.debug ? noProgressView : await createProgressView(terminal);
  const request: VerifyOptions = {
    ...engineOptions(options, terminal, view),
    units: names,
    onNotices: (notices) => sayDiagnostics(notices, terminal),
  };
  const result = await verify(open, request).finally(() => view.clear());
  const { verdicts, failed, findings } = result;
  const failures = [...new Set(failed.map(({ diagnostic }) => diagnostic))];
  sayDiagnostics([...failures, ...findings, ...verdictDiagnostics(verdicts)], terminal);
  if (options.json) {
    const units = [
      ...verdicts.map(verdictJson),
      ...failed.map(({ unit, diagnostic }) => ({
        kind: unit.kind,
        name: unit.name,
        status: 'not built',
        diagnostics: [diagnostic],
      })),
    ];
    terminal.result(JSON.stringify({ units }, null, 2));
  } else if (verdicts.length > 0) terminal.result(printVerdicts(verdicts));
  const seconds = formatSeconds((performance.now() - started) / 1000);
  const unbuilt = failed.length === 0 ? '' : `, ${failed.length} not built`;
  terminal.say(`${countVerdicts(verdicts)}${unbuilt} in ${seconds}`);
  const exitCode = verifyExitCode(result);
  if (exitCode !== 0) throw new PkgrError([], exitCode);
}
