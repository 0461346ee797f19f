import { formatDiagnostics } from '../../../src/diagnostics/index.js';
import { printStages } from '../../../src/dockerfile/print.js';
import { ownBaseStages } from '../../../src/dockerfile/stages/own-base.js';
import type { DockerfileBase } from '../../../src/plan/index.js';
import { type OwnBuild, readDockerfile } from '../../../src/project/index.js';

const at = { file: 'pkgr.yml', line: 1, column: 1 };

/** Where a Dockerfile that is read in tests is said to be. */
export const file = 'docker/Dockerfile';

/** A build of the last stage, from the project's files, with no arguments. */
export const plainBuild: OwnBuild = { platform: 'linux/amd64', args: {}, hasContext: false };

/** What is told about a Dockerfile, as it is printed, a line each. */
export function told(text: string, build: Partial<OwnBuild> = {}): readonly string[] {
  const { diagnostics } = readDockerfile(file, text, { ...plainBuild, ...build });
  return diagnostics.length === 0 ? [] : formatDiagnostics(diagnostics).split('\n');
}

/** The Dockerfile as the base `id` of a generated one: its stages, a blank line between them. */
export async function printOwn(
  text: string,
  {
    id = 'base',
    platform = 'linux/amd64',
    ...build
  }: Partial<Pick<DockerfileBase, 'id' | 'platform' | 'context' | 'target' | 'args'>> = {},
): Promise<string> {
  const own = { kind: 'dockerfile', path: file, text, at } as const;
  const base = { ...own, id, platform, units: [], ...build };
  return [...(await printStages(ownBaseStages(base))).values()].join('\n\n');
}
