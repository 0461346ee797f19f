import { init } from '../api/index.js';
import { type ManifestOptions, projectOptions, sayDiagnostics } from './project-options.js';
import type { Terminal } from './terminal.js';

/** `pkgr init`: a first pkgr.yml, and what was decided for it. */
export async function initCommand(options: ManifestOptions, terminal: Terminal): Promise<void> {
  const { path, decisions, units, diagnostics } = await init(projectOptions(options, terminal));
  sayDiagnostics(diagnostics, terminal);
  for (const decision of decisions) terminal.say(`- ${decision}`);
  terminal.say(`${units.length} unit${units.length === 1 ? '' : 's'}: ${units.join(', ')}`);
  terminal.say('next: pkgr plan shows what goes where, pkgr build builds it');
  terminal.result(path);
}
