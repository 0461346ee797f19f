import { formatDiagnostics } from '../../../src/diagnostics/index.js';
import { printStages } from '../../../src/dockerfile/print.js';
import { ownBaseStages } from '../../../src/dockerfile/stages/own-base.js';
import { readDockerfile } from '../../../src/project/index.js';

const at = { file: 'pkgr.yml', line: 1, column: 1 };

/** Where a Dockerfile that is read in tests is said to be. */
export const file = 'docker/Dockerfile';

/** What is told about a Dockerfile, as it is printed, a line each. */
export function told(text: string, platform = 'linux/amd64'): readonly string[] {
  const { diagnostics } = readDockerfile(file, text, platform);
  return diagnostics.length === 0 ? [] : formatDiagnostics(diagnostics).split('\n');
}

/** The Dockerfile as the base `id` of a generated one: its stages, a blank line between them. */
export async function printOwn(
  text: string,
  { id = 'base', platform = 'linux/amd64' } = {},
): Promise<string> {
  const base = { kind: 'dockerfile', id, path: file, text, platform, units: [], at } as const;
  return [...(await printStages(ownBaseStages(base))).values()].join('\n\n');
}
