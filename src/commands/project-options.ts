import type { ProjectOptions } from '../api/index.js';
import { type Diagnostic, formatDiagnostics } from '../diagnostics/index.js';
import type { Terminal } from './terminal.js';

/** Options of every command that reads a manifest. */
export interface ManifestOptions {
  readonly manifest?: string;
  readonly stage?: string;
  readonly region?: string;
  readonly opt: Readonly<Record<string, string>>;
  readonly param: Readonly<Record<string, string>>;
}

/** The door is where the clock and the current folder are read. */
export function projectOptions(options: ManifestOptions, terminal: Terminal): ProjectOptions {
  return {
    cwd: terminal.cwd,
    today: new Date(),
    inputs: {
      ...(options.stage !== undefined && { stage: options.stage }),
      ...(options.region !== undefined && { region: options.region }),
      options: options.opt,
      params: options.param,
      environment: terminal.env,
    },
    ...(options.manifest !== undefined && { manifest: options.manifest }),
  };
}

/** Warnings and notices, for people. */
export function sayDiagnostics(diagnostics: readonly Diagnostic[], terminal: Terminal): void {
  if (diagnostics.length > 0) terminal.say(formatDiagnostics(diagnostics));
}
