import { openProject, sbom, writeSbom } from '../api/index.js';
import { type ManifestOptions, projectOptions, sayDiagnostics } from './project-options.js';
import type { Terminal } from './terminal.js';

export interface SbomCommandOptions extends ManifestOptions {
  readonly output?: string;
}

/** `pkgr sbom`: a software bill of materials, on stdout or in a file. */
export async function sbomCommand(
  names: readonly string[],
  options: SbomCommandOptions,
  terminal: Terminal,
): Promise<void> {
  const open = await openProject(projectOptions(options, terminal));
  sayDiagnostics(open.diagnostics, terminal);
  const text = await sbom(open, names);
  if (options.output === undefined) return terminal.result(text.trimEnd());
  await writeSbom(text, options.output, terminal.cwd);
  terminal.result(options.output);
}
