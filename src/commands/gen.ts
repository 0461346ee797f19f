import { resolve } from 'node:path';
import { generate, openProject } from '../api/index.js';
import { type ManifestOptions, projectOptions, sayDiagnostics } from './project-options.js';
import type { Terminal } from './terminal.js';

export interface GenCommandOptions extends ManifestOptions {
  readonly output: string;
  readonly check?: boolean;
  readonly json?: boolean;
}

/** `pkgr gen`: the Dockerfiles, and for people the command that builds them on this machine. */
export async function genCommand(
  names: readonly string[],
  options: GenCommandOptions,
  terminal: Terminal,
): Promise<void> {
  const open = await openProject(projectOptions(options, terminal));
  sayDiagnostics(open.diagnostics, terminal);
  const generated = await generate(open, {
    units: names,
    folder: resolve(open.project.root, options.output),
    check: options.check === true,
    environment: terminal.env,
  });
  if (options.json) {
    terminal.result(JSON.stringify(generated, null, 2));
    return;
  }
  const { files, changed, command } = generated;
  const dockerfiles = files.filter((path) => path.endsWith('Dockerfile'));
  if (dockerfiles.length > 0) terminal.result(dockerfiles.join('\n'));
  const count = changed.length === 0 ? 'nothing changed' : `${changed.length} written or removed`;
  terminal.say(
    `${files.length} files, ${count}. To build with Docker alone, in the project's folder:`,
  );
  terminal.say(`  ${command}`);
}
