import { builderNames, explain, namedContexts, openProject } from '../api/index.js';
import { printExplanation } from './print-explanation.js';
import { type ManifestOptions, projectOptions, sayDiagnostics } from './project-options.js';
import type { Terminal } from './terminal.js';

export interface ExplainCommandOptions extends ManifestOptions {
  readonly builder?: string;
  readonly buildContext: readonly string[];
  readonly json?: boolean;
}

/** `pkgr explain`: why units were built or not, and what has changed since. */
export async function explainCommand(
  names: readonly string[],
  options: ExplainCommandOptions,
  terminal: Terminal,
): Promise<void> {
  const open = await openProject(projectOptions(options, terminal));
  sayDiagnostics(open.diagnostics, terminal);
  const explanations = await explain(open, names, {
    environment: terminal.env,
    namedContexts: namedContexts([
      ...(terminal.env.PKGR_BUILD_CONTEXTS ?? '').split('\n'),
      ...options.buildContext,
    ]),
    ...(options.builder !== undefined && { builders: builderNames(options.builder) }),
  });
  if (!options.json) return terminal.result(explanations.map(printExplanation).join('\n\n'));
  const units = explanations.map(({ unit: { kind, name, zip }, last, since }) => {
    const { result, changes, more, earlier } = last ?? {};
    return {
      kind,
      name,
      path: zip,
      last: last === undefined ? null : { result, changes, more, earlier },
      since: since ?? null,
    };
  });
  terminal.result(JSON.stringify({ units }, null, 2));
}
