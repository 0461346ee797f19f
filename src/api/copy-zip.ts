import { join } from 'node:path';
import { placeZip } from '../artifacts/index.js';
import { ExitCode, PkgrError } from '../diagnostics/index.js';
import type { UnitResult } from './build-result.js';
import type { OpenProject } from './open.js';

/**
 * Puts a copy of a unit's zip elsewhere in the project, whole or not at all.
 * @param to path below the project
 * @throws PkgrError (exit code 1) when it cannot be written.
 */
export async function copyZip(
  { project }: OpenProject,
  { unit, digest }: Exclude<UnitResult, { readonly kind: 'failed' }>,
  to: string,
): Promise<void> {
  const { name, zip, at } = unit;
  const target = { name, path: join(project.root, to), shown: to, digest, at };
  const problem = await placeZip(join(project.root, zip), target);
  if (problem !== undefined) throw new PkgrError([problem], ExitCode.buildFailed);
}
