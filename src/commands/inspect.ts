import { inspect, inspectionJson } from '../api/index.js';
import { printInspection } from './print-inspection.js';
import { type ManifestOptions, projectOptions, sayDiagnostics } from './project-options.js';
import type { Terminal } from './terminal.js';

export interface InspectCommandOptions extends ManifestOptions {
  readonly json?: boolean;
}

/** `pkgr inspect`: what is in zips, as tables for people or as the documented JSON. */
export async function inspectCommand(
  names: readonly string[],
  options: InspectCommandOptions,
  terminal: Terminal,
): Promise<void> {
  const { inspection, diagnostics } = await inspect(names, projectOptions(options, terminal));
  sayDiagnostics(diagnostics, terminal);
  terminal.result(
    options.json
      ? JSON.stringify(inspectionJson(inspection), null, 2)
      : printInspection(inspection, { columns: terminal.columns, colors: terminal.hasColors }),
  );
}
