import { openProject, selectUnits } from '../api/index.js';
import { printPlan } from './print-plan.js';
import { type ManifestOptions, projectOptions, sayDiagnostics } from './project-options.js';
import type { Terminal } from './terminal.js';

export interface PlanCommandOptions extends ManifestOptions {
  readonly json?: boolean;
}

/** `pkgr plan`: what would be built, for people or as the documented JSON. */
export async function planCommand(
  names: readonly string[],
  options: PlanCommandOptions,
  terminal: Terminal,
): Promise<void> {
  const { plan, diagnostics } = await openProject(projectOptions(options, terminal));
  sayDiagnostics(diagnostics, terminal);
  const units = selectUnits(plan, names);
  terminal.result(
    options.json ? JSON.stringify({ ...plan, units }, null, 2) : printPlan(plan, units),
  );
}
